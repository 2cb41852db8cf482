"""`caseclock accounts`: customers in bulk, from a YAML file, and the list of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from pydantic_settings import BaseSettings, SettingsConfigDict
from rich.table import Table

from bot.account_page import account_page, due_json
from bot.accounts_file import AccountsFileErrors
from bot.accounts_import import import_accounts, outdated
from bot.cli_db import DatabaseUrl, fail, print_plain
from bot.database_opened import opened
from bot.policy_words import hours
from bot.terminal import Terminal
from cases.accounts import Account
from policies.loader import SHIPPED, load_policies
from policies.problems import PolicyErrors

accounts_app = typer.Typer(help="Customers' accounts: import them, list them.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


class _Folder(BaseSettings):
    """The same POLICY_DIR, and the same `.env`, that the bot goes by."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    policy_dir: Path = SHIPPED


@accounts_app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.yml", help="Accounts, one list under accounts:.")],
    database_url: DatabaseUrl,
    as_json: AsJson = False,
) -> None:
    """Store the accounts of a file: all of them, or none and every problem at once (exit 1)."""
    try:
        content, policies = file.read_bytes(), load_policies(_Folder().policy_dir)
        with opened(database_url) as begin:
            imported = import_accounts(content, policies, begin)
            with begin.reading() as work:
                moved = work.channels.moved()
        for sentence in outdated(content, moved):
            typer.echo(f"{file.name}: {sentence}", err=True)
    except OSError as error:
        fail(f"{file} can't be read: {error.strerror}")
    except PolicyErrors as error:
        fail(f"{error}\nThe policies must be right first; nothing was imported.")
    except AccountsFileErrors as error:
        fail("\n".join(f"{file.name}: {problem}" for problem in error.problems) + "\nNothing was imported.")
    if as_json:
        typer.echo(json.dumps([{"outcome": each.outcome, **_json(each.account)} for each in imported], indent=2))
        return
    for each in imported:
        print_plain(f"{each.account.name}: {each.outcome}")


@accounts_app.command("list")
def list_command(database_url: DatabaseUrl, as_json: AsJson = False) -> None:
    """List the accounts, by name."""
    with opened(database_url) as begin, begin() as work:
        accounts = work.accounts.all()
    if as_json:
        typer.echo(json.dumps([_json(account) for account in accounts], indent=2))
    elif accounts:
        Terminal().print(_table(accounts))
    else:
        print_plain("No accounts yet. Import some with caseclock accounts import FILE.yml, or /case setup in Slack.")


@accounts_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")],
    database_url: DatabaseUrl,
    as_json: AsJson = False,
) -> None:
    """Show one account: its people, how often they meet, and what is due for it."""
    try:
        policies = load_policies(_Folder().policy_dir)
    except PolicyErrors as error:
        fail(f"{error}\nThe policies must be right first.")
    with opened(database_url) as begin, begin() as work:
        account = work.accounts.by_name(name)
        due = [reminder for id, reminder in work.reminders.all() if account and id == account.id]
    if account is None:
        fail(f"No account is called {name!r}; caseclock accounts list shows them all.")
    program = policies.get(account.program)
    if as_json:
        typer.echo(json.dumps({**_json(account), "due": due_json(account, program, due)}, indent=2))
    else:
        Terminal().print(account_page(account, program, due))


def _table(accounts: Sequence[Account]) -> Table:
    table = Table("Account", "Program", "Plan", "Channels", "Teams", "Time zone", "Own hours", box=None)
    for account in accounts:
        own = hours(account.business_hours) if account.business_hours else ""
        places = ("\n".join(account.channels), "\n".join(account.teams))
        table.add_row(account.name, account.program, account.plan, *places, account.timezone, own)
    return table


def _json(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "program": account.program,
        "plan": account.plan,
        "channels": account.channels,
        "teams": account.teams,
        "timezone": account.timezone,
        "business_hours": hours(account.business_hours) if account.business_hours else None,
        "contacts": account.contacts,
        "managers": account.managers,
        "csm": account.csm,
        "tam": account.tam,
        "term_starts": str(account.term_starts) if account.term_starts else None,
        "success_meeting_every": account.success_meeting_every,
        "business_review_every": account.business_review_every,
        "contact_methods": [asdict(method) for method in account.contact_methods],
        "add_ons": [{**asdict(each), "starts": str(each.starts), "ends": str(each.ends)} for each in account.add_ons],
    }
