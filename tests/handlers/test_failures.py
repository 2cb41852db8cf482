"""What people and the log are told when something breaks: enough to act on, and nobody's words."""

import pytest
from structlog.testing import capture_logs

from cases.errors import Invalid, Refused
from cases.ports import Conflict, StorageUnavailable
from cases.queues import Json
from handlers.failures import form_errors, sentence, unhandled
from tests.handlers.conftest import Bot

FORM: Json = {"blocks": [{"type": "section", "block_id": "s"}, {"type": "input", "block_id": "case:note"}]}


def test_a_refusal_is_said_as_it_is() -> None:
    assert sentence(Refused("Not now.")) == "Not now."


@pytest.mark.parametrize("error", [StorageUnavailable("disk full at /var"), Conflict("row 7")])
def test_trouble_below_is_said_without_its_particulars(error: Exception) -> None:
    with capture_logs():
        said = sentence(error)
    assert str(error) not in said
    assert "again" in said or "retry" in said


def test_an_unexpected_error_is_logged_by_kind_and_place_without_what_anyone_wrote() -> None:
    with capture_logs() as logs:
        try:
            raise ValueError("the customer's own words")
        except ValueError as error:
            said = sentence(error)
    assert "customer's own words" not in said + str(logs)
    assert logs[0]["kind"] == "ValueError"
    assert "test_an_unexpected_error" in str(logs[0]["at"])


def test_a_refusal_in_a_form_stands_at_its_first_question_without_codes() -> None:
    errors = form_errors(Refused("<@U0DANA> can't."), FORM)
    assert errors == {"case:note": "This person can't."}


def test_a_fields_own_error_stands_at_its_question() -> None:
    assert form_errors(Invalid({"note": "A line, please."}), FORM) == {"case:note": "A line, please."}


def test_a_failed_request_is_logged_by_its_kind_alone() -> None:
    body: Json = {"event_id": "Ev1", "event": {"type": "message", "text": "secret words"}}
    with capture_logs() as logs:
        unhandled(StorageUnavailable("gone"), body)
    assert logs == [
        {
            "event": "request_failed",
            "log_level": "error",
            "request": "message",
            "event_id": "Ev1",
            "kind": "StorageUnavailable",
        }
    ]


def test_slack_out_of_reach_while_a_form_is_opened_is_told(bot: Bot) -> None:
    bot.slack.faults.server_error("views.open")
    with capture_logs():
        bot.someone("Erin").command("/case", "", "C0ACME")
        bot.whispered("Erin", "Something went wrong on my side")
