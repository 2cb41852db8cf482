"""Why a start failed decides whether the service tries it again: 2 is for good, 1 is not."""

from http.client import IncompleteRead

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from bot.settings import Settings, SettingsError
from bot.starting import CAUSES, not_started
from bot.web import AddressTaken
from cases.ports import StorageUnavailable
from policies.problems import PolicyErrors
from storage.database import UnknownDatabase

SETTINGS = Settings(
    slack_bot_token=SecretStr("xoxb-1"),
    triage_channel="C0TRIAGE",
    managers_channel="C0MANAGERS",
    support_engineers=("U0ERIN",),
    support_managers=("U0MAX",),
    _env_file=None,  # type: ignore[call-arg]  # known to pydantic-settings, not to the type checker
)
AGAIN = "As a service it is tried again by itself."


def refused(code: str, status: int = 200) -> SlackApiError:
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.com/api/auth.test",
        req_args={},
        data={"ok": False, "error": code},
        headers={},
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "code",
    [
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "user_removed_from_team",
    ],
)
def test_a_token_that_slack_refuses_is_for_somebody_to_mend(code: str) -> None:
    found = not_started(refused(code), SETTINGS, http=False)
    assert found.code == 2
    assert found.said == f"Slack answered “{code}”: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN."


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("internal_error", 200),
        ("fatal_error", 200),
        ("service_unavailable", 503),
        ("request_timeout", 200),
        ("ratelimited", 429),
        ("org_login_required", 200),
        ("a_word_of_next_year", 200),
        ("Received a response in a non-JSON format: <html>", 502),
    ],
)
def test_whatever_else_slack_answers_may_pass(code: str, status: int) -> None:
    found = not_started(refused(code, status), SETTINGS, http=False)
    assert found.code == 1
    assert found.said.endswith(f"which may pass. {AGAIN}")
    assert "<html>" not in found.said


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (StorageUnavailable("connection refused.\n  Is it running?"), "DATABASE_URL: the database can't be used now: "),
        (SlackRequestError("no answer"), "SLACK_API_URL: Slack can't be reached at https://slack.com/api/ (no answer)"),
        (ConnectionRefusedError(111, "refused"), "SLACK_API_URL: Slack can't be reached"),
        (IncompleteRead(b""), "SLACK_API_URL: Slack can't be reached"),
    ],
)
def test_what_is_away_is_tried_again(cause: Exception, said: str) -> None:
    found = not_started(cause, SETTINGS, http=False)
    assert isinstance(cause, CAUSES)
    assert found.code == 1
    assert found.said.startswith(said)
    assert found.said.endswith(AGAIN)
    assert "\n" not in found.said


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (PolicyErrors([]), ""),
        (SettingsError("ROTA_FILE: oops"), "ROTA_FILE: oops"),
        (UnknownDatabase("expected another"), "DATABASE_URL: expected another"),
        (AddressTaken("can't listen"), "HEALTH_ADDRESS: can't listen"),
    ],
)
def test_what_is_set_wrongly_is_not(cause: Exception, said: str) -> None:
    found = not_started(cause, SETTINGS, http=False)
    assert isinstance(cause, CAUSES)
    assert (found.code, found.said) == (2, said)


def test_a_taken_address_is_named_by_what_gave_it() -> None:
    taken = not_started(AddressTaken("can't listen"), SETTINGS, http=True)
    assert (taken.code, taken.said) == (2, "--http: can't listen")
