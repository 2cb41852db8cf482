"""A database that is locked, read-only or full: a person is told, nothing is half written, it recovers by itself."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select
from structlog.testing import capture_logs

from storage.queue_tables import OutboxRow, TimerRow
from storage.tables import CaseRow, HistoryRow
from tests.faults.books import Books
from tests.faults.breaking import filled, locked, read_only, small_disk
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.trying import only_error, press_pinned, told
from workspace.acting import answer, card, form_of, said
from workspace.people import Person
from workspace.stage import Stage

Trouble = AbstractContextManager[None]
LONG = "It hangs. " * 250
"""More than fits into what is left of a page."""
SOON = 6.0
"""The bot gives up waiting for its database while people still wait for the bot."""
LOCK_SECONDS = 30
PUT_OFF_SECONDS = 31
"""What failed in the middle is tried again by then."""


def begun(stage: Stage) -> Person:
    """Acme's Priority 1 is open; Olga has typed everything and sent nothing."""
    open_p1(stage)
    olga = stage.person("Olga")
    press_pinned(stage, olga, "C0ORCHARD")
    olga.fill(form_of(stage, olga), {"Title": "It hangs", "What happens?": LONG})
    answer(stage, olga, "What kind of request is it?", "Product support")
    return olga


def counted(stage: Stage) -> list[object]:
    """Rows of all that a new case writes."""
    with stage._engine.connect() as connection:
        tables = (CaseRow, HistoryRow, TimerRow, OutboxRow)
        return [connection.scalar(select(func.count()).select_from(table)) for table in tables]


def refused(stage: Stage, olga: Person) -> None:
    """The form stays open with a clear word, and so does a button; nothing of it is written."""
    before = counted(stage)
    said_why = only_error(olga.submit(form_of(stage, olga)))
    assert "couldn't be saved" in said_why
    assert "Nothing you typed is lost" in said_why
    erin = stage.person("Erin")
    assert "nothing was changed" in told(stage, erin, lambda: erin.press(card(stage, "C0TRIAGE"), "Claim"))
    assert counted(stage) == before


def recovers(stage: Stage, olga: Person) -> None:
    """The next press works, the clock that fell due meanwhile is told, what Dana wrote meanwhile arrives; all once."""
    assert olga.submit(form_of(stage, olga)).outcome == "updated"
    stage.slack.settled(30)
    passes(stage, timedelta(seconds=PUT_OFF_SECONDS))
    stage.slack.wait_until(lambda: said(stage, "C0TRIAGE", "meanwhile"), 30)
    stage.slack.wait_until(lambda: said(stage, "C0TRIAGE", "Half of the time"), 30)
    stage.quiet()
    only(said(stage, "C0TRIAGE", "meanwhile"))
    only(said(stage, "C0TRIAGE", "Half of the time"))
    Books(stage.slack, stage._engine).balance()
    with stage.units() as uow:
        assert [case.number for case in uow.cases.listing()] == [1, 2]
    if (place := make_url(stage.database_url)).get_backend_name() == "sqlite":
        assert sqlite3.connect(place.database or "").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def passes(stage: Stage, time: timedelta) -> None:
    """Without waiting for anything to be quiet."""
    stage.clock.move_to(stage.clock.now() + time)
    assert stage._bot is not None
    stage._bot.wake()


def through(stage: Stage, trouble: Trouble, seconds: float = 0) -> None:
    olga = begun(stage)
    with trouble:
        stage._engine.dispose()
        stage.person("Dana").post("C0ACME", f"meanwhile {LONG}", card(stage, "C0ACME").ts)
        refused(stage, olga)
        passes(stage, timedelta(minutes=31))
        threading.Event().wait(seconds)
    stage._engine.dispose()
    recovers(stage, olga)


@contextmanager
def staged(folder: Path, url: str, again_after: float = 8) -> Iterator[Stage]:
    """Slack sends an event again after so many seconds: later than the bot gives up waiting for its database."""
    # Left alone, structlog draws every traceback with all that its frames hold, for seconds.
    made = Stage(folder, MORNING, database_url=url, redeliver_after=again_after)
    made.busy_seconds = SOON
    with capture_logs(), made as stage:
        yield stage


@pytest.mark.parametrize("seconds", [0, pytest.param(LOCK_SECONDS, marks=pytest.mark.faults)])
def test_locked_by_another_program(seconds: float, database: str, tmp_path: Path) -> None:
    with staged(tmp_path, database, again_after=max(8, seconds / 2)) as stage:
        through(stage, locked(database), seconds)


def test_read_only(database: str, tmp_path: Path) -> None:
    with staged(tmp_path, database) as stage:
        through(stage, read_only(database))


def test_a_disk_that_something_else_has_filled(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        with small_disk(disk), staged(tmp_path, f"sqlite:///{disk / 'caseclock.db'}") as stage:
            through(stage, filled(disk))
    except PermissionError as refusal:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no disk can be mounted here: {refusal}")
