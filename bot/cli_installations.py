"""`caseclock installations`: in which workspaces customers have the app, and the keys to their tokens."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer
from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from bot.cli_db import DatabaseUrl, fail, print_plain, told_plainly
from bot.setting_kinds import Keys
from storage.database import make_engine
from storage.installations import Installed, installed, reseal
from storage.migrate import upgrade
from storage.sealing import Seal

installations_app = typer.Typer(
    help="The app in customers' own workspaces: where it is installed, and the keys to it.", no_args_is_help=True
)


class _Keys(BaseSettings):
    """The same INSTALL_KEYS, and the same `.env`, that the bot goes by."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    install_keys: Keys = None


@installations_app.command("new-key")
def new_key() -> None:
    """Print a new key for INSTALL_KEYS. It is kept nowhere else."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())


@installations_app.command("list")
def list_command(
    database_url: DatabaseUrl, as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False
) -> None:
    """List the workspaces in which the app is installed besides our own. No token is shown."""
    with _opened(database_url) as (engine, seal):
        found = installed(engine, seal)
    if as_json:
        typer.echo(json.dumps([{**asdict(each), "at": each.at.isoformat()} for each in found], indent=2))
    elif found:
        Console(markup=False, highlight=False, emoji=False).print(_table(found))
    else:
        print_plain("No customer has installed the app to a workspace of their own yet.")


@installations_app.command("rotate")
def rotate_command(database_url: DatabaseUrl) -> None:
    """Seal every token under the first of INSTALL_KEYS, so that the others can be dropped. Exit 1 if one can't be."""
    with _opened(database_url) as (engine, seal):
        anew, lost = reseal(engine, seal)
    print_plain(
        f"{anew} secret{'' if anew == 1 else 's'} sealed anew; everything readable is under the newest key now."
    )
    if lost:
        fail(f"{lost} can't be opened with any of INSTALL_KEYS: add the key that is missing, or let them install anew.")


@contextmanager
def _opened(url: str) -> Iterator[tuple[Engine, Seal]]:
    with told_plainly():
        upgrade(url)
        engine = make_engine(url)
        try:
            yield engine, Seal([key.get_secret_value() for key in _keys()])
        finally:
            engine.dispose()


def _keys() -> tuple[SecretStr, ...]:
    try:
        keys = _Keys().install_keys
    except ValidationError as error:
        fail(f"INSTALL_KEYS: {error.errors(include_input=False)[0]['msg'].removeprefix('Value error, ')}")
    if keys is None:
        fail("INSTALL_KEYS is not set (.env.example says what it is)")
    return keys


def _table(found: list[Installed]) -> Table:
    table = Table("Workspace", "Id", "Installed", "By", "Key", box=None)
    for each in found:
        key = "newest" if each.newest else "older" if each.readable else "missing"
        table.add_row(each.name, each.team, f"{each.at:%Y-%m-%d %H:%M} UTC", each.by, key)
    return table
