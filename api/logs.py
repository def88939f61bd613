"""Logs of the API: one JSON object a line, with request and case, without addresses' query, bodies or names."""

from __future__ import annotations

import logging
from types import TracebackType

import structlog


def set_up_logs(level: str) -> None:
    """Let the API's log lines be JSON on standard output from this level on (`debug` … `error`)."""
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold the query, which may hold a link or a phone
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(),  # standard output as it is when a line is written
        cache_logger_on_first_use=False,
    )


def where_it_broke(fault: BaseException) -> list[str]:
    """The places an exception came through, innermost last. Its message is left out: it may quote what was sent."""
    places: list[str] = []
    trace: TracebackType | None = fault.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        folder, _, file = code.co_filename.rpartition("/")
        places.append(f"{folder.rpartition('/')[2]}/{file}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-12:]
