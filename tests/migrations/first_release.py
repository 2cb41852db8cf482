"""The day of the upgrade: a database and a Slack just as the first release left them, and the bot of today on both."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    func,
    select,
)

from storage.migrate import upgrade
from workspace.model import JsonDict, Message
from workspace.stage import Stage

FILE = Path(__file__).parent.parent / "data" / "first-release.json"
LEFT: JsonDict = json.loads(FILE.read_text("utf-8"))
LEFT_AT = datetime.fromisoformat(LEFT["now"])
"""Thursday 2 July 2026, 09:40 in New York; the bot of today starts a minute later."""


class UpgradedStage(Stage):
    """As `Stage`, from where the first release stopped."""

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder, LEFT_AT + timedelta(minutes=1), database_url=database_url)

    def prepare(self) -> None:
        """The old tables with all that stood in them, then the migrations; and Slack with all that was said."""
        engine = create_engine(self.database_url)
        put_back(engine)
        engine.dispose()
        upgrade(self.database_url)
        with self.slack.state.change():
            for channel, messages in LEFT["channels"].items():
                shown = (Message(channel=channel, **message) for message in messages)
                self.slack.channel(channel).messages.update((message.ts, message) for message in shown)
            # Ids and times go on from where they were.
            self.slack.state._count, self.slack.state._last_ts = LEFT["count"], LEFT["last_ts"]


def put_back(engine: Engine) -> None:
    """The first release's tables, with its rows."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            rows = LEFT["tables"][table.name] if table.name != "alembic_version" else ()
            for row in rows:
                connection.execute(table.insert(), dict(_typed(table, row)))
            if rows and connection.dialect.name == "postgresql":
                _number_on(connection, table)


def _typed(table: Table, row: JsonDict) -> Iterator[tuple[str, object]]:
    """SQLite kept times and JSON as text, and truth as numbers. What is None is left out: JSON would keep a `null`."""
    for name, value in row.items():
        kind = table.columns[name].type
        if value is None:
            continue
        if isinstance(kind, DateTime):
            yield name, datetime.fromisoformat(value).replace(tzinfo=UTC)
        elif isinstance(kind, JSON):
            yield name, json.loads(value)
        else:
            yield name, bool(value) if isinstance(kind, Boolean) else value


def _number_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts by itself, and knows nothing of the rows put back."""
    key = next(iter(table.primary_key.columns))
    if isinstance(key.type, Integer) and key.autoincrement:
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        connection.execute(select(func.setval(sequence, func.max(key))))


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    return config
