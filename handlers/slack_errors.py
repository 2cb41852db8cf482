"""What a failed call to Slack means: refused, to be slowed down, or of unknown outcome."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

from cases.messages import SendRateLimited, SendRefused, SendUncertain

UNCERTAIN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
NOT_JSON = "Received a response in a non-JSON format"
"""How slack_sdk begins the error code that it makes up for an answer which is not Slack's."""

DEFAULT_PAUSE_SECONDS = 30.0


@contextmanager
def as_send_errors() -> Iterator[None]:
    """Raise the errors of `cases.messages` in place of slack_sdk's and the network's."""
    try:
        yield
    except SlackApiError as error:
        raise _of_answer(error) from error
    except (SlackClientError, HTTPException, OSError) as error:
        raise SendUncertain(type(error).__name__) from error


def code_of(error: SlackApiError) -> str:
    """Slack's error code, such as `channel_not_found`; never the rest of the answer, which may quote people."""
    code = str(error.response.get("error") or "unknown_error")
    return "not_json" if code.startswith(NOT_JSON) else code


def _of_answer(error: SlackApiError) -> SendRefused | SendRateLimited | SendUncertain:
    code, status = code_of(error), error.response.status_code
    if status == 429 or code == "ratelimited":
        return SendRateLimited(_pause(error))
    if status >= 500 or code in UNCERTAIN or code == "not_json":
        return SendUncertain(code)
    return SendRefused(code)


def _pause(error: SlackApiError) -> float:
    """What Slack asks for, in whole seconds; anything else, such as `nan` or a date, says nothing."""
    asked = error.response.headers.get("Retry-After") or error.response.headers.get("retry-after") or ""
    return max(float(asked), 1.0) if re.fullmatch("[0-9]{1,5}", asked) else DEFAULT_PAUSE_SECONDS
