"""A programme's briefing in the triage channel, as its support day begins."""

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter
from slack_sdk.models.blocks import Block

from cases.briefing import Briefing, Item
from cases.messages import Drawn
from cases.says import Body
from handlers.bodies import text_of
from handlers.kit import context, drawn, packed, section
from handlers.text import inline
from handlers.times import TIME, date, place, short, zone_of

BRIEFING = TypeAdapter(Briefing)
LATE_FROM_SECONDS = 900


def briefing_message(body: Body) -> Drawn:
    """`body` as listed at `SayKind.BRIEFING`; it tells how things stood then, and is never redrawn."""
    told = BRIEFING.validate_json(text_of(body, "briefing"))
    day = told.day.astimezone(zone_of(told.zone))
    head = f"{inline(told.program, 60)}, {day:%A %-d %B}"
    counts = " · ".join(f"{inline(label, 75)}: {amount:,}" for label, amount in told.by_priority)
    on_customers = f", {told.waiting:,} of them on their customers" if told.waiting else ""
    blocks: list[Block] = [
        section(f"☀️ *{head}*", f"*{told.open:,} open*{on_customers}", counts),
        *packed(_due(told)),
        *packed(_unconfirmed(told)),
        *packed(_longest(told)),
    ]
    late = (told.made_at - told.day).total_seconds() > LATE_FROM_SECONDS
    told_late = f" Told late: the day began {date(told.day, TIME)}." if late else ""
    blocks.append(context(f"As of {date(told.made_at, TIME)}; today ends at midnight, {place(told.zone)}.{told_late}"))
    return drawn(f"{head}: {told.open:,} open, {told.due:,} due today.", blocks)


def _due(told: Briefing) -> Iterator[str]:
    if not told.due:
        yield "*Due today*: nothing."
        return
    yield f"*Due today*: {told.due:,}, the nearest first"
    for each in told.due_first:
        over = "over since" if each.at <= told.made_at else "by"
        yield f"{_case(each)} · {over} {date(each.at)}{_with(each)}"
    yield _more(told.due, told.due_first)


def _unconfirmed(told: Briefing) -> Iterator[str]:
    if told.unconfirmed:
        yield f"*24x7 promises that nobody has confirmed*: {told.unconfirmed:,}"
        yield from (f"{_case(each)}{_with(each)}" for each in told.unconfirmed_first)
        yield _more(told.unconfirmed, told.unconfirmed_first)


def _longest(told: Briefing) -> Iterator[str]:
    if told.longest:
        yield "*Waiting longest for us*"
        for each in told.longest:
            open_for = short(int((told.made_at - each.at).total_seconds()))
            yield f"{_case(each)} · open for {open_for}{_with(each)}"


def _case(item: Item) -> str:
    title = inline(item.title, 120, "no title")
    return f"• *C-{item.number}* {title} · {inline(item.account, 60)} · {inline(item.label, 75)}"


def _with(item: Item) -> str:
    return f" · with {inline(item.assignee, 60)}" if item.assignee else " · nobody has it"


def _more(total: int, shown: Sequence[Item]) -> str:
    return f"… and {total - len(shown):,} more: `/case list` shows them." if total > len(shown) else ""
