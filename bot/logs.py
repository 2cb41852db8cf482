"""Logging: structlog, JSON for machines and readable in a terminal; tokens are struck out wherever they come from."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

SECRET = re.compile(r"\bx(?:ox[a-z]|app)-[A-Za-z0-9-]+")


def strike_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace whatever looks like a Slack token in any value."""
    return {key: _struck(value) for key, value in event.items()}


def _struck(value: object) -> object:
    if isinstance(value, str | bytes | int | float | bool | None):
        return SECRET.sub("[secret]", value) if isinstance(value, str) else value
    text = str(value)
    return SECRET.sub("[secret]", text) if SECRET.search(text) else value


def configure_logs(level: str) -> None:
    """Route structlog and the standard library's loggers to stderr at `level`.

    Slack's libraries log whole payloads below WARNING, which hold what customers wrote: they never go lower.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    terminal = sys.stderr.isatty()
    last = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                strike_secrets,
                last,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # Every call that fails is raised, and told by whoever made it.
    logging.getLogger("slack_sdk.web.base_client").setLevel(logging.CRITICAL)
    for noisy in ("slack_sdk", "slack_bolt", "apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
