"""Logs as facts, one line each on standard error: JSON in production, words elsewhere.

What is logged names records by their number, never a person: no NIK, name, phone or account.
Nor does it hold what opens a door: of addresses with a secret in them, only their beginning.
"""

import logging.config
import re
import sys

import structlog
from structlog.typing import EventDict, Processor

# The link of an invitation, of a new password, and of a card.
_SECRET = re.compile(r"((?:^|\s)(?:/en)?/(?:undangan|sandi/baru|k)/)[^\s/]+")


def without_secrets(logger: object, method: str, event: EventDict) -> EventDict:
    """A processor of structlog: Django logs the address of whatever it refuses."""
    for name in ("event", "path"):
        if isinstance(event.get(name), str):
            event[name] = _SECRET.sub(r"\1…", event[name])
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    without_secrets,
]


def configure(level: str, *, as_json: bool) -> None:
    """Send what structlog and the standard library log through the same processors."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "facts": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        last,
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "facts"}},
            "root": {"level": "WARNING", "handlers": ["stderr"]},
            "loggers": {"sertakan": {"level": level}, "django": {"level": "WARNING"}},
        }
    )
