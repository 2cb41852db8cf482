"""Databases that refuse: locked by another program, read-only, full. Each ends by itself, and no bot is restarted."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import Pool

from storage.base import Base

SIZE = "8m"
"""Of a disk that is soon full."""


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program holds the lock that every writer needs; who only reads may."""
    if make_url(url).get_backend_name() == "sqlite":
        with closing(sqlite3.connect(make_url(url).database or "", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    engine = create_engine(url)
    with engine.begin() as other:
        other.execute(text(f"LOCK TABLE {', '.join(Base.metadata.tables)} IN EXCLUSIVE MODE"))
        yield
    engine.dispose()


@contextmanager
def read_only(url: str) -> Iterator[None]:
    """Whatever is written is refused, as on a PostgreSQL standby or a SQLite file on a disk mounted read-only."""
    if make_url(url).get_backend_name() == "sqlite":
        with pragma("query_only=ON", "query_only=OFF"):
            yield
        return
    name = make_url(url).database
    _administer(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    _hang_up(url)
    try:
        yield
    finally:
        _administer(url, f"ALTER DATABASE {name} SET default_transaction_read_only = off")
        _hang_up(url)


@contextmanager
def pragma(bad: str, good: str) -> Iterator[None]:
    """On every connection that is taken from a pool, from now on: `bad`; afterwards `good`."""
    now = bad

    def set_it(connection: DBAPIConnection, *_: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute(f"PRAGMA {now}").close()

    event.listen(Pool, "checkout", set_it)
    try:
        yield
    finally:
        now = good


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own at this folder. Raises PermissionError: nobody may mount one here."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        raise PermissionError(mounted.stderr.decode())
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Something else fills the disk, to the last byte."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


def _administer(url: str, statement: str) -> None:
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _hang_up(url: str) -> None:
    """A database's settings are for connections to come."""
    engine = create_engine(make_url(url).set(database="postgres"))
    statement = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    with engine.connect() as connection:
        connection.execute(statement, {"name": make_url(url).database})
    engine.dispose()
