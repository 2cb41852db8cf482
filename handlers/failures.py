"""One place for what goes wrong: a person reads a sentence, the log gets the kind, and nobody's words or tokens."""

import re

import structlog

from cases.errors import CaseclockError, Invalid
from cases.ports import Conflict, StorageUnavailable
from cases.queues import Json
from handlers.errors import field_errors
from handlers.payloads import word

NOT_SAVED = "That couldn't be saved just now, and nothing was changed. Please try again in a moment."
FORM_NOT_SAVED = (
    "This couldn't be saved just now. Nothing you typed is lost: please press the button again in a moment."
)
OVERTAKEN = "Someone else changed the case at the same moment. Please look at it again, then retry."
UNEXPECTED = "Something went wrong on my side, so I can't say whether that worked. Please look, and try once more."
TOO_LATE = "Slack gave up waiting before the form could open. Please press once more."
NOT_CONNECTED = (
    "This app isn't connected to your workspace any more. Ask one of your administrators to install it again; "
    "until then, *Open a case* in the channel that you share with us works as ever."
)

MENTION = re.compile(r"<@([A-Z0-9]+)>")

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def sentence(error: Exception) -> str:
    """What the person reads, in mrkdwn. An error that nobody meant to be read is logged here."""
    match error:
        case CaseclockError():
            return str(error)
        case StorageUnavailable():
            log.error("storage_unavailable", kind=_cause(error))
            return NOT_SAVED
        case Conflict():
            return OVERTAKEN
        case _:
            log_unexpected(error)
            return UNEXPECTED


def form_errors(error: Exception, view: Json) -> dict[str, str]:
    """By block id, in plain text: the form stays open and keeps what was typed."""
    if isinstance(error, Invalid):
        return field_errors(error.fields, view)
    said = FORM_NOT_SAVED if isinstance(error, StorageUnavailable) else sentence(error)
    named = MENTION.sub("this person", said)
    return field_errors({"": named[:1].upper() + named[1:]}, view)


def unhandled(error: Exception, body: Json) -> None:
    """Bolt's error listener. It answers nothing, so the response keeps status 500 and Socket Mode sends no ack:
    Slack delivers an event again.
    """
    kind = word(body, "event", "type") or word(body, "type") or "command"
    log.error("request_failed", request=kind, event_id=word(body, "event_id"), kind=_cause(error))


def log_unexpected(error: Exception) -> None:
    """With its traceback but without its message, which may quote what a customer wrote."""
    log.error("unexpected_error", kind=_cause(error), at=_where(error))


def _cause(error: BaseException) -> str:
    causes = [type(error).__name__]
    while (cause := error.__cause__) is not None:
        causes.append(type(cause).__name__)
        error = cause
    return " <- ".join(causes)


def _where(error: Exception) -> list[str]:
    """Files and lines, innermost last."""
    trace, places = error.__traceback__, []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places
