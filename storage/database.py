"""Engines: SQLite and PostgreSQL, made to wait for a moment where they would otherwise fail at once."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from time import sleep

from sqlalchemy import URL, Connection, DateTime, Engine, create_engine, event, func, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError, TimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE_SECONDS = 2.5
"""How long a transaction waits for a lock: inside Slack's three seconds, so that a form can still say why it failed."""

CUT_OFF_SECONDS = 20
"""When PostgreSQL gives back what a machine held that it hears no more of, and when a bot gives up a database that it
hears no more of. Our transactions wait for nothing but the database."""
WAL_PAUSE_SECONDS = 0.05
READS = "caseclock_reads"

EXPECTED = (
    "expected sqlite:///caseclock.db, or postgresql+psycopg://user:password@host/name "
    "(which needs the extra: pip install 'caseclock[postgresql]')"
)


class UnknownDatabase(ValueError):
    """Not the URL of a database that can be used; the message is fit to be read and repeats nothing of the URL."""


def make_engine(url: str, patience: float = PATIENCE_SECONDS) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…`, safe to share between threads.

    `patience` is in seconds. Connections are made when first needed, so a missing database raises later, not here.
    What a statement was given is left out of its errors: they end in the log, and it may be what a customer wrote.

    Raises:
        UnknownDatabase: it is neither.
    """
    place = _checked(url)
    if place.get_backend_name() == "sqlite":
        lock_timeout = {"timeout": patience / 2}
        engine = create_engine(place, pool_timeout=patience, connect_args=lock_timeout, hide_parameters=True)
        event.listen(engine, "connect", partial(_prepare_sqlite, patience / 2))
        event.listen(engine, "checkout", _refuse_another_file)
        event.listen(engine, "begin", _as_writers_in_turn(patience / 2))
        return engine
    options = f"-c lock_timeout={int(patience * 1000)} -c timezone=UTC"
    options += f" -c idle_in_transaction_session_timeout={CUT_OFF_SECONDS * 1000}"
    connect_args = {
        "connect_timeout": max(2, int(patience)),
        "tcp_user_timeout": CUT_OFF_SECONDS * 1000,
        "options": options,
    }
    return create_engine(
        place, pool_timeout=patience, pool_pre_ping=True, connect_args=connect_args, hide_parameters=True
    )


def for_reading(engine: Engine) -> Engine:
    """The same, of the same connections, for transactions that only read: on SQLite they wait for no writer."""
    return engine.execution_options(**{READS: True})


def is_shared(engine: Engine) -> bool:
    """Several processes may work on it, on different machines."""
    return engine.dialect.name == "postgresql"


def time_at(engine: Engine) -> datetime:
    """What the clock of a shared database says, aware. Raises SQLAlchemy's errors."""
    with engine.connect() as connection:
        return connection.execute(select(func.clock_timestamp(type_=DateTime(timezone=True)))).scalar_one()


def _checked(url: str) -> URL:
    try:
        place = make_url(url)
        if place.drivername in ("postgresql", "postgres"):
            place = place.set(drivername="postgresql+psycopg")
        place.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise UnknownDatabase(EXPECTED) from None
    in_a_file = place.drivername in ("sqlite", "sqlite+pysqlite") and place.database not in (None, "", ":memory:")
    if not in_a_file and place.drivername != "postgresql+psycopg":
        raise UnknownDatabase(EXPECTED)
    return place


def _prepare_sqlite(patience: float, connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """Leave BEGIN to `_begin_as_writer`, as SQLAlchemy's guide to SQLite transactions shows, and set the pragmas.

    In WAL, synchronous=NORMAL already survives the death of the process. FULL also survives that of the machine:
    Slack never sends again what was acknowledged, so a commit must not be taken back by a power cut.
    """
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - narrows the type of SQLAlchemy's event
    connection.isolation_level = None
    _enter_wal(connection, patience)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    record.info["file"] = _file_of(connection)


def _enter_wal(connection: sqlite3.Connection, patience: float) -> None:
    """SQLite waits for no lock here, whatever its timeout: two that open a new file at once would refuse each other."""
    for _ in range(int(patience / WAL_PAUSE_SECONDS)):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            sleep(WAL_PAUSE_SECONDS)
    connection.execute("PRAGMA journal_mode=WAL").close()


def _refuse_another_file(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    """A file that was moved or deleted would go on taking what is written to it, unseen: connect anew instead."""
    path, identity = record.info["file"]
    if _identity(path) != identity:
        raise DisconnectionError(f"{path} is not the file that it was")


def _file_of(connection: sqlite3.Connection) -> tuple[str, tuple[int, int] | None]:
    path = str(connection.execute("PRAGMA database_list").fetchone()[2])
    return path, _identity(path)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _as_writers_in_turn(patience: float) -> Callable[[Connection], None]:
    """Take the write lock first: a reader that turns writer later is refused at once, without waiting.

    SQLite's lock knows no queue: whoever gave it back takes it again before a waiting one looks, so that a busy tick
    would keep a customer's form from being saved. Hence one waits for it at a time, and the others behind that one.
    """
    turn = Lock()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READS):
            connection.exec_driver_sql("BEGIN")
            return
        if not turn.acquire(timeout=patience):
            raise TimeoutError("database is locked")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            turn.release()

    return begin
