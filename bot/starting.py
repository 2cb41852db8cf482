"""Why the bot doesn't start, in one line; and whether a start that is tried again may succeed."""

from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.settings import Settings, SettingsError
from bot.web import AddressTaken
from cases.ports import StorageUnavailable
from handlers.slack_errors import code_of
from policies.problems import PolicyErrors
from storage.database import UnknownDatabase

WRONG = 2
"""Exit code: somebody has to change something. The service doesn't try again."""
AWAY = 1
"""Exit code: it may pass by itself. The service tries again."""
OF_THE_TOKEN = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
        "user_removed_from_team",
    }
)
"""What Slack answers to a token that will not do tomorrow either. Whatever else it answers may pass."""
AGAIN = "As a service it is tried again by itself."
CAUSES = (
    PolicyErrors,
    SettingsError,
    AddressTaken,
    UnknownDatabase,
    StorageUnavailable,
    SlackClientError,
    HTTPException,
    OSError,
)
"""What a start raises where something outside the bot is wrong."""


@dataclass(frozen=True, slots=True)
class NotStarted:
    """What to say, and the process's exit code."""

    said: str
    code: int


def not_started(cause: Exception, settings: Settings, *, http: bool) -> NotStarted:
    """What one of `CAUSES` means for whoever started it."""
    match cause:
        case PolicyErrors() | SettingsError():
            return NotStarted(str(cause), WRONG)
        case AddressTaken():
            return NotStarted(f"{'--http' if http else 'HEALTH_ADDRESS'}: {cause}", WRONG)
        case UnknownDatabase():
            return NotStarted(f"DATABASE_URL: {cause}", WRONG)
        case StorageUnavailable():
            why = " ".join(str(cause).split()).rstrip(".")
            return NotStarted(f"DATABASE_URL: the database can't be used now: {why}. {AGAIN}", AWAY)
        case SlackApiError() if (code := code_of(cause)) in OF_THE_TOKEN:
            return NotStarted(f"Slack answered “{code}”: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN.", WRONG)
        case SlackApiError():
            return NotStarted(f"Slack answered “{code_of(cause)}”, which may pass. {AGAIN}", AWAY)
        case _:
            said = f"SLACK_API_URL: Slack can't be reached at {settings.slack_api_url} ({cause}). {AGAIN}"
            return NotStarted(said, AWAY)
