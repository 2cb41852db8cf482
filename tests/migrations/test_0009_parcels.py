"""Parcels come into a database that is in use: its cases go on, and what happened before is told to nobody."""

import pytest
from alembic import command
from sqlalchemy import text

from cases.case import Entry
from cases.troubles import Trouble, TroubleKind
from cases.webhooks import changed
from storage.migrate import _config, upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import DANA
from tests.storage.given import engine_on
from tests.storage.lived import LATER, dumped, lived

BEFORE = "0008_caused_and_loaded"


@pytest.fixture
def old(database: str) -> str:
    """As the revision before left it, lived in."""
    with engine_on(database) as engine:
        lived(SqlUnitsOfWork(engine))
        with engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
    return database


def test_nothing_is_lost_nothing_waits_and_the_next_change_is_told(old: str) -> None:
    with engine_on(old) as engine:
        before = dumped(engine)
        with engine.begin() as connection:
            command.upgrade(_config(connection), "0009_parcels")
        after = dumped(engine)
        assert after.pop("parcels") == []
        assert {name: rows for name, rows in after.items() if name != "alembic_version"} == {
            name: rows for name, rows in before.items() if name != "alembic_version"
        }
    upgrade(old)
    with engine_on(old) as engine, SqlUnitsOfWork(engine)() as work:
        entry = Entry(LATER, DANA, "noted")
        saved = work.save(work.cases.get(1), (), [entry], ())
        (parcel,) = changed(saved, [entry], ["crm"])
        assert work.parcels.add(parcel)
        assert work.parcels.take("crm", LATER) is not None


def test_there_and_back_the_older_bot_meets_no_trouble_that_it_has_no_words_for(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine:
        with SqlUnitsOfWork(engine)() as work:
            work.troubles.begin(Trouble(TroubleKind.OUTSIDE, LATER, "crm", "HTTP 500"))
        with engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
            assert connection.scalar(text("SELECT count(*) FROM troubles WHERE kind = 'outside'")) == 0
            assert connection.scalar(text("SELECT count(*) FROM cases")) == 3
    upgrade(old)
