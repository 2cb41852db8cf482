"""A digest: many alarms that came due together, as one message with a row for each."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from cases.messages import Drawn, Row
from cases.says import Body, Say
from handlers.alarm_rows import alarm_row, asks, icon
from handlers.bodies import count
from handlers.kit import context, drawn, section
from handlers.text import inline
from handlers.times import TIME, date

NAMED = 3
"""So many cases are named in the notification."""
TITLE = 60
ICONS = ("🔴", "🟠", "🟡", "☎️", "↩️")
"""The worst first."""


def digest(say: Say, rows: Sequence[Row], on_call: str, url: str, now: datetime) -> Drawn:
    """One page, as its cases stand now; `on_call` mentions whom its alarms would mention, `say` is the digest's own."""
    calls = f"{on_call} " if on_call else ""
    blocks: list[Block] = [
        section(f"{_worst(rows)} {calls}*{_head(say.body)}*", _open(say.body, rows)),
        context(f"{_why(say.body)} As of {date(now, TIME)}."),
        *(alarm_row(row, url, now) for row in rows),
    ]
    return drawn(f"{calls}{_head(say.body)}: {_named(rows)}", blocks)


def reacted() -> Drawn:
    """To who reacted to a digest, which tells of several cases."""
    said = "This message tells of several cases, so a reaction can't say which. *Claim* beside one of them takes it."
    return drawn(said, [section(said)])


def _head(body: Body) -> str:
    page = f", page {count(body, 'page')} of {count(body, 'pages')}" if count(body, "pages") > 1 else ""
    return f"{count(body, 'total')} alarms came due together{page}"


def _open(body: Body, rows: Sequence[Row]) -> str:
    still = sum(asks(row) for row in rows)
    where = " on this page" if count(body, "pages") > 1 else ""
    if not still:
        return f"Nothing{where} asks for anybody any more. Thank you!"
    return f"{still} of {len(rows)}{where} still {'asks' if still == 1 else 'ask'} for somebody, the most urgent first."


def _why(body: Body) -> str:
    return f"One message instead of {count(body, 'total')}, since more than five were due here at once."


def _worst(rows: Sequence[Row]) -> str:
    marks = {icon(row.say) for row in rows if asks(row)}
    return next((mark for mark in ICONS if mark in marks), "✅")


def _named(rows: Sequence[Row]) -> str:
    named = [f"C-{row.say.case} {inline(row.case.title, TITLE)}" if row.case else f"C-{row.say.case}" for row in rows]
    more = f", and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return f"{', '.join(named[:NAMED])}{more}."
