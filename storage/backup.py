"""A copy of a SQLite database taken while it is written to, and the way back."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

from storage.migrate import revisions, upgrade

PAGES = 256
"""Copied at a time: between two of them the progress is told."""

Progress = Callable[[int, int], None]
"""Pages copied, and how many there are."""


class NotDone(Exception):
    """No backup was taken, or none restored; the message says why and what to do, fit to be read."""


def file_of(url: str) -> Path | None:
    """The file of a SQLite database; None: it is a PostgreSQL one."""
    place = make_url(url)
    return Path(place.database or "") if place.get_backend_name() == "sqlite" else None


def backup(source: Path, target: Path, progress: Progress) -> None:
    """One moment of the database, whatever is written meanwhile; whole or not at all, readable by its owner alone.

    Raises:
        NotDone: there is no such database, or the copy is damaged. OSError, sqlite3.Error.
    """
    if not source.is_file():
        raise NotDone(f"There is no database {source}: check DATABASE_URL.")
    with _in_the_making(target) as partial:
        with closing(_opened(source)) as ours, closing(sqlite3.connect(partial)) as copy:
            # Holds the moment: without it SQLite would begin anew whenever another process writes.
            ours.execute("BEGIN")
            ours.execute("SELECT count(*) FROM sqlite_master").fetchone()
            ours.backup(copy, pages=PAGES, progress=lambda _, left, all_: progress(all_ - left, all_))
            copy.execute("PRAGMA journal_mode=DELETE").close()
        _check(partial)


def restore(source: Path, target: Path, progress: Progress) -> None:
    """Put a backup in the place of a database, brought up to date. What it still had to say is looked up in Slack.

    Raises:
        NotDone: it is no whole backup of a known version, or a process has the database open. OSError, sqlite3.Error.
    """
    _check(source)
    with _in_the_making(target) as partial:
        with closing(_opened(source)) as kept, closing(sqlite3.connect(partial)) as copy:
            kept.backup(copy, pages=PAGES, progress=lambda _, left, all_: progress(all_ - left, all_))
        upgrade(f"sqlite:///{partial}")
        with closing(sqlite3.connect(partial)) as copy:
            copy.execute("UPDATE outbox SET uncertain = 1 WHERE state = 'waiting'")
            copy.commit()
            copy.execute("PRAGMA journal_mode=DELETE").close()
        if target.exists():
            _close_for_all(target)


def _close_for_all(target: Path) -> None:
    """SQLite leaves its WAL mode only where nobody else has the file open: so SQLite says whether somebody has."""
    with closing(sqlite3.connect(target, timeout=0.5)) as alone:
        try:
            alone.execute("PRAGMA journal_mode=DELETE").close()
            alone.execute("BEGIN EXCLUSIVE").close()
        except sqlite3.OperationalError:
            raise NotDone(f"{target} is in use: stop the bot first. Nothing was changed.") from None


def _check(file: Path) -> None:
    """Raises NotDone."""
    known = revisions()
    try:
        with closing(_opened(file)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone()
            found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise NotDone(f"{file} is no database of Caseclock ({error}).") from None
    if whole != ("ok",):
        raise NotDone(f"{file} is damaged: {whole[0]}")
    if found is None or found[0] not in known:
        version = found[0] if found else "no version"
        raise NotDone(f"{file} is of {version}, which this Caseclock doesn't know: use a newer one.")


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)


@contextmanager
def _in_the_making(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place at the end, if all went well."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield partial
        partial.replace(target)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(f"{partial}{end}").unlink()
