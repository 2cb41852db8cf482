"""`caseclock policy replay` and `diff`: what an edited policy would have done, and what it changes."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli_db import DatabaseUrl, fail
from bot.clock import SystemClock
from bot.database_opened import is_missing, opened
from bot.policy_diff_page import Pinned, diff_json, diff_page
from bot.policy_folder import policies_of
from bot.replay_page import Replay, replay_json, replay_page
from bot.terminal import Terminal
from cases.calendars import CalendarBook
from cases.policy_changes import changes
from cases.ports import Policies
from cases.replays import replays
from policies.holiday_names import holiday_names

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

NewDir = Annotated[Path, typer.Argument(metavar="NEW_DIR", help="The folder with the edited policy files.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def replay(
    new_dir: NewDir,
    database_url: DatabaseUrl,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only cases opened since: 2026-03-01.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run past cases again under an edited policy: which of them would have been escalated or breached.

    What people did is taken as it was. Nothing is written, and the bot may run meanwhile.
    """
    first = _day(since) if since else None
    new, today = policies_of(new_dir), policies_of()
    if is_missing(database_url):
        fail("There is no database there, so no case to try it on: check DATABASE_URL.")
    with opened(database_url) as units, Progress(console=Console(stderr=True), transient=True) as shown:
        with units.reading() as uow:
            whole, pruned = uow.cases.kept(first or BEGINNING)
        found, task = Replay(first, pruned), shown.add_task("Replaying", total=whole)
        book = CalendarBook(holiday_names)
        for each in replays(units, today, new, book, first or BEGINNING, SystemClock().now()):
            found.take(each)
            shown.advance(task)
    if as_json:
        typer.echo(json.dumps(replay_json(found), indent=2))
    else:
        Terminal().print(replay_page(found))


def diff(new_dir: NewDir, database_url: DatabaseUrl, as_json: AsJson = False) -> None:
    """Say what an edited policy changes, and which open cases keep the version that they were opened under."""
    found = changes(policies_of(), new := policies_of(new_dir))
    pinned = {key: numbers for key, numbers in _pinned(database_url).items() if _is_older(key, new)}
    if as_json:
        typer.echo(json.dumps(diff_json(found, pinned), indent=2))
    else:
        Terminal().print(diff_page(found, pinned))


def _day(words: str) -> datetime:
    try:
        return datetime.fromisoformat(words).replace(tzinfo=UTC)
    except ValueError:
        raise typer.BadParameter("expected a day such as 2026-03-01", param_hint="--since") from None


def _pinned(database_url: str) -> Pinned:
    """Where there is no database there are no cases; asking makes none."""
    if is_missing(database_url):
        return {}
    with opened(database_url) as units, units.reading() as uow:
        return uow.cases.pinned()


def _is_older(key: tuple[str, str], new: Policies) -> bool:
    program = new.get(key[0])
    return program is None or program.version != key[1]
