"""`caseclock backup` and `restore`: a SQLite database while the bot runs, and the way back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli_db import DatabaseUrl, fail, print_plain, told_plainly
from storage import backup as backups
from storage.database import make_engine

Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
DUMP = 'pg_dump --format=custom --file=caseclock.dump "$DATABASE"'
LOAD = (
    'pg_restore --clean --if-exists --single-transaction --dbname="$DATABASE" caseclock.dump',
    'psql --dbname="$DATABASE" --command="UPDATE outbox SET uncertain = true WHERE state = \'waiting\'"',
)
"""The second line is what `storage.backup.restore` does by itself: Slack is asked before what waited is sent."""


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    database_url: DatabaseUrl,
    force: Force = False,
) -> None:
    """Copy a SQLite database, one moment of it, while the bot runs and writes."""
    source = _sqlite(database_url, f"PostgreSQL makes its own backups while the bot runs:\n  {DUMP}")
    _free(file, force)
    with _told(f"Copying to {file}") as progress:
        backups.backup(source, file, progress)
    print_plain(f"{file} holds the whole database, checked. It is as secret as the database itself.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    database_url: DatabaseUrl,
    force: Force = False,
) -> None:
    """Put a backup in the place of the SQLite database, and bring it up to date. The bot must be stopped."""
    lines = "\n  ".join(LOAD)
    target = _sqlite(database_url, f"PostgreSQL restores its own backups; stop the bot first:\n  {lines}")
    if not file.is_file():
        fail(f"There is no file {file}.")
    _free(target, force)
    with _told(f"Restoring {file}") as progress:
        backups.restore(file, target, progress)
    print_plain(f"{target} is as {file} was. What was told since then may be told once more, marked as late.")


def _sqlite(url: str, otherwise: str) -> Path:
    with told_plainly():
        make_engine(url).dispose()
    path = backups.file_of(url)
    if path is None:
        fail(otherwise)
    return path


def _free(target: Path, force: bool) -> None:
    if target.exists() and not force:
        fail(f"{target} is there already; --force replaces it. Nothing was changed.")


@contextmanager
def _told(what: str) -> Iterator[backups.Progress]:
    """Progress on stderr, and in one line, exit 1, what went wrong."""
    try:
        with told_plainly(), Progress(console=Console(stderr=True), transient=True) as shown:
            task = shown.add_task(what, total=None)
            yield lambda done, of: shown.update(task, completed=done, total=of)
    except backups.NotDone as error:
        fail(str(error))
    except (OSError, sqlite3.Error) as error:
        fail(f"{what} failed: {error}")
