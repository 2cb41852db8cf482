"""`caseclock erase`: one person's or one account's data goes for good."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli_db import DatabaseUrl, fail, print_plain, told_plainly
from bot.clock import SystemClock
from bot.database_opened import opened
from cases.erasing_accounts import AccountErasure, kept_of_account
from cases.erasing_people import PersonErasure, kept_of
from cases.ports import Conflict, UnitsOfWork
from cases.pseudonyms import drawn

PAUSE_SECONDS = 0.01
PASSES = 3
"""Whoever is still in Slack may write while they are erased."""
CALLED = {
    "cases": "cases",
    "history": "lines of cases' history",
    "account_history": "lines of accounts' history",
    "participants": "parts in cases",
    "outbox": "messages kept as sent",
    "inbox": "events kept as received",
    "intakes": "requests",
    "announcements": "announcements",
    "accounts": "accounts that name them",
    "away": "absences",
    "days_off": "days off",
    "lines": "times to write to them again",
}
IN_SLACK = (
    "Slack keeps what people wrote there, and what the bot said of them in threads: only Slack's own "
    "administrators can delete that."
)


def erase(
    database_url: DatabaseUrl,
    person: Annotated[str | None, typer.Option(metavar="U…", help="A Slack user id.")] = None,
    team: Annotated[str | None, typer.Option(metavar="T…", help="Their team: refused if it is another.")] = None,
    account: Annotated[str | None, typer.Option(metavar="NAME", help="An account, with all of its cases.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON; needs --yes.")] = False,
) -> None:
    """Erase one person's or one account's data: a pseudonym stays, so that figures and histories stay true.

    Exit 1: nothing was erased, and why. The bot may go on meanwhile.
    """
    if (person is None) == (account is None):
        raise typer.BadParameter("name one person or one account", param_hint="--person, --account")
    if person is not None and not re.fullmatch(r"[UW][A-Z0-9]{2,}", person):
        raise typer.BadParameter("expected a Slack user id such as U0123456789", param_hint="--person")
    if as_json and not yes:
        raise typer.BadParameter("needs --yes: nobody can be asked", param_hint="--json")
    with opened(database_url) as units, told_plainly():
        if person is not None:
            _person(units, person, team, yes, as_json)
        elif account is not None:
            _account(units, account, yes, as_json)


def pause() -> None:
    """The bot has its turn."""
    time.sleep(PAUSE_SECONDS)


def _person(units: UnitsOfWork, user: str, team: str | None, yes: bool, as_json: bool) -> None:
    kept = kept_of(units, user, pause)
    if not kept.rows:
        _tell(as_json, f"Nothing is kept of {user}.", {"erased": {}, "pseudonym": None})
        return
    if team is not None and team not in kept.teams:
        fail(
            f"{user} is known here as of {', '.join(sorted(kept.teams)) or 'no team'}, not {team}. Nothing was erased."
        )
    _refuse(list(kept.in_the_way()))
    called = f"{user} ({', '.join(sorted(kept.names))})" if kept.names else user
    _ask(f"Of {called} this will be erased, or become a pseudonym:", kept.rows, yes, as_json)
    pseudonym, redrawn, total = drawn(), 0, kept.rows
    for _ in range(PASSES):
        erasure = PersonErasure(units, kept, pseudonym, pause)
        _carry_out(erasure.run(), kept.rows.total())
        redrawn += erasure.redrawn
        kept = kept_of(units, user, pause)
        if not kept.rows or list(kept.in_the_way()):
            break
    if kept.rows:
        fail(f"{user} has done something meanwhile, which is kept: have them leave the channels, and erase once more.")
    said = f"{user} is {pseudonym} from now on. The bot shows {redrawn} of its messages without them. {IN_SLACK}"
    _tell(as_json, said, {"erased": dict(total), "pseudonym": pseudonym, "redrawn": redrawn})


def _account(units: UnitsOfWork, name: str, yes: bool, as_json: bool) -> None:
    with units() as uow:
        account = uow.accounts.by_name(name)
    if account is None:
        fail(f"No account is called {name!r}; caseclock accounts list shows them all.")
    kept = kept_of_account(units, account, pause)
    _refuse(list(kept.in_the_way()))
    _ask(f"Of {name} this will be erased; its cases keep their times:", kept.rows, yes, as_json)
    pseudonym = drawn("account")
    try:
        _carry_out(AccountErasure(units, kept, pseudonym, SystemClock().now(), pause).run(), kept.rows.total())
    except Conflict:
        fail(f"A case of {name} was opened meanwhile: unlink its channels, let it close, and erase once more.")
    said = f"{name} is {pseudonym} from now on. Take it out of your accounts file. {IN_SLACK}"
    _tell(as_json, said, {"erased": dict(kept.rows), "pseudonym": pseudonym})


def _refuse(reasons: Sequence[str]) -> None:
    if reasons:
        fail("\n".join((*reasons, "Nothing was erased.")))


def _ask(head: str, rows: Counter[str], yes: bool, as_json: bool) -> None:
    if not as_json:
        print_plain(head)
        for table, number in rows.items():
            if number:
                print_plain(f"  {CALLED.get(table, table):<32}{number:>8,}")
    if not yes and not typer.confirm("It can't be undone. Erase it?"):
        fail("Nothing was erased.")


def _carry_out(steps: Iterator[None], about: int) -> None:
    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Erasing", total=about)
        for _ in steps:
            shown.advance(task)


def _tell(as_json: bool, words: str, values: dict[str, object]) -> None:
    if as_json:
        typer.echo(json.dumps(values, indent=2))
    else:
        print_plain(words)
