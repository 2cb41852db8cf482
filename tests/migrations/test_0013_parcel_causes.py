"""What waited to be carried before causes were kept goes on, and what is added afterwards has one."""

from alembic import command
from sqlalchemy import text

from cases.causes import because_of
from cases.parcels import Parcel, ParcelKind
from storage.migrate import _config, upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, after, engine_on

BEFORE = "0012_breaches"
OLD = """
    INSERT INTO parcels (key, token, kind, address, case_number, at, body, state, ready_at, leased, attempts, error)
    VALUES ('old', 'old', 'webhook', 'crm', 1, '2026-03-02 12:00:00+00:00', '{}', 'waiting',
            '2026-03-02 12:00:00+00:00', false, 1, 'HTTP 500')
"""


def test_what_waits_goes_on_without_a_cause_and_what_is_new_has_one(empty_database: str) -> None:
    with engine_on(empty_database) as engine, engine.begin() as connection:
        command.upgrade(_config(connection), BEFORE)
    with engine_on(empty_database) as engine:
        number = a_case(SqlUnitsOfWork(engine)).number
        with engine.begin() as connection:
            connection.execute(text(OLD))
    upgrade(empty_database)
    with engine_on(empty_database) as engine, SqlUnitsOfWork(engine)() as work:
        with because_of("Ev1"):
            work.parcels.add(Parcel("new", ParcelKind.WEBHOOK, "crm", number, NOON))
        old = work.parcels.take("crm", after(1))
        assert old is not None
        assert (old.parcel.key, old.attempts, old.cause) == ("old", 1, "")
        work.parcels.carried(old.id, after(1))
        new = work.parcels.take("crm", after(1))
        assert new is not None
        assert (new.parcel.key, new.cause) == ("new", "Ev1")


def test_on_the_way_back_only_causes_are_forgotten(empty_database: str) -> None:
    upgrade(empty_database)
    with engine_on(empty_database) as engine:
        number = a_case(SqlUnitsOfWork(engine)).number
        with SqlUnitsOfWork(engine)() as work, because_of("Ev1"):
            work.parcels.add(Parcel("new", ParcelKind.WEBHOOK, "crm", number, NOON))
        with engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
            assert connection.execute(text("SELECT key, state FROM parcels")).all() == [("new", "waiting")]
    upgrade(empty_database)
