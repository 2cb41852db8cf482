"""How a customer's cases stand, told in private: who has each, what comes next and by when."""

import re
from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from cases.case import Case
from cases.messages import Drawn
from cases.people import Actor
from handlers import facts, regions
from handlers.cards import news
from handlers.front import Front
from handlers.kit import context, drawn, section

LISTED = 24
"""Two blocks each, with a heading and a line for what is left out: Slack's fifty."""


def asks_status(text: str) -> bool:
    """A mention with the one word `status`."""
    return re.sub(r"<[^<>]*>|\W", "", text).casefold() == "status"


def status_of(front: Front, channel: str, actor: Actor) -> Drawn:
    """The open cases that this person may see from this channel."""
    return statuses(front.lookup.listing(actor, channel), front.clock.now())


def statuses(cases: Sequence[Case], now: datetime) -> Drawn:
    """By due time."""
    if not cases:
        text = "No case of yours is open here."
        return drawn(text, [section(text)])
    count = f"{len(cases)} open case{'s' if len(cases) > 1 else ''}"
    blocks: list[Block] = [section(f"*{count}*")]
    for case in cases[:LISTED]:
        blocks += _standing(case, now)
    if len(cases) > LISTED:
        blocks.append(context(f"… and at least {len(cases) - LISTED} more. *Status* on a card tells of that one."))
    return drawn(f"{count}: {', '.join(case.reference for case in cases[:LISTED])}", blocks)


def status(case: Case, now: datetime) -> Drawn:
    """One case, in any state."""
    blocks = _standing(case, now)
    if team := regions.designated(case, now):
        blocks.append(context(team))
    return drawn(f"How {case.reference} stands.", blocks)


def _standing(case: Case, now: datetime) -> list[Block]:
    has = case.assignee or case.assigned
    who = f"With {facts.assignee(case)}" if has else "With our team's queue"
    small = [facts.priority(case)]
    if not case.is_done:
        small.append(who)
    if not case.waits_for_response:
        small.append(f"First response: {facts.due(case, now)}")
    return [section(facts.heading(case), news(case, now)), context(" · ".join(small))]
