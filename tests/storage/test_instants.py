"""Instants are aware UTC on the way in and on the way out."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from cases.queues import Received
from storage.columns import NaiveInstant
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, engine_on, rung

NEW_YORK = ZoneInfo("America/New_York")


def test_an_instant_of_any_zone_comes_back_in_utc(begin: SqlUnitsOfWork) -> None:
    local = datetime(2026, 3, 27, 1, 30, tzinfo=NEW_YORK)
    a_case(begin, "i1", rung(50, local))
    with begin() as work:
        (timer,) = work.timers.of_case(1)
    assert timer.due_at == local
    assert timer.due_at.isoformat() == "2026-03-27T05:30:00+00:00"


def test_instants_sort_as_time_does_whatever_their_zone_and_hour(begin: SqlUnitsOfWork) -> None:
    earlier = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=0)
    later = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1)
    with_part = datetime(2026, 11, 1, 8, 30, 0, 250_000, tzinfo=timezone(timedelta(hours=3)))
    a_case(begin, "i1", rung(75, later), rung(50, with_part), rung(10, earlier))
    with begin() as work:
        assert [timer.number for timer in work.timers.of_case(1)] == [10, 50, 75]


def test_a_naive_datetime_is_refused_where_it_enters(begin: SqlUnitsOfWork) -> None:
    naive = datetime(2026, 3, 27, 1, 30)  # noqa: DTZ001 - what must not get in
    with pytest.raises(NaiveInstant, match="no time zone"), begin() as work:
        work.inbox.put(Received("Ev1", {}, naive))
    with pytest.raises(NaiveInstant), begin() as work:
        work.timers.claim_due(naive)


@pytest.mark.postgresql
def test_the_servers_own_zone_changes_nothing(postgres_database: str) -> None:
    with engine_on(postgres_database) as engine:
        with engine.begin() as connection:
            connection.execute(text("SET timezone TO 'Asia/Jerusalem'"))
        begin = SqlUnitsOfWork(engine)
        a_case(begin, "i1", rung(50, NOON))
        with begin() as work:
            assert work.timers.next_due_at() == NOON
            assert str(work.timers.next_due_at()) == "2026-03-02 12:00:00+00:00"
