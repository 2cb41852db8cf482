"""Where a delivery goes: its thread, the message that it redraws, and the case it is about."""

from dataclasses import dataclass, replace

from cases.case import Case
from cases.detours import Refusal, is_person
from cases.ports import UnitOfWork
from cases.queues import Delivery, OutboxStore, Post
from cases.reviews import may_go
from cases.troubles import DEACTIVATED, TroubleKind
from scheduling.outcome import GivenUp, Sent, Waits

POST = "post:"
"""Marks a thread that is named by the key of its first message's say."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery with all that is needed to draw and send it."""

    delivery: Delivery
    case: Case | None
    thread_ts: str | None = None
    target: Post | None = None
    """The message to redraw; None: a new one."""


def address(unit: UnitOfWork, delivery: Delivery) -> Letter | Sent | Waits | GivenUp:
    """Complete a delivery in the transaction that claimed it; or say what keeps it from being sent.

    Raises:
        NotFound: its case does not exist.
    """
    say, outbox = delivery.say, unit.outbox
    if not may_go(unit, say):
        return GivenUp("others are in this channel now", Refusal.NOT_HERE)
    if say.updates is None and is_person(say.channel) and _is_deactivated(unit, say.channel):
        # Slack itself takes what is written to somebody whose account was deactivated, and nobody reads it.
        return GivenUp(DEACTIVATED, Refusal.PERSON)
    if say.updates is not None:
        target = outbox.post_of(say.updates)
        if target is None:
            return Sent(None) if outbox.dead(say.updates) else Waits(say.updates)
        return Letter(delivery, _case(unit, delivery), target=target)
    thread = _thread(outbox, say.thread)
    if isinstance(thread, Waits):
        return thread
    if say.after is not None and outbox.post_of(say.after) is None:
        if not outbox.dead(say.after):
            return Waits(say.after)
        delivery = replace(delivery, say=replace(say, body={**say.body, "failed": True}))
    return Letter(delivery, _case(unit, delivery), thread_ts=thread)


def _thread(outbox: OutboxStore, thread: str | None) -> str | Waits | None:
    """A ts; None: in no thread, as when the message that should head it was refused for good."""
    if thread is None or not thread.startswith(POST):
        return thread
    key = thread.removeprefix(POST)
    post = outbox.post_of(key)
    if post is not None:
        return post.ts
    return None if outbox.dead(key) else Waits(key)


def _is_deactivated(unit: UnitOfWork, user: str) -> bool:
    return unit.troubles.lasts(f"{TroubleKind.PERSON}:{user}", DEACTIVATED)


def _case(unit: UnitOfWork, delivery: Delivery) -> Case | None:
    number = delivery.say.case
    return None if number is None else unit.cases.get(number)
