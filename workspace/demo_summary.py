"""How the story ended: each case, what was promised, what was kept; and what a reader may do next."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cases.case import Case
from workspace.model import Message
from workspace.server import Workspace
from workspace.stage import Stage

NEXT = (
    "Your own workspace is ten minutes away: see “Ten minutes to a real workspace” in README.md. In short:\n"
    "  1. Create a Slack app from app-manifest.yml, and install it.\n"
    "  2. cp .env.example .env, and fill in its tokens and channels.\n"
    "  3. make run, then /case setup in a customer's channel."
)


def summary(stage: Stage, numbers: range, zone: ZoneInfo) -> tuple[RenderableType, ...]:
    """The cases as a table, times in `zone`, and what is next."""
    with stage.units() as uow:
        cases = [uow.cases.get(number) for number in numbers]
    table = Table(title="How it went", title_justify="left", title_style="bold", caption_justify="left")
    table.caption = "New York time. Messages: what Caseclock posted about the case, in all channels."
    for heading in ("Case", "Promised by", "First answer", "In time"):
        table.add_column(heading)
    table.add_column("Messages", justify="right")
    for case in cases:
        table.add_row(*_row(stage.slack, case, zone))
    return table, Text(NEXT)


def _row(slack: Workspace, case: Case, zone: ZoneInfo) -> tuple[str, ...]:
    what = f"{case.reference} {case.account_name}\n{case.promise.program_name} {case.promise.plan_name}"
    answered = f"{_at(case.response.at, zone)}\n{case.response.person.name}" if case.response else "nobody yet"
    kept = case.response is not None and case.response.at <= case.due_at
    return (
        f"{what}\n{case.promise.label}",
        _at(case.due_at, zone),
        answered,
        "[green]yes" if kept else "[red]no",
        str(_said(slack, case)),
    )


def _at(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%a %-d %b, %H:%M}"


def _said(slack: Workspace, case: Case) -> int:
    """Messages of the bot that name the case."""
    names = re.compile(rf"\b{case.reference}\b")
    posted = [message for channel in slack.state.channels.values() for message in channel.messages.values()]
    return sum(1 for message in posted if message.bot_id and names.search(_words(message)))


def _words(message: Message) -> str:
    return f"{message.text}\n{message.blocks}"
