"""The database as the bot will find it: looked at without bringing it up to date."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.diagnosis import Finding, error, ok, warning
from bot.doctor_slack import UNSURE
from cases.accounts import Account
from cases.ports import StorageUnavailable, UnitsOfWork
from storage.backup import file_of
from storage.database import UnknownDatabase, is_shared, make_engine, time_at
from storage.migrate import head, revision, revisions
from storage.unit_of_work import SqlUnitsOfWork

NAME = "database"
PROBE = "UPDATE alembic_version SET version_num = version_num"
"""Changes nothing, and is refused wherever nothing may be changed; rolled back all the same."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What it holds that other things are held against."""

    accounts: Sequence[Account] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    """New ids of channels, by the old ones."""


@dataclass(frozen=True, slots=True)
class Database:
    """What was found of it."""

    findings: tuple[Finding, ...]
    folder: Path
    """Where its file is; of PostgreSQL: where the bot runs."""
    kept: Kept | None = None
    """None: it can't be read."""

    @property
    def accounts(self) -> Sequence[Account]:
        """Empty too where they can't be read."""
        return self.kept.accounts if self.kept else ()


def examined_database(url: str) -> Database:
    """Whether it can be reached and written, and is of this version."""
    try:
        file = file_of(url)
        engine = make_engine(url)
    except (UnknownDatabase, SQLAlchemyError) as problem:
        said = str(problem) if isinstance(problem, UnknownDatabase) else "this is not the URL of a database"
        return Database((error(NAME, said, "Correct DATABASE_URL."),), Path.cwd())
    folder = file.parent if file is not None and file.parent.is_dir() else Path.cwd()
    if file is not None and not str(file).startswith("file:") and not file.exists():
        to_do = "Start the bot, or caseclock db upgrade; if there should be one, check DATABASE_URL and the folder."
        return Database((warning(NAME, f"there is no file {file} yet", to_do),), folder, Kept())
    try:
        return Database((_found(engine),), folder, _kept(engine))
    finally:
        engine.dispose()


def databases_clock(url: str, now: Callable[[], datetime]) -> Iterator[Finding]:
    """That of a shared database, which all replicas go by, beside this machine's."""
    with suppress(UnknownDatabase, SQLAlchemyError):
        engine = make_engine(url)
        try:
            if is_shared(engine) and abs(ahead := now() - time_at(engine)) >= UNSURE:
                said = f"the database's clock is {round(abs(ahead).total_seconds())} s off this machine's"
                yield warning("clock", said, "Set both by NTP: deadlines are told by the database's.")
        finally:
            engine.dispose()


def _found(engine: Engine) -> Finding:
    try:
        with engine.connect() as connection:
            at = revision(connection)
            if at is not None:
                connection.execute(text(PROBE))
            connection.rollback()
    except SQLAlchemyError as problem:
        if "read-only" in str(problem) or "readonly" in str(problem):
            to_do = "Let the user that the bot runs as write the file and its folder, or the role its tables."
            return error(NAME, "it can be read, but not written", to_do)
        to_do = "Is it running, is DATABASE_URL right, may this user open it? On SQLite: does something hold it?"
        return error(NAME, f"it can't be used now ({type(problem).__name__})", to_do)
    if at == head():
        return ok(NAME, f"can be written, at {at}")
    if at is not None and at not in revisions():
        return error(NAME, f"it is at {at}, which this version doesn't know", "Run the newer version that made it.")
    to_do = "caseclock db upgrade, or start the bot, which does it too; with replicas stop all of them first."
    return warning(NAME, f"it is at {at or 'no revision yet'}; this version needs {head()}", to_do)


def _kept(engine: Engine) -> Kept | None:
    """Before the first migration it holds nothing; before a later one it may hold it otherwise than it is read now."""
    units = SqlUnitsOfWork(engine)
    with suppress(StorageUnavailable, SQLAlchemyError):
        with engine.connect() as connection:
            if revision(connection) is None:
                return Kept()
        with units.reading() as work:
            accounts = work.accounts.all()
        return Kept(accounts, _moved(units))
    return None


def _moved(units: UnitsOfWork) -> Mapping[str, str]:
    """None, in a database that is older than what they are written down in."""
    with suppress(StorageUnavailable, SQLAlchemyError), units.reading() as work:
        return work.channels.moved()
    return {}
