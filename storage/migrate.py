"""Bring a database to the shape that this version of the code expects."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, String, column, inspect, select, table, text

from storage.database import make_engine
from storage.errors import translated

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "migrations" / "versions"
APPLIED = "alembic_version"
"""Alembic's own table."""
PATIENCE_SECONDS = 60.0
"""Another process that starts at the same time may be migrating; this one waits and then finds nothing to do."""

POSTGRESQL_LOCK = 0xCA5EC10C


def upgrade(url: str) -> None:
    """Apply the migrations that are missing, all or none: one transaction, one process at a time.

    Raises:
        StorageUnavailable: the database can't be reached.
    """
    engine = make_engine(url, PATIENCE_SECONDS)
    try:
        with translated(), engine.begin() as connection:
            _alone(connection)
            if revision(connection) != head():
                _migrate(connection)
    finally:
        engine.dispose()


def current(url: str) -> str | None:
    """The revision that the database is at; None before the first migration. Raises StorageUnavailable."""
    engine = make_engine(url)
    try:
        with translated(), engine.connect() as connection:
            return revision(connection)
    finally:
        engine.dispose()


def revision(connection: Connection) -> str | None:
    """As `current`, on a connection that stands."""
    if not inspect(connection).has_table(APPLIED):
        return None
    return connection.scalar(select(column("version_num", String)).select_from(table(APPLIED)))


def head() -> str:
    """The revision that this version of the code expects: the last of the files, which stand one behind the other."""
    return max(file.stem for file in VERSIONS.glob("[0-9]*.py"))


def revisions() -> frozenset[str]:
    """Every one that a database may be at."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def knows(revision: str) -> bool:
    """Whether it is one of this version's."""
    return revision in revisions()


def _migrate(connection: Connection) -> None:
    # Imported only then: it takes longer than all else at a start, and nearly every start finds nothing to migrate.
    from alembic import command

    command.upgrade(_config(connection), "head")


def _alone(connection: Connection) -> None:
    """SQLite's transaction holds the write lock already; PostgreSQL needs a lock to agree on."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": POSTGRESQL_LOCK})


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config

    found = Config(attributes={"connection": connection})
    found.set_main_option("script_location", "storage:migrations")
    return found
