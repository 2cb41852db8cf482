"""Accounts from before channels were followed keep their channels, and one that moves is remembered."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import account
from tests.storage.given import engine_on

BEFORE = "0006_digests"


def test_what_was_known_before_stays_and_a_move_is_remembered_until_the_way_back(empty_database: str) -> None:
    with engine_on(empty_database) as engine:
        with engine.begin() as connection:
            command.upgrade(_config(connection), BEFORE)
        with SqlUnitsOfWork(engine)() as work:
            work.accounts.put(account())
    upgrade(empty_database)
    with engine_on(empty_database) as engine:
        units = SqlUnitsOfWork(engine)
        with units() as work:
            assert work.channels.moved() == {}
            work.channels.move(account().channels[0], "C0WIDER")
        with units() as work:
            assert work.channels.moved() == {account().channels[0]: "C0WIDER"}
        with engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
            assert "moved_channels" not in inspect(connection).get_table_names()
            kept = connection.execute(text("SELECT channel FROM account_channels")).scalars().all()
    assert kept == ["C0WIDER"]


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    return config
