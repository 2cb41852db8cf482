"""Bring a database to the shape that this version of the code expects."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import make_engine
from storage.errors import translated

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
            command.upgrade(_config(connection), "head")
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
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision that this version of the code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str) -> bool:
    """Whether it is one of this version's."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _alone(connection: Connection) -> None:
    """SQLite's transaction holds the write lock already; PostgreSQL needs a lock to agree on."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": POSTGRESQL_LOCK})


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    return config
