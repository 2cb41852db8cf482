"""Logging: structlog, JSON for machines and readable in a terminal; tokens are struck out wherever they come from."""

import logging
import re
import sys
import traceback

import structlog
from structlog.typing import EventDict, ExcInfo, WrappedLogger

from cases.causes import cause
from handlers.text import UNFIT

ROOMS = ("bot", "cases", "handlers", "policies", "scheduling", "storage")
SECRET = re.compile(r"\bx(?:ox[a-z]|app)-[A-Za-z0-9-]+")


def strike_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace whatever looks like a Slack token in any value."""
    return {key: _struck(value) for key, value in event.items()}


def _struck(value: object) -> object:
    if isinstance(value, str | bytes | int | float | bool | None):
        return SECRET.sub("[secret]", value) if isinstance(value, str) else value
    text = str(value)
    return SECRET.sub("[secret]", text) if SECRET.search(text) else value


def with_cause(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What the work under way was caused by, in every line of it."""
    if cause():
        event.setdefault("cause", cause())
    return event


def strike_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Whatever a terminal would obey is taken out of every text."""
    return {key: UNFIT.sub("", value) if isinstance(value, str) else value for key, value in event.items()}


def without_words(exc_info: ExcInfo) -> str:
    """Where an error was raised, and what kind it is and came from; not its message, which may quote a customer.

    Nor the lines of code: Python would keep every file of them in memory from then on, SQLAlchemy's too.
    """
    kinds, cause = [exc_info[0].__name__], exc_info[1].__cause__ or exc_info[1].__context__
    while cause is not None:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    went = ((frame.f_code, line) for frame, line in traceback.walk_tb(exc_info[2]))
    frames = (f'  File "{code.co_filename}", line {line}, in {code.co_qualname}\n' for code, line in went)
    return "".join(frames) + " <- ".join(kinds)


def configure_logs(level: str) -> None:
    """Route our own loggers to stderr at `level`, and everybody else's at WARNING or above.

    Below it libraries write down whole payloads, statements and rows, which hold what customers wrote.
    """
    shared: list[structlog.typing.Processor] = [
        with_cause,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    terminal = sys.stderr.isatty()
    # Rich's own tracebacks would show what every variable held.
    readable = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    last = readable if terminal else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(without_words),
                strike_secrets,
                strike_controls,
                last,
            ],
        )
    )
    lowest = logging.getLevelName(level)
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, lowest), force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(lowest)
    # Every call that fails is raised, and every socket that ends, and told by whoever made it.
    for told in ("slack_sdk.web.base_client", "websockets"):
        logging.getLogger(told).setLevel(logging.CRITICAL)
