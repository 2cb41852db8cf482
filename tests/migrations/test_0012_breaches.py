"""A history from before the index on missed deadlines: each that stands in it is counted."""

from alembic import command
from sqlalchemy import inspect

from cases.case import Entry
from storage.figures import figures
from storage.migrate import _config, upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, after, engine_on


def test_what_was_missed_before_is_counted(empty_database: str) -> None:
    with engine_on(empty_database) as engine, engine.begin() as connection:
        command.upgrade(_config(connection), "0011_hearing")
    with engine_on(empty_database) as engine:
        stored = a_case(SqlUnitsOfWork(engine))
        with SqlUnitsOfWork(engine)() as work:
            lines = [Entry(after(60), None, "escalated"), Entry(after(90), None, "breached")]
            work.save(stored, [], lines, [])
    upgrade(empty_database)
    with engine_on(empty_database) as engine:
        assert figures(engine, NOON, NOON).breaches == {stored.promise.program: 1}
        assert "ix_history_breached" in {index["name"] for index in inspect(engine).get_indexes("history")}
