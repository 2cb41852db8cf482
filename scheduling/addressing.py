"""Where a delivery goes: its thread, the message that it redraws, and the case it is about."""

from dataclasses import dataclass, field, replace

from cases.case import Case
from cases.crossing_files import as_it_went, keys_of_files, reply_of
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
    file: str | None = None
    """The file to delete, in place of anything to draw."""
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
    if say.kind is SayKind.REPLY_FILE and (settled := _of_file(outbox, delivery)):
        return settled
    if say.kind is SayKind.SENT:
        say = as_it_went(say, outbox.sendings([reply_of(say), *keys_of_files(say)]))
        delivery = replace(delivery, say=say)
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
    if say.after is not None and not _is_through(outbox, say.after):
        return Waits(say.after)
    if say.after is not None and say.kind is not SayKind.SENT and outbox.dead(say.after):
        delivery = replace(delivery, say=replace(say, body={**say.body, "failed": True}))
    return Letter(delivery, _case(unit, delivery), thread_ts=thread)


def _of_file(outbox: OutboxStore, delivery: Delivery) -> Letter | Sent | Waits | GivenUp | None:
    """What is left to do about a file that was taken back, or whose reply never went; None: it goes."""
    say = delivery.say
    if say.updates is None:
        latest = outbox.latest(say.key)
        if latest is not None and latest.updates is not None:
            return Sent(None)
        return GivenUp("its reply was refused", Refusal.NOT_HERE) if outbox.dead(reply_of(say)) else None
    if not _is_through(outbox, say.updates):
        return Waits(say.updates)
    file = outbox.file_of(say.updates)
    return Sent(None) if file is None else Letter(delivery, None, file=file)


def _is_through(outbox: OutboxStore, key: str) -> bool:
    """It was posted, shared, or given up."""
    if outbox.post_of(key) is not None:
        return True
    state = outbox.sendings([key]).get(key)
    return state is not None and (state.sent or bool(state.refused))


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
