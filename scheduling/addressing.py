"""Where a delivery goes: its thread, the message that it redraws, and the case it is about."""

from dataclasses import dataclass, field, replace

from cases.case import Case
from cases.detours import Refusal, is_person
from cases.messages import Row
from cases.ports import UnitOfWork
from cases.queues import Delivery, OutboxStore, Post
from cases.reviews import may_go
from cases.says import MERGING_KINDS, Digest, Say, SayKind, card_key
from cases.storms import readable
from cases.telling import TRIAGE
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
    digest: Say | None = None
    """What is drawn is this one, with its rows; None: the delivery's own say."""
    rows: tuple[Row, ...] = field(default=(), repr=False)


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
        digest = outbox.digest_of(say.updates) if say.kind in MERGING_KINDS else None
        if digest is not None:
            return _of_digest(unit, delivery, digest, target)
        return Letter(delivery, _case(unit, delivery), target=target)
    if say.kind is SayKind.DIGEST and (digest := outbox.digest_of(say.key)):
        return _of_digest(unit, delivery, digest)
    thread = _thread(outbox, say.thread)
    if isinstance(thread, Waits):
        return thread
    if say.after is not None and outbox.post_of(say.after) is None:
        if not outbox.dead(say.after):
            return Waits(say.after)
        delivery = replace(delivery, say=replace(say, body={**say.body, "failed": True}))
    return Letter(delivery, _case(unit, delivery), thread_ts=thread)


def _of_digest(unit: UnitOfWork, delivery: Delivery, digest: Digest, target: Post | None = None) -> Letter:
    numbers = {say.case for say in digest.rows if say.case is not None}
    cases = readable(unit, numbers)
    cards = unit.outbox.posts_of([card_key(number, TRIAGE) for number in numbers])
    rows = (Row(say, cases.get(say.case or 0), cards.get(card_key(say.case or 0, TRIAGE))) for say in digest.rows)
    return Letter(delivery, None, target=target, digest=digest.say, rows=tuple(rows))


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
