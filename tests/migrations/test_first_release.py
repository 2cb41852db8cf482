"""Stopped as the first release, started as this one: nothing is lost or said twice, and old cards go on working."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cases.case import Case, State
from tests.journeys.acting import only
from tests.journeys.trying import asked, command, shown, told
from tests.migrations.first_release import LEFT_AT, UpgradedStage
from workspace.acting import card, offers, said
from workspace.scenes.working import helps, rate, reopen
from workspace.stage import Stage

NOTE = "A new “certificate”. 🎉"


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Stage]:
    with UpgradedStage(tmp_path, empty_database) as running:
        yield running


def stored(stage: Stage, number: int) -> Case:
    with stage.units() as uow:
        return uow.cases.get(number)


def at(stage: Stage, **after: float) -> None:
    """So long after the first release stopped."""
    stage.move_to(LEFT_AT + timedelta(**after))


def test_what_was_owed_is_done_once_and_what_was_planned_comes_at_its_time(stage: Stage) -> None:
    only(said(stage, "C0BOLT", "changed *C-3*", "Severity 2", "everybody logs in through it"))
    copy = only(said(stage, "C0TRIAGE", "I keep an eye on it, too."))
    assert copy.thread_ts == card(stage, "C0TRIAGE", 1).ts
    assert offers(stage.slack.messages("C0ACME")[0], "Your plan"), "the welcome of then, as it is now"

    at(stage, minutes=19.9)
    assert said(stage, "C0MANAGERS") == []
    at(stage, minutes=20)
    only(said(stage, "C0MANAGERS", "haven't confirmed"))
    at(stage, minutes=59.9)
    assert said(stage, "C0TRIAGE", "Half of the time") == []
    at(stage, minutes=60)
    only(said(stage, "C0TRIAGE", "Half of the time", "C-3"))
    at(stage, minutes=120)
    only(said(stage, "C0MANAGERS", "The time promised is over", "C-3"))
    assert stored(stage, 3).breached_at == LEFT_AT + timedelta(hours=2)


def test_a_case_from_then_is_claimed_solved_reopened_and_rated_by_its_old_cards(stage: Stage) -> None:
    boris, frank = stage.person("Boris"), stage.person("Frank")
    frank.react(card(stage, "C0TRIAGE", 3), "eyes")
    stage.quiet()
    assert "is working on it" in shown(card(stage, "C0BOLT", 3))
    assert "With <@U0FRANK>" in told(stage, boris, lambda: boris.press(card(stage, "C0BOLT", 3), "Status"))

    for note in ("Try again.", "Now it is."):
        form = asked(stage, frank, lambda: frank.press(card(stage, "C0TRIAGE", 3), "Resolve…"))
        frank.fill(form, {"What was the matter, and what solved it?": note})
        assert frank.submit(form).outcome == "closed"
        stage.quiet()
        if note == "Try again.":
            reopen(stage, boris, "C0BOLT", 3, "Still the same.")
            assert stored(stage, 3).due_at == stage.clock.now() + timedelta(hours=2)
    helps(stage, boris, "C0BOLT", 3)
    rate(stage, boris, "C0BOLT", 3, "★★★★★ Very well", "")
    solved = stored(stage, 3)
    assert (solved.state, solved.closes_at) == (State.RESOLVED, stage.clock.now() + timedelta(days=7))
    assert "Rated ★★★★★" in shown(card(stage, "C0TRIAGE", 3))


def test_the_check_in_of_then_is_answered_and_what_was_resolved_is_found_as_closed(stage: Stage) -> None:
    bob, erin = stage.person("Bob"), stage.person("Erin")
    (asks,) = said(stage, "C0ACME", "Could you stand in")
    bob.press(asks, "I'm available")
    stage.quiet()
    at(stage, minutes=30)
    assert said(stage, "C0MANAGERS") == []

    found = command(stage, erin, "find hangs state:closed", "C0TRIAGE")
    assert "1 case found" in found
    history = command(stage, erin, "show C-2", "C0TRIAGE")
    assert NOTE in history
    assert "opened it" in history
