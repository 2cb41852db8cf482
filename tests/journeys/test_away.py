"""Being away: asked at once about what one holds, mentioned by name no more, and back again."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, offers, said, words
from workspace.people import Person
from workspace.stage import Stage
from workspace.traffic import Call

AWAY, BACK, QUESTION = "you are away now", "Back in the queue", "are you still on"
ALARM = "Three quarters"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Here the engineers are named one by one."""
    with Stage(tmp_path, MORNING, engineers=("U0ERIN", "U0FRANK")) as running:
        yield running


def away(stage: Stage, who: str = "Erin", words: str = "") -> str:
    answer = stage.person(who).command("/case", f"away {words}", "C0TRIAGE")
    stage.quiet()
    assert answer is not None
    return answer.text


def to(stage: Stage, minutes: float) -> None:
    stage.move_to(MORNING + timedelta(minutes=minutes))


def claimed(stage: Stage) -> None:
    open_p1(stage)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()


def test_whoever_goes_is_asked_at_once_and_the_case_goes_back(stage: Stage) -> None:
    claimed(stage)
    to(stage, 2)
    assert "1 case of yours" in away(stage)
    assert offers(only(said(stage, "C0TRIAGE", AWAY)), "I'm on it")
    to(stage, 16.9)
    assert said(stage, "C0TRIAGE", BACK) == []
    to(stage, 17)

    back = words(only(said(stage, "C0TRIAGE", BACK)))
    assert back.startswith("<@U0FRANK> Back")
    assert said(stage, "C0TRIAGE", AWAY) == []


def test_back_in_time_the_case_stays(stage: Stage) -> None:
    claimed(stage)
    away(stage)
    to(stage, 10)
    away(stage, words="back")
    to(stage, 24)

    assert said(stage, "C0TRIAGE", AWAY) == said(stage, "C0TRIAGE", BACK) == []
    to(stage, 25)
    only(said(stage, "C0TRIAGE", QUESTION))


def test_alarms_leave_out_whoever_is_away_unless_all_are(stage: Stage) -> None:
    open_p1(stage)
    away(stage)
    to(stage, 45)
    alarm = words(only(said(stage, "C0TRIAGE", ALARM)))
    assert "<@U0FRANK>" in alarm
    assert "<@U0ERIN>" not in alarm

    away(stage, "Frank")
    to(stage, 60)
    assert "<@U0ERIN> <@U0FRANK>" in words(only(said(stage, "C0TRIAGE", "The time promised is over")))


def test_a_time_on_ones_own_clock_or_a_length_ends_it(stage: Stage) -> None:
    open_p1(stage)
    assert "away until" in away(stage, words="until 09:40")
    assert "away until" in away(stage, "Frank", "for 30m")
    to(stage, 45)

    assert "<@U0ERIN> <@U0FRANK>" in words(only(said(stage, "C0TRIAGE", ALARM)))


@pytest.mark.parametrize("typed", ["until 25:00", "tomorrow", "for 0m", "for 90d", "until"])
def test_what_cannot_be_read_changes_nothing_and_shows_how(stage: Stage, typed: str) -> None:
    assert "/case away until 14:30" in away(stage, words=typed)
    open_p1(stage)
    to(stage, 45)
    assert "<@U0ERIN>" in words(only(said(stage, "C0TRIAGE", ALARM)))


def test_the_list_marks_the_cases_of_whoever_is_away(stage: Stage) -> None:
    claimed(stage)
    away(stage)
    frank = stage.person("Frank")
    frank.command("/case", "list", "C0TRIAGE")

    shown = stage.slack.wait_until(lambda: stage.slack.ephemerals(frank))[-1]
    assert "<@U0ERIN> (away)" in words(shown)


def test_a_customers_answer_while_the_engineer_is_away_asks_at_once(stage: Stage) -> None:
    claimed(stage)
    stage.person("Erin").command("/case", "wait C-1 which browser?", "C0TRIAGE")
    away(stage)
    assert said(stage, "C0TRIAGE", AWAY) == []
    to(stage, 60)
    stage.person("Dana").post("C0ACME", "Firefox.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    only(said(stage, "C0TRIAGE", AWAY))
    to(stage, 75)

    only(said(stage, "C0TRIAGE", BACK))


def seems_away(stage: Stage, name: str) -> None:
    """Slack shows it, and the bot has heard of it: once it asks a second time, it has taken in the first answer."""
    person = stage.person(name)
    person.seem(away=True)
    for _ in range(2):
        heard = len(shown_away(stage, person))
        stage.move(minutes=2)
        stage.slack.wait_until(partial(heard_more, stage, person, heard))


def heard_more(stage: Stage, person: Person, than: int) -> bool:
    return len(shown_away(stage, person)) > than


def shown_away(stage: Stage, person: Person) -> list[Call]:
    asked = (call for call in stage.slack.calls("users.getPresence") if call.args["user"] == person.id)
    return [call for call in asked if (call.answer or {}).get("presence") == "away"]


def test_whom_slack_shows_as_away_is_asked_when_the_customer_answers(stage: Stage) -> None:
    claimed(stage)
    stage.person("Erin").command("/case", "wait C-1 which browser?", "C0TRIAGE")
    seems_away(stage, "Erin")
    stage.person("Dana").post("C0ACME", "Firefox.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    only(said(stage, "C0TRIAGE", AWAY))
    stage.move(minutes=15)

    only(said(stage, "C0TRIAGE", BACK))


def test_what_slack_shows_silences_no_alarm(stage: Stage) -> None:
    open_p1(stage)
    to(stage, 40)
    seems_away(stage, "Erin")
    to(stage, 45)
    assert "<@U0ERIN> <@U0FRANK>" in words(only(said(stage, "C0TRIAGE", ALARM)))
