"""A change of shift in the triage channel: who takes over from whom, and what is open."""

import json
from datetime import datetime

from cases.messages import Drawn
from cases.policy import ClockKind
from cases.queues import Json, Post
from cases.says import Body
from handlers.bodies import count, text_of
from handlers.clock_words import NAMES
from handlers.home_parts import place
from handlers.kit import context, drawn, section
from handlers.regions import calls
from handlers.text import inline, link, mention, some
from handlers.times import date, left

MOST_CALLED = 30
"""Of one shift."""
ROWS = 5
"""A section holds 3,000 characters; a row a few hundred at most."""


def shift(body: Body, url: str, now: datetime) -> Drawn:
    """`body` as `cases.shift_notes.note` writes; as things stood at the change."""
    total, program = count(body, "total"), inline(text_of(body, "program"), 60)
    head = f"🔁 *Change of shift, {program}*: {_who(body)}"
    is_open = "1 case is open." if total == 1 else f"{total:,} cases are open, the most urgent first."
    rows: list[Json] = json.loads(text_of(body, "cases"))
    lines = [_line(row, url, now) for row in rows]
    parts = [section("\n".join(lines[at : at + ROWS])) for at in range(0, len(lines), ROWS)]
    more = [context(f"And {total - len(rows)} more: `/case list`.")] if total > len(rows) else []
    return drawn(f"{head} {is_open}".replace("*", ""), [section(head, is_open), *parts, *more])


def _who(body: Body) -> str:
    before, after = _named(text_of(body, "before")), _named(text_of(body, "after"))
    if not after:
        return f"from {before} to the whole on-call group."
    return f"from {before or 'the whole on-call group'} to {after}."


def _named(ids: str) -> str:
    return some(calls(ids).split(), MOST_CALLED, " and ")


def _line(row: Json, url: str, now: datetime) -> str:
    number, card = f"C-{row['number']}", Post(str(row["channel"]), str(row["ts"]))
    where = link(place(url, card), number) if card.ts else number
    whose = mention(str(row["who"])) if row["who"] else "nobody has begun"
    return f"• *{where}* · {inline(str(row['label']), 60)} · {whose} · {_due(row, now)}"


def _due(row: Json, now: datetime) -> str:
    if row["state"] == "waiting":
        return "waits for the customer"
    if not row["due"]:
        return "nothing is due"
    due_at = datetime.fromisoformat(str(row["due"]))
    return f"{NAMES[ClockKind(str(row['clock']))].lower()} due {date(due_at)}, {left(now, due_at)}"
