"""One case that can't be looked at holds up the audit of no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from cases.calendars import Calendar, CalendarExhausted
from cases.case import Case
from cases.timers import Timer, planned_timers
from storage.queue_tables import TimerRow
from tests.faults.audited import Audited
from tests.faults.operated import told
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Audited]:
    with Audited(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


def planned_but_the_first(case: Case, calendar: Calendar) -> frozenset[Timer]:
    if case.number == 1:
        raise CalendarExhausted
    return planned_timers(case, calendar)


def test_a_case_that_cannot_be_planned_is_told_and_the_others_are_mended(
    stage: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        open_p1(stage)
    stage.tamper(delete(TimerRow).where(TimerRow.case_number == 2, TimerRow.key == "rung:1:75"))
    with monkeypatch.context() as broken:
        broken.setattr("cases.auditing.planned_timers", planned_but_the_first)
        stage.minute()
        assert stage.bot.auditor.counts.found == {"timers": 2}
        begun = only(told(stage, "2 timers of open cases were not as their cases require"))
        with stage.units() as uow:
            assert "rung:1:75" in {timer.key for timer in uow.timers.of_case(2)}
    stage.minute()
    assert only(told(stage, "exactly the timers that they require")).thread_ts == begun.ts
