"""What waits and what was said before there were digests goes on as it was; and what a digest told, on the way back."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from cases.queues import Post
from cases.says import Digest, Say, SayKind, Urgency
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import engine_on

OLD = """
    INSERT INTO outbox (key, token, kind, channel, urgency, body, state, ready_at, leased, uncertain, attempts, error,
        post_channel, post_ts)
    VALUES (:key, :key, 'escalation', 'C0TRIAGE', 0, '{}', :state, '1970-01-01 00:00:00', false, false, 0, '', :c, :ts)
"""


@pytest.fixture
def old(empty_database: str) -> str:
    """A database without digests: a rung that was told, and one that waits."""
    with engine_on(empty_database) as engine, engine.begin() as connection:
        command.upgrade(_config(connection), "0005_watched")
        connection.execute(text(OLD), {"key": "told", "state": "sent", "c": "C0TRIAGE", "ts": "1.1"})
        connection.execute(text(OLD), {"key": "waits", "state": "waiting", "c": None, "ts": None})
    return empty_database


def test_each_has_a_message_of_its_own(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine, SqlUnitsOfWork(engine)() as work:
        assert work.outbox.post_of("told") == Post("C0TRIAGE", "1.1")
        assert work.outbox.digest_of("told") is None
        (waiting,) = work.outbox.claim(NOON, 9, ())
        assert [say.key for say in work.outbox.alarms_with(waiting, NOON)] == ["waits"]


def test_on_the_way_back_what_was_told_is_sent_and_what_was_not_waits(old: str) -> None:
    upgrade(old)
    says = [Say(key, SayKind.ESCALATION, "C0TRIAGE", Urgency.ESCALATION) for key in ("a", "b", "waits")]
    first, second = (Say(key, SayKind.DIGEST, "C0TRIAGE", 0) for key in ("first", "second"))
    with engine_on(old) as engine:
        units = SqlUnitsOfWork(engine)
        with units() as work:
            for say in says[:2]:
                work.outbox.add(say)
            work.outbox.merge(Digest(first, (says[0],)), NOON)
            work.outbox.merge(Digest(second, tuple(says[1:])), NOON)
        with engine.begin() as connection:
            connection.execute(text("UPDATE outbox SET state = 'sent' WHERE key = 'first'"))
            command.downgrade(_config(connection), "0005_watched")
            rows = connection.execute(text("SELECT key, state FROM outbox"))
            states = {row.key: row.state for row in rows}
    assert states == {"told": "sent", "a": "sent", "b": "waiting", "waits": "waiting"}


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    return config
