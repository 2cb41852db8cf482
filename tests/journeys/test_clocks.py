"""A programme with every clock: next response, update and solution, told before they run out and stopped by a word."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cases.calendars import CalendarBook
from cases.case import Case, State
from cases.clocks import deadline
from cases.policy import ClockKind
from policies.holiday_names import holiday_names
from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.harbour import HarbourStage, open_case
from workspace.acting import card, form_of, offers, said, words
from workspace.due import due_lines
from workspace.due_team import team_of
from workspace.model import Message
from workspace.scenes.working import reopen, resolve
from workspace.stage import Stage, settings_for

NEXT, UPDATE, SOLUTION = "Next response: ", "Update: ", "Solution: "
EVERY_RUNG = re.compile(
    r"\*(Next response|Update|Solution): |The time for (the next response|an update|a solution)|\*Still nobody"
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with HarbourStage(tmp_path, MORNING) as running:
        yield running


def at(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def to(stage: Stage, hours: float) -> None:
    stage.move_to(at(hours))


def stored(stage: Stage, number: int = 1) -> Case:
    with stage.units() as uow:
        return uow.cases.get(number)


def owed(stage: Stage) -> tuple[str, float] | None:
    """What is owed next, and how many hours after the case was opened."""
    found = deadline(stored(stage))
    return (found.kind.value, (found.at - MORNING) / timedelta(hours=1)) if found else None


def writes(stage: Stage, who: str, text: str) -> None:
    stage.person(who).post("C0HARBOUR", text, thread_ts=card(stage, "C0HARBOUR").ts)
    stage.quiet()


def alarms(stage: Stage, *wanted: str) -> list[Message]:
    """Rungs of the clocks beside the first response's, in the triage channel."""
    return [message for message in said(stage, "C0TRIAGE", *wanted) if EVERY_RUNG.search(words(message))]


def claimed(stage: Stage, hours: float = 0.1, priority: int = 2) -> None:
    open_case(stage, priority)
    to(stage, hours)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()


def test_the_earliest_clock_is_the_deadline_from_the_first_minute_to_the_solution(stage: Stage) -> None:
    open_case(stage)
    assert owed(stage) == ("response", 2)
    assert "You can expect a solution by" in words(card(stage, "C0HARBOUR"))

    to(stage, 1)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    assert owed(stage) == ("update", 9)
    assert "You hear from us again by" in words(card(stage, "C0HARBOUR"))

    to(stage, 2)
    writes(stage, "Hana", "It still doesn't move.")
    assert owed(stage) == ("next-response", 6)
    assert "We answer what you wrote by" in words(card(stage, "C0HARBOUR"))
    assert "*Next response*" in words(card(stage, "C0TRIAGE"))

    to(stage, 3)
    writes(stage, "Erin", "I look at the brake.")
    assert owed(stage) == ("update", 11)
    assert "We answer what you wrote by" not in words(card(stage, "C0HARBOUR"))

    resolve(stage, stage.person("Erin"), 1, "The brake was stuck.")
    assert owed(stage) is None
    stage.move(days=3)
    assert alarms(stage) == []


def test_a_message_without_an_answer_climbs_the_ladder_and_a_nudge_puts_nothing_off(stage: Stage) -> None:
    claimed(stage)
    to(stage, 1)
    writes(stage, "Hana", "It still doesn't move.")
    to(stage, 2.9)
    assert alarms(stage) == []
    writes(stage, "Hana", "Hello?")
    to(stage, 3)
    only(alarms(stage, f"{NEXT}half"))
    to(stage, 4)
    rung = only(alarms(stage, f"{NEXT}three quarters"))
    assert "<!subteam^S0CALL>" in words(rung)
    assert offers(rung, "Reply to customer…")
    to(stage, 5)
    over = only(alarms(stage, "The time for the next response is over"))
    only(said(stage, "C0MANAGERS", "The time for the next response is over"))
    assert "are late" in words(card(stage, "C0HARBOUR"))
    to(stage, 5.5)
    only(alarms(stage, "Still nobody has answered"))

    stage.person("Frank").press(over, "Reply to customer…")
    form = form_of(stage, stage.person("Frank"))
    stage.person("Frank").fill(form, {"form_value": "We are on it: a part is on its way."})
    stage.person("Frank").submit(form)
    stage.quiet()
    to(stage, 6.9)
    settled = [each for each in alarms(stage) if "heard from us in the meantime" in words(each)]
    assert len(settled) == 5, "half of the update's time had passed too, and Frank's word ends both clocks"
    assert owed(stage) == ("update", 13.5)


def test_nobody_writes_and_the_team_is_told_that_an_update_is_owed(stage: Stage) -> None:
    claimed(stage, hours=0)
    to(stage, 4)
    only(alarms(stage, f"{UPDATE}half"))
    to(stage, 8)
    only(alarms(stage, "The time for an update is over"))
    writes(stage, "Erin", "The part is here.")
    to(stage, 11.9)
    assert len(alarms(stage)) == 3, "half, three quarters and the breach, and none of the new clock yet"
    to(stage, 12)
    assert len(alarms(stage, f"{UPDATE}half")) == 2
    only(alarms(stage, f"{SOLUTION}half"))


def test_while_the_case_waits_on_the_customer_the_clocks_rest_and_go_on_with_what_was_left(stage: Stage) -> None:
    claimed(stage, hours=0)
    to(stage, 2)
    stage.person("Erin").command("/case", "wait C-1 which crane?", "C0TRIAGE")
    stage.quiet()
    assert owed(stage) is None
    assert "rest" in words(card(stage, "C0TRIAGE"))
    assert "Until you answer, our time for our next word and the solution rest" in words(card(stage, "C0HARBOUR"))
    to(stage, 52)
    assert alarms(stage) == []

    writes(stage, "Hana", "The second one.")
    assert owed(stage) == ("next-response", 56)
    writes(stage, "Erin", "Thank you.")
    assert owed(stage) == ("update", 60)
    solution = stored(stage).clocks.of(ClockKind.SOLUTION)
    assert solution is not None
    assert solution.due_at == at(74), "22 of its 24 hours were left"
    to(stage, 61.9)
    assert alarms(stage, SOLUTION) == []
    to(stage, 62)
    only(alarms(stage, f"{SOLUTION}half"))


def test_what_a_programme_lets_run_on_runs_on(stage: Stage) -> None:
    """Priority 3: a solution in five business days of eight hours, whoever is waited for."""
    claimed(stage, priority=3)
    stage.person("Erin").command("/case", "wait C-1 which crane?", "C0TRIAGE")
    stage.quiet()
    assert owed(stage) == ("solution", 6 * 24 + 8), "Thursday to Wednesday, over a weekend"
    stage.move(days=5)
    only(alarms(stage, f"{SOLUTION}half"))


def test_reopened_the_solution_is_owed_anew(stage: Stage) -> None:
    claimed(stage, hours=1)
    resolve(stage, stage.person("Erin"), 1, "The brake was stuck.")
    to(stage, 10)
    reopen(stage, stage.person("Hana"), "C0HARBOUR", 1, "It is stuck again.")

    solution = stored(stage).clocks.of(ClockKind.SOLUTION)
    assert owed(stage) == ("response", 12)
    assert solution is not None
    assert (solution.number, solution.due_at) == (2, at(34))


def test_raised_and_lowered_the_clocks_go_by_the_new_promise(stage: Stage) -> None:
    claimed(stage, hours=0)
    erin = stage.person("Erin")
    to(stage, 1)
    erin.command("/case", "priority C-1 1 all are affected now", "C0TRIAGE")
    stage.quiet()
    assert owed(stage) == ("update", 3)
    to(stage, 2)
    rung = only(alarms(stage, f"{UPDATE}half"))
    erin.command("/case", "priority C-1 4 it was one user", "C0TRIAGE")
    stage.quiet()
    assert owed(stage) is None
    assert "Changed in the meantime to *Priority 4*" in words(alarms(stage, "Update")[0])
    assert rung.ts == alarms(stage, "Update")[0].ts
    stage.move(days=2)
    assert len(alarms(stage)) == 1


def test_given_back_before_anyone_wrote_the_first_answer_is_owed_again_and_nothing_twice(stage: Stage) -> None:
    claimed(stage, hours=0.5)
    writes(stage, "Hana", "Are you there?")
    assert owed(stage) == ("next-response", 4.5)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Give back")
    stage.quiet()
    assert owed(stage) == ("response", 2)
    to(stage, 2)
    only(said(stage, "C0TRIAGE", "The time promised is over"))
    assert alarms(stage) == []


def test_the_customers_days_and_reminders_are_those_of_the_programme(stage: Stage) -> None:
    claimed(stage, hours=0)
    stage.person("Erin").command("/case", "wait C-1 which crane?", "C0TRIAGE")
    stage.quiet()
    for hours, reminders, offered in ((3.9, 0, 0), (4, 1, 0), (12, 2, 0), (23.9, 2, 0), (24, 2, 1)):
        to(stage, hours)
        assert len(said(stage, "C0HARBOUR", "a kind reminder")) == reminders
        assert len(said(stage, "C0HARBOUR", "Is it still needed?")) == offered

    resolve(stage, stage.person("Erin"), 1, "The brake was stuck.")
    to(stage, 24 + 3 * 24 - 0.1)
    assert stored(stage).state is State.OFFERED
    to(stage, 24 + 3 * 24)
    assert stored(stage).state is State.CLOSED


def test_everywhere_the_deadline_is_named(stage: Stage) -> None:
    claimed(stage, hours=0)
    to(stage, 1)
    writes(stage, "Hana", "It still doesn't move.")
    to(stage, 4)

    erin, hana, manager = (stage.person(name) for name in ("Erin", "Hana", "Max"))
    erin.command("/case", "list", "C0TRIAGE")
    listed = stage.slack.wait_until(lambda: stage.slack.ephemerals(erin))[-1]
    assert "Next response due" in words(listed)
    hana.press(card(stage, "C0HARBOUR"), "Status")
    shown = stage.slack.wait_until(lambda: stage.slack.ephemerals("Hana"))[-1]
    assert "We answer what you wrote by" in words(shown)
    assert "Next response" not in words(shown), "that is the team's word"
    manager.open_home()
    home = stage.slack.wait_until(lambda: stage.slack.state.homes.get(manager.id))
    risk = str(home.blocks).split("At risk now")[1].split("Breached")[0]
    assert "Next response due" in risk
    hana.press(card(stage, "C0HARBOUR"), "Why this time?")
    why = stage.slack.wait_until(lambda: stage.slack.ephemerals("Hana")[1:])[-1]
    assert "The next answer is due by" in words(why)
    assert "when the first message came in that has no answer yet" in words(why)

    team = team_of(settings_for(stage.slack, stage.database_url), stage.slack.state)
    lines = due_lines(stage.units, CalendarBook(holiday_names), team, stage.clock.now())
    assert [line.what for line in lines if line.at == at(4.6)] == ["90 % of the time for the next response is over"]
    assert [line.what for line in lines if line.at == at(5)] == ["Next response overdue"]
    told = next(line for line in lines if line.at == at(5))
    assert "4 h of 4 h of support time" in told.why
    assert "#managers" in told.tells


def test_after_an_absence_each_clock_tells_its_highest_rung_once_and_says_that_it_is_late(stage: Stage) -> None:
    claimed(stage, hours=0)
    writes(stage, "Hana", "It still doesn't move.")
    stage.stop_bot()
    to(stage, 10)
    stage.start_bot()

    assert "Told late" in words(only(alarms(stage, "The time for the next response is over")))
    assert "Told late" in words(only(alarms(stage, "The time for an update is over")))
    assert len(alarms(stage)) == 2
