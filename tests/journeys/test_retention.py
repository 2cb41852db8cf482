"""A case after its time: whoever had to do with it is told that it is gone, everybody else what strangers are told."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from handlers import ids
from storage.tables import CaseRow
from tests.faults.books import Books
from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.test_casework import open_bolts
from tests.journeys.trying import button, command, told
from workspace.acting import card
from workspace.scenes.working import claim, helps, resolve
from workspace.stage import Stage

GONE = "C-1 is closed and no longer kept"
UNKNOWN = "I don't know a case C-1 here"


def whole(stage: Stage) -> list[int]:
    with stage._engine.connect() as connection:
        return list(connection.scalars(select(CaseRow.number).where(CaseRow.pruned_at.is_(None))))


def test_a_closed_case_goes_after_its_days_and_an_open_one_goes_on(tmp_path: Path) -> None:
    made = Stage(tmp_path, MORNING)
    made.retention_days = 30
    with made as stage:
        open_p1(stage)
        open_bolts(stage, "Sign-in at Bolt")
        erin, dana, boris = (stage.person(name) for name in ("Erin", "Dana", "Boris"))
        claim(stage, erin, 1)
        claim(stage, erin, 2)
        resolve(stage, erin, 1, "The certificate had expired.")
        helps(stage, dana, "C0ACME", 1)
        Books(stage.slack, stage._engine).balance()
        stage.move(days=8)
        old_card = card(stage, "C0ACME")
        assert "Nobody can sign in" in told(stage, dana, lambda: dana.press(old_card, "Status"))

        stage.move(days=30)
        stage.slack.wait_until(lambda: whole(stage) == [2])

        forged = button(card(stage, "C0BOLT", 2), ids.STATUS, "1")
        assert UNKNOWN in told(stage, boris, lambda: boris.press(forged, ids.STATUS))
        assert GONE in told(stage, dana, lambda: dana.press(old_card, "Status"))
        assert GONE in command(stage, erin, "show C-1", "C0TRIAGE")
        assert GONE in command(stage, erin, "link C-2 related C-1", "C0TRIAGE")
        assert GONE in command(stage, erin, "note C-1 once more", "C0TRIAGE")
        assert "Sign-in at Bolt" in command(stage, erin, "show C-2", "C0TRIAGE")
        assert "Nothing here fits" in command(stage, erin, "find nobody can", "C0TRIAGE")
        with stage.units() as uow:
            assert [each.number for each in uow.cases.listing()] == [2]
        stage.move_to(stage.clock.now() + timedelta(days=1))
