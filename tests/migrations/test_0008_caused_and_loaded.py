"""What was said before causes were kept stays as it was, and what is said afterwards has one."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from cases.causes import because_of
from cases.says import Say, SayKind, Urgency
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import engine_on

OLD = """
    INSERT INTO outbox (key, token, kind, channel, urgency, body, state, ready_at, leased, uncertain, attempts, error)
    VALUES ('old', 'old', 'escalation', 'C0TRIAGE', 0, '{}', 'waiting', '1970-01-01 00:00:00', false, false, 0, '')
"""


def test_what_waits_goes_on_without_a_cause_and_what_is_new_has_one(empty_database: str) -> None:
    with engine_on(empty_database) as engine, engine.begin() as connection:
        command.upgrade(_config(connection), "0007_moved_channels")
        connection.execute(text(OLD))
    upgrade(empty_database)
    with engine_on(empty_database) as engine, SqlUnitsOfWork(engine)() as work:
        with because_of("Ev1"):
            work.outbox.add(Say("new", SayKind.ESCALATION, "C0MANAGERS", Urgency.ESCALATION))
        taken = {delivery.say.key: delivery.cause for delivery in work.outbox.claim(NOON, 9, ())}
    assert taken == {"old": "", "new": "Ev1"}


def test_on_the_way_back_only_causes_are_forgotten(empty_database: str) -> None:
    upgrade(empty_database)
    with engine_on(empty_database) as engine:
        with SqlUnitsOfWork(engine)() as work, because_of("Ev1"):
            work.outbox.add(Say("new", SayKind.ESCALATION, "C0MANAGERS", Urgency.ESCALATION))
        with engine.begin() as connection:
            command.downgrade(_config(connection), "0007_moved_channels")
            assert connection.execute(text("SELECT key FROM outbox")).scalars().all() == ["new"]


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    return config
