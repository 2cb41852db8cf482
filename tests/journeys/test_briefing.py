"""A programme's briefing as its support day begins: what is open and due, once; nothing where nothing is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest

from tests.journeys import harbour
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.test_casework import open_bolts
from tests.journeys.test_reloading import ReloadingStage
from tests.journeys.trying import shown
from workspace.acting import said
from workspace.model import Message
from workspace.scenes.working import claim
from workspace.stage import Stage

FRIDAY = datetime(2026, 7, 3, 12, 0, tzinfo=UTC)
"""08:00 in New York, on a federal holiday."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, MORNING)
    made.routines = {"briefing": "daily", "report_timezone": "America/New_York"}
    with made as running:
        yield running


def briefings(stage: Stage) -> list[Message]:
    return [message for message in said(stage, "C0TRIAGE") if "open" in message.text and "due today" in message.text]


def test_a_day_begins_with_what_is_open_and_a_quiet_programme_says_nothing(stage: Stage) -> None:
    open_bolts(stage, "Sign-in at Bolt")
    claim(stage, stage.person("Erin"), 1)
    stage.move_to(FRIDAY - timedelta(minutes=1))
    assert briefings(stage) == []
    stage.move_to(FRIDAY)
    text = shown(only(briefings(stage)))
    assert "Auth0, Friday 3 July" in text
    assert "1 open" in text
    assert "Due today*: nothing" in text
    assert "C-1* Sign-in at Bolt · Bolt" in text
    assert "with Erin" in text

    stage.stop_bot()
    stage.move_to(FRIDAY + timedelta(hours=3))
    stage.start_bot()
    assert len(briefings(stage)) == 1, "once a day"


def test_a_briefing_that_was_missed_is_told_later_that_day_and_not_on_another(stage: Stage) -> None:
    open_bolts(stage, "Sign-in at Bolt")
    claim(stage, stage.person("Erin"), 1)
    stage.stop_bot()
    stage.move_to(FRIDAY + timedelta(hours=4))
    stage.start_bot()
    assert "Told late" in shown(only(briefings(stage)))
    stage.stop_bot()
    stage.move_to(FRIDAY + timedelta(days=1, hours=17))
    stage.start_bot()
    assert len(briefings(stage)) == 1


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[ReloadingStage]:
    made = ReloadingStage(tmp_path)
    made.routines = {"briefing": "daily", "report_timezone": "America/New_York"}
    with made as running:
        harbour.add_people(running)
        yield running


def begin(stage: ReloadingStage, program: str, at: datetime) -> None:
    """The programme's next day begins then."""

    def planned() -> bool:
        with stage.units.reading() as uow:
            return uow.routines.all().get(f"briefing:{program}") == at

    stage.until(planned)


def test_other_hours_and_a_fourth_programme_are_briefed_by_from_the_reload_on(edited: ReloadingStage) -> None:
    begin(edited, "okta", FRIDAY + timedelta(hours=1))
    copy(harbour.FOLDER / "harbour.yml", edited.policy_folder)
    edited.edit("okta", 'from: "09:00"', 'from: "07:00"')
    edited.reloaded("The policies were loaded anew", "changed: Okta", "new: ")
    begin(edited, "okta", FRIDAY - timedelta(hours=1))
    begin(edited, "harbour", FRIDAY + timedelta(hours=1))
    harbour.link(edited)
    edited.quiet()
    edited.move_to(FRIDAY - timedelta(hours=1, minutes=10))
    open_p1(edited)
    harbour.open_case(edited)
    edited.move_to(FRIDAY - timedelta(hours=1))
    assert "Okta, Friday 3 July" in shown(only(briefings(edited)))
    edited.move_to(FRIDAY + timedelta(hours=1))
    (harbours,) = [each for each in briefings(edited) if "Harbour" in shown(each)]
    assert "The crane won't move" in shown(harbours)


def test_a_programme_that_is_gone_has_no_briefing_any_more(edited: ReloadingStage) -> None:
    copy(harbour.FOLDER / "harbour.yml", edited.policy_folder)
    edited.reloaded("The policies were loaded anew", "new: ")
    begin(edited, "harbour", FRIDAY + timedelta(hours=1))
    (edited.policy_folder / "harbour.yml").unlink()
    edited.reloaded("The policies were loaded anew", "gone: ")

    def forgotten() -> bool:
        with edited.units.reading() as uow:
            return "briefing:harbour" not in uow.routines.all()

    edited.until(forgotten)
