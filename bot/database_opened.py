"""The database, for a command that works on it beside a bot."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli_db import told_plainly
from cases.ports import UnitsOfWork
from storage.backup import file_of
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork

PATIENCE_SECONDS = 30.0
"""Nobody waits in Slack for a command's answer."""


def is_missing(url: str) -> bool:
    """A SQLite file that isn't there: a command that only reads makes none."""
    file = file_of(url)
    return file is not None and not file.is_file()


@contextmanager
def opened(url: str) -> Iterator[UnitsOfWork]:
    """Brought up to date. Says in one line, and exits 1, that it can't be used."""
    with told_plainly():
        upgrade(url)
        engine = make_engine(url, PATIENCE_SECONDS)
        try:
            yield SqlUnitsOfWork(engine)
        finally:
            engine.dispose()
