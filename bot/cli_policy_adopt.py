"""`caseclock policy adopt`: one open case moved to today's policy, on purpose."""

import getpass
import re
from collections.abc import Collection
from datetime import datetime
from typing import Annotated

import typer

from bot.cli_db import DatabaseUrl, fail, print_plain
from bot.clock import SystemClock
from bot.database_opened import opened
from bot.outside import addresses_of
from bot.policy_folder import policies_of
from bot.policy_words import wall
from bot.settings import SettingsError, load_settings
from cases.adoption import Adopted, Adoption
from cases.calendars import CalendarBook
from cases.errors import CaseclockError
from cases.room import Room
from policies.holiday_names import holiday_names


class _NobodyToAsk:
    """Who is on duty only Slack knows, and nobody is called here."""

    def managers(self) -> tuple[str, ...]:
        return ()

    def managers_known(self) -> tuple[str, ...]:
        return ()

    def engineers_known(self) -> tuple[str, ...]:
        return ()

    def on_call(self) -> str:
        return ""

    def absent(self, users: Collection[str], now: datetime) -> frozenset[str]:
        return frozenset()


def adopt(
    case: Annotated[str, typer.Argument(metavar="C-…", help="An open case.")],
    database_url: DatabaseUrl,
    by: Annotated[
        str, typer.Option(default_factory=getpass.getuser, show_default="your user name", help="Who does it.")
    ],
    reason: Annotated[
        str, typer.Option(help="Why (required); the team reads it in the case's thread.", show_default=False)
    ] = "",
) -> None:
    """Move one open case to what the policy says today. Recorded, and said in its triage thread; twice is once."""
    number = re.fullmatch(r"(?:C-)?([0-9]{1,9})", case, re.IGNORECASE)
    if number is None:
        raise typer.BadParameter("expected a case such as C-12", param_hint="C-…")
    if not reason.strip():
        raise typer.BadParameter(
            "say why, in a sentence: the team reads it in the case's thread", param_hint="--reason"
        )
    if not by.strip():
        raise typer.BadParameter("say who does it", param_hint="--by")
    policies = policies_of()
    try:
        settings = load_settings()
        webhooks = tuple(addresses_of(settings, policies).webhooks)
        with opened(database_url) as units:
            room = Room(units, policies, CalendarBook(holiday_names), _NobodyToAsk(), settings.places, webhooks)
            adopted = Adoption(room).adopt(int(number[1]), by, reason, SystemClock().now())
    except (CaseclockError, SettingsError) as error:
        fail(str(error))
    print_plain(_said(adopted))


def _said(adopted: Adopted) -> str:
    before, after = adopted.before, adopted.after
    if before.promise == after.promise:
        return f"{after.reference} is under {after.promise.program_name} {after.promise.version} already."
    moved = f"{after.reference}: {before.promise.version} → {after.promise.version}."
    if not after.waits_for_response:
        return moved
    zone = after.promise.calendar.timezone or "UTC"
    was, due = wall(before.due_at, zone), wall(after.due_at, zone)
    stays = "as before" if was == due else f"was {was}"
    return f"{moved} A first answer is due {due} in {zone}, {stays}."
