"""Which rows of the outbox may be sent now, and taking them: the lease, one a channel over all processes."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session, aliased

from cases.queues import ALARMS, ANNOUNCEMENTS, Post
from cases.says import SayKind
from storage import lines
from storage.base import SayState
from storage.outbox_digests import may_merge
from storage.queue_tables import OutboxRow

LEASE = timedelta(seconds=30)
"""How long a row is its taker's alone. After it, somebody else may take it, and must look before posting."""

HELD, NEWER = aliased(OutboxRow), aliased(OutboxRow)
"""Made once, as `storage.inserts` says: a second name of a table takes SQLAlchemy longer than the whole statement."""
NOW = bindparam("now", type_=OutboxRow.__table__.c.ready_at.type)
LEASES = select(HELD.channel).where(HELD.state == SayState.WAITING, HELD.leased)
"""Channels in which somebody holds a lease, or held one: names no row of the statement around it, so that it is worked
out once, however much waits."""
LEASED = LEASES.where(HELD.ready_at > NOW)
"""Of these, whose lease has not run out."""
NEWEST = ~exists(
    select(NEWER.id).where(NEWER.updates == OutboxRow.updates, NEWER.state == SayState.WAITING, NEWER.id > OutboxRow.id)
)
"""No later update of the same message waits."""
TAKE = (
    update(OutboxRow.__table__)  # type: ignore[arg-type]
    .where(OutboxRow.id.in_(bindparam("taken", expanding=True)))
    .values(
        ready_at=bindparam("until"),
        leased=True,
        uncertain=or_(OutboxRow.uncertain, OutboxRow.leased),
        attempts=OutboxRow.attempts + 1,
    )
)
SUPERSEDE = (
    update(OutboxRow.__table__)  # type: ignore[arg-type]
    .where(OutboxRow.updates == bindparam("of"), OutboxRow.id < bindparam("newest"))
    .where(OutboxRow.state == SayState.WAITING)
    .values(state=SayState.SUPERSEDED, settled_at=bindparam("at"), leased=False)
)


def take(session: Session, now: datetime, limit: int, busy: Collection[str], at: float) -> Sequence[OutboxRow]:
    """Lease what may be sent now, as `cases.queues.OutboxStore.claim` says. The rows are as before the lease, except
    that one whose lease ran out is uncertain.
    """
    ready = _lock_ready(session, now, limit, busy)
    free = _hold(session, [row.channel for row in ready], now, at)
    rows = [row for row in ready if row.channel in free]
    for row in rows:
        session.expunge(row)
        row.uncertain = row.uncertain or row.leased
    if rows:
        session.connection().execute(TAKE, {"taken": [row.id for row in rows], "until": now + LEASE})
        _supersede(session, [row for row in rows if row.updates], now)
    return rows


def next_ready_at(session: Session, busy: Collection[str]) -> datetime | None:
    """The earliest instant at which `take` would find something; None: nothing waits outside the busy channels.

    A lease holds its channel until it ends, even that of an update which a newer one behind it will replace.
    """
    return session.scalar(_next_ready(ANNOUNCEMENTS in busy, ALARMS in busy), {"busy": busy})


def is_unheard(session: Session, post: Post, user: str) -> bool:
    """As `cases.queues.OutboxStore.is_unheard`. First what is open, then what is known: a post becomes known as it
    stops being open, and that may be between the two.
    """
    new = (OutboxRow.updates.is_(None), OutboxRow.only_for.is_(None), OutboxRow.channel.in_((post.channel, user)))
    is_open = exists().where(OutboxRow.state == SayState.WAITING, or_(OutboxRow.leased, OutboxRow.uncertain), *new)
    is_known = exists().where(OutboxRow.post_channel == post.channel, OutboxRow.post_ts == post.ts)
    return bool(session.scalar(select(is_open))) and not session.scalar(select(is_known))


def _lock_ready(session: Session, now: datetime, limit: int, busy: Collection[str]) -> Sequence[OutboxRow]:
    ready = _ready(ANNOUNCEMENTS in busy, ALARMS in busy)
    return session.scalars(ready, {"now": now, "most": limit, "busy": busy}).all()


@lru_cache
def _ready(no_announcements: bool, no_alarms: bool) -> Select[OutboxRow]:
    """Made once, as `HELD`; given `now`, `most` and the `busy` channels."""
    ready = and_(OutboxRow.state == SayState.WAITING, OutboxRow.ready_at <= NOW)
    free = and_(_is_open(no_announcements, no_alarms), OutboxRow.channel.not_in(LEASED), NEWEST)
    first = OutboxRow.id.in_(_first_of_lines(ready, free))
    rows = select(OutboxRow).where(first, ready).order_by(OutboxRow.urgency, OutboxRow.id)
    return rows.limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True)


@lru_cache
def _next_ready(no_announcements: bool, no_alarms: bool) -> Select[datetime]:
    """As `_ready`."""
    in_turn = or_(OutboxRow.leased, and_(OutboxRow.channel.not_in(LEASES), NEWEST))
    waiting = and_(OutboxRow.state == SayState.WAITING, _is_open(no_announcements, no_alarms), in_turn)
    return select(func.min(OutboxRow.ready_at)).where(waiting)


def _hold(session: Session, channels: Collection[str], now: datetime, at: float) -> frozenset[str]:
    """Those whose line is open, and in which nobody took a letter since this process looked: who takes one locks the
    line first, so what they did is seen once it is ours.
    """
    held = lines.hold(session, channels, at)
    return held - frozenset(session.scalars(LEASED, {"now": now})) if held else held


def _first_of_lines(ready: ColumnElement[bool], free: ColumnElement[bool]) -> Select[int]:
    """The most urgent of each channel and, of those that are announcements, the oldest alone."""
    turn = func.row_number().over(partition_by=OutboxRow.channel, order_by=(OutboxRow.urgency, OutboxRow.id))
    turns = select(OutboxRow.id, OutboxRow.kind, OutboxRow.channel, turn.label("turn")).where(ready, free).subquery()
    line = case((turns.c.kind == SayKind.ANNOUNCEMENT, ANNOUNCEMENTS), else_=turns.c.channel)
    place = func.row_number().over(partition_by=line, order_by=turns.c.id)
    places = select(turns.c.id, place.label("place")).where(turns.c.turn == 1).subquery()
    return select(places.c.id).where(places.c.place == 1)


def _is_open(no_announcements: bool, no_alarms: bool) -> ColumnElement[bool]:
    announcements = OutboxRow.kind != SayKind.ANNOUNCEMENT if no_announcements else true()
    alarms = and_(~may_merge(), OutboxRow.updates.is_(None)) if no_alarms else true()
    return and_(OutboxRow.channel.not_in(bindparam("busy", expanding=True)), announcements, alarms)


def _supersede(session: Session, updates: Sequence[OutboxRow], now: datetime) -> None:
    if updates:
        each = [{"of": newest.updates, "newest": newest.id, "at": now} for newest in updates]
        session.connection().execute(SUPERSEDE, each)
