"""What is foretold of the clocks that a programme adds is what then happens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import MORNING
from tests.journeys.harbour import HarbourStage, open_case
from tests.workspace.test_due import comes_true, due
from workspace.acting import card
from workspace.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with HarbourStage(tmp_path, MORNING) as running:
        yield running


def test_each_clocks_rungs_are_foretold_by_its_name_and_come_true(stage: Stage) -> None:
    open_case(stage, priority=1)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    stage.person("Hana").post("C0HARBOUR", "Hello?", thread_ts=card(stage, "C0HARBOUR").ts)
    stage.quiet()

    told = [what for _ in range(6) for what in comes_true(stage)]
    assert told == [
        "50 % of the time for the next response is over",
        "75 % of the time for the next response is over",
        "90 % of the time for the next response is over",
        "Next response overdue",
        "50 % of the time for an update is over",
        "Next response overdue, told again (2nd time)",
        "75 % of the time for an update is over",
        "90 % of the time for an update is over",
    ]
    whys = {line.what: line.why for line in due(stage)}
    assert whys["50 % of the time for a solution is over"] == "4 h of 8 h of support time (round the clock, every day)"
    assert whys["Next response overdue, told again (3rd time)"] == (
        "30 min after it was told last, while nobody has answered what the customer wrote"
    )


def test_while_the_bot_is_away_a_rung_that_will_not_be_told_is_not_foretold_for_another_clock(stage: Stage) -> None:
    """The next response is overdue, so its lower rungs stay quiet; the update's three quarters are told."""
    open_case(stage, priority=1)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.person("Hana").post("C0HARBOUR", "Hello?", thread_ts=card(stage, "C0HARBOUR").ts)
    stage.quiet()
    stage.stop_bot()
    stage.move(minutes=95)

    assert [line.what for line in due(stage) if line.at <= stage.clock.now()] == [
        "Next response overdue",
        "75 % of the time for an update is over",
    ]
