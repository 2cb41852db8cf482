"""A database that is away: the form stays open and says why; the next press, once it is back, opens one case."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.trying import only_error, press_pinned, told
from workspace.acting import answer, form_of, said
from workspace.people import Person
from workspace.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A bot that gives up waiting for its database while people still wait for the bot."""
    made = Stage(tmp_path, MORNING)
    made.busy_seconds = 6.0
    with made as running:
        yield running


def filled(stage: Stage) -> Person:
    """Olga, with everything typed and nothing sent."""
    olga = stage.person("Olga")
    press_pinned(stage, olga, "C0ORCHARD")
    olga.fill(form_of(stage, olga), {"Title": "It hangs", "What happens?": "Since nine"})
    answer(stage, olga, "What kind of request is it?", "Product support")
    return olga


def stays(stage: Stage, olga: Person) -> None:
    said_why = only_error(olga.submit(form_of(stage, olga)))
    assert "couldn't be saved" in said_why
    assert "Nothing you typed is lost" in said_why
    assert form_of(stage, olga).values["open:title"]["open_form_title"]["value"] == "It hangs"


def then_works(stage: Stage, olga: Person) -> None:
    assert olga.submit(form_of(stage, olga)).outcome == "updated"
    stage.quiet()
    with stage.units() as uow:
        assert [case.title for case in uow.cases.listing()] == ["It hangs"]
    only([message for message in said(stage, "C0ORCHARD", "C-1") if not message.is_reply])


def test_a_lock_of_another_program_keeps_the_form_open(stage: Stage, tmp_path: Path) -> None:
    olga = filled(stage)
    other = sqlite3.connect(tmp_path / "caseclock.db", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        stays(stage, olga)
        other.execute("ROLLBACK")
    finally:
        other.close()
    then_works(stage, olga)


def test_a_file_that_was_moved_away_keeps_the_form_open(stage: Stage, tmp_path: Path) -> None:
    olga = filled(stage)
    away = tmp_path / "away"
    away.mkdir()
    files = list(tmp_path.glob("caseclock.db*"))
    for file in files:
        shutil.move(file, away / file.name)
    stays(stage, olga)
    welcome = stage.slack.messages("C0ORCHARD")[0]
    assert "couldn't be saved" in told(stage, olga, lambda: olga.press(welcome, "Open a case"))
    for file in tmp_path.glob("caseclock.db*"):
        file.unlink()
    for file in files:
        shutil.move(away / file.name, file)
    then_works(stage, olga)
