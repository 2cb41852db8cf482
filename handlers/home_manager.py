"""A manager's part of App Home: what is about to be missed, what was, who has how much, how promises were kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from slack_sdk.models.blocks import Block, SectionBlock

from cases.homes import SPAN, Shelf, ShelfPage, Shown, SupportHome
from cases.overview import Attainment, Load
from handlers import facts
from handlers.home_engineer import case_line
from handlers.home_parts import ACCOUNT, Reader, listed, title
from handlers.kit import packed
from handlers.text import inline, mention
from handlers.times import date

WORDS = {
    Shelf.AT_RISK: ("At risk now", "no deadline is near."),
    Shelf.BREACHED: ("Breached", "none of the open cases."),
    Shelf.UNCONFIRMED: ("24x7 promises not confirmed", "none."),
}
ROWS = 20
"""Of load and of attainment; with 20 each takes one or two blocks."""


def manager_part(shelves: Iterable[ShelfPage], found: SupportHome, reader: Reader) -> list[Block]:
    """Lists in the order that they come in, then load and attainment."""
    blocks: list[Block] = []
    for shelf in shelves:
        words, empty = WORDS[shelf.shelf]
        line = _unconfirmed if shelf.shelf is Shelf.UNCONFIRMED else case_line
        blocks += listed(shelf, words, empty, partial(line, reader=reader))
    blocks += [title("Load by engineer"), *packed(_loads(found.load, found.away))]
    days = f"{SPAN.days} days"
    blocks += [title(f"Answered in time, of the cases opened in the last {days}"), *packed(_kept(found.attainment))]
    return blocks


def _unconfirmed(shown: Shown, reader: Reader) -> SectionBlock:
    commitment = shown.case.commitment
    if commitment is None:
        since = f", asked {date(shown.case.naming.asked_at)}" if shown.case.naming else ""
        return case_line(shown, reader, f"Nobody named yet{since}")
    asked = f" · asked {date(commitment.asked_at)}, not confirmed yet"
    return case_line(shown, reader, f"{facts.reachable(shown.case)}{asked}")


def _loads(loads: Sequence[Load], away: Mapping[str, datetime | None]) -> Iterator[str]:
    for each in loads[:ROWS]:
        yield f"• {mention(each.user)}: {_has(each)}{_until(each.user, away)}"
    if len(loads) > ROWS:
        yield f"… and {len(loads) - ROWS} more, with no more than {loads[ROWS].total} each."
    if not loads:
        yield "Nobody is an engineer yet; SUPPORT_ENGINEERS says who is."


def _has(load: Load) -> str:
    if not load.total:
        return "nothing"
    to_begin = f", {load.to_begin} to begin" if load.to_begin else ""
    waiting = f", {load.waiting} waiting on customers" if load.waiting else ""
    return f"{load.working} in work{to_begin}{waiting}"


def _until(user: str, away: Mapping[str, datetime | None]) -> str:
    if user not in away:
        return ""
    until = away[user]
    return f" · away until {date(until)}" if until else " · away"


def _kept(attainments: Sequence[Attainment]) -> Iterator[str]:
    for each in attainments[:ROWS]:
        yield f"• {inline(each.account, ACCOUNT)}: *{each.percent} %* ({each.in_time:,} of {each.due:,})"
    if len(attainments) > ROWS:
        yield f"… and {len(attainments) - ROWS} more accounts, each with {attainments[ROWS].percent} % or better."
    if not attainments:
        yield "No case of that time has been answered yet, and none is late."
