"""A database from before catch-up: what it received stays received, and nothing is owed from before."""

from alembic import command
from sqlalchemy import text

from cases.queues import Received
from storage.migrate import _config, upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import engine_on


def test_what_was_received_is_still_there_and_hearing_begins_anew(empty_database: str) -> None:
    with engine_on(empty_database) as engine, engine.begin() as connection:
        command.upgrade(_config(connection), "0010_figures")
        for number in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO inbox (event_id, about, payload, received_at, ready_at, attempts, error) VALUES "
                    "(:id, 'C1 1.0', '{\"event\": {\"type\": \"message\"}}', '2026-03-02 12:00:00+00:00',"
                    " '2026-03-02 12:00:00+00:00', 0, '')"
                ),
                {"id": f"Ev{number}"},
            )
    upgrade(empty_database)
    with engine_on(empty_database) as engine:
        begin = SqlUnitsOfWork(engine)
        with begin() as work:
            assert [each.event_id for each in work.inbox.about("C1 1.0")] == ["Ev1", "Ev2"]
            assert work.hearing.get() is None
            assert work.inbox.put(Received("Ev3", {}, NOON, "C1 1.0", "written C1 1.1"))
            assert not work.inbox.put(Received("Ev4", {}, NOON, "C1 1.0", "written C1 1.1"))
