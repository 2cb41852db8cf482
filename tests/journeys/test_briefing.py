"""A programme's briefing as its support day begins: what is open and due, once; nothing where nothing is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.test_casework import open_bolts
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
