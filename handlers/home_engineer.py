"""An engineer's part of App Home: what is theirs, what is nobody's yet, what waits on customers."""

from collections.abc import Iterable
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock

from cases.case import Case, State
from cases.homes import Shelf, ShelfPage, Shown
from cases.people import Role
from handlers import clock_words, facts
from handlers.home_parts import Reader, account, claim_button, late, listed, reference
from handlers.kit import section
from handlers.text import inline
from handlers.times import date, left

ENGINEERS = frozenset({Shelf.MINE, Shelf.UNCLAIMED, Shelf.WAITING})
WORDS = {
    Shelf.MINE: ("Mine", "nothing at the moment."),
    Shelf.UNCLAIMED: ("Unclaimed, by time left", "every case has somebody. ✨"),
    Shelf.WAITING: ("Waiting on a customer", "none."),
}
ASKED = 100


def engineer_part(shelves: Iterable[ShelfPage], reader: Reader) -> list[Block]:
    """In the order that the lists come in."""
    blocks: list[Block] = []
    for shelf in shelves:
        words, empty = WORDS[shelf.shelf]
        blocks += listed(shelf, words, empty, lambda shown: case_line(shown, reader))
    return blocks


def case_line(shown: Shown, reader: Reader, *more: str) -> SectionBlock:
    """A case at a glance, as its card has it; with Claim where this engineer may take it."""
    case = shown.case
    free = case.assignee is None and case.state is State.OPEN and Role.ENGINEER in reader.actor.roles
    return section(
        reference(case, shown.card, reader),
        f"{facts.priority(case)} · {account(case)}",
        f"{stands(case, reader.now)} · {facts.assignee(case)}",
        *more,
        accessory=claim_button(case) if free else None,
    )


def stands(case: Case, now: datetime) -> str:
    """The clock while it runs; else what the case is at. mrkdwn."""
    due = clock_words.next_due(case, now)
    return f"{_stands(case, now)}\n{due}" if due else _stands(case, now)


def _stands(case: Case, now: datetime) -> str:
    if case.waits_for_response:
        mark = "🔴" if case.overdue(now) else "⏳"
        return f"{mark} due {date(case.due_at)} · *{left(now, case.due_at)}*"
    if case.state is State.WAITING and case.wait is not None:
        return f"✋ waits on the customer since {date(case.wait.since)}: {inline(case.wait.asked, ASKED)}"
    return f"{facts.state(case, now)}{late(case)}"
