"""`caseclock db`: bring the database up to date, or say where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.terminal import Terminal
from cases.ports import StorageUnavailable
from storage.database import UnknownDatabase
from storage.migrate import current as current_revision
from storage.migrate import head
from storage.migrate import upgrade as upgrade_database

db_app = typer.Typer(help="The database: bring it up to date, see where it stands.", no_args_is_help=True)


class _Database(BaseSettings):
    """The same DATABASE_URL, and the same `.env`, that the bot goes by."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: str = "sqlite:///caseclock.db"


DatabaseUrl = Annotated[
    str,
    typer.Option("--database-url", default_factory=lambda: _Database().database_url, show_default="DATABASE_URL"),
]


@db_app.command()
def upgrade(database_url: DatabaseUrl) -> None:
    """Apply the migrations that are missing; also done when the bot starts."""
    with told_plainly():
        before = current_revision(database_url)
        upgrade_database(database_url)
    print_plain("The database is up to date." if before == head() else f"The database is up to date now: {head()}.")


@db_app.command()
def current(database_url: DatabaseUrl) -> None:
    """Say which revision the database is at, and which one this version needs. Exit 1 if they differ."""
    with told_plainly():
        at = current_revision(database_url)
    print_plain(f"at {at or 'no revision yet'}, needs {head()}")
    if at != head():
        fail("Run caseclock db upgrade.")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Say in one line, and exit 1, that the database can't be used."""
    try:
        yield
    except UnknownDatabase as error:
        fail(f"DATABASE_URL: {error}")
    except StorageUnavailable as error:
        fail(f"The database can't be used now: {error}")


def print_plain(words: str) -> None:
    """On stdout, as it is."""
    Terminal(soft_wrap=True).print(words)


def fail(words: str) -> NoReturn:
    """On stderr, as it is; then exit 1."""
    Terminal(stderr=True, soft_wrap=True).print(words)
    raise typer.Exit(1)
