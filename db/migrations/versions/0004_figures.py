"""Open cases and undelivered letters are counted without reading the closed and the delivered ones."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "DROP INDEX cases_open",
    'CREATE INDEX cases_open ON cases ("case") INCLUDE (kind, state) WHERE closed_at IS NULL',
    "CREATE INDEX letters_not_sent ON letters (changed_at) INCLUDE (state) WHERE state <> 'sent'",
)


def upgrade() -> None:
    """Widen one index, add another."""
    for statement in _STATEMENTS:
        op.execute(statement)
