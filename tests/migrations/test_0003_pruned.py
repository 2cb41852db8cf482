"""From the database before: every case is still whole, open or closed, and found as before."""

import pytest
from alembic import command
from sqlalchemy import text

from cases.retention import Retention
from storage.migrate import _config, upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.storage.given import engine_on
from tests.storage.lived import LATER, dumped, lived


@pytest.fixture
def old(database: str) -> str:
    """As the revision before left it, lived in."""
    with engine_on(database) as engine:
        lived(SqlUnitsOfWork(engine))
        with engine.begin() as connection:
            command.downgrade(_config(connection), "0002")
    return database


def test_nothing_is_lost_and_the_time_of_each_begins_to_count(old: str) -> None:
    with engine_on(old) as engine:
        before = dumped(engine)["cases"]
    upgrade(old)
    with engine_on(old) as engine:
        after = dumped(engine)["cases"]
        added = {"pruned_at": None, "tidied": after[0]["tidied"]}
        assert not after[0]["tidied"]
        assert after == [{**row, **added} for row in before]
        units = SqlUnitsOfWork(engine)
        with units() as work:
            assert work.cases.get(1).title == "danas-own-title"
        assert Retention(units, 30).step(LATER)


def test_there_and_back(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine, engine.begin() as connection:
        command.downgrade(_config(connection), "0002")
        assert connection.scalar(text("SELECT count(*) FROM cases")) == 3
    upgrade(old)
