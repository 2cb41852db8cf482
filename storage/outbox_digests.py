"""Many rows of the outbox told as one: which may be, the change from one to the other, and back where it is refused."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from cases.ports import Conflict
from cases.queues import Delivery, Post
from cases.says import MERGING_KINDS
from storage.base import SayState
from storage.queue_tables import OutboxRow

TELLER = aliased(OutboxRow)
POSTS = select(
    func.coalesce(OutboxRow.post_channel, TELLER.post_channel), func.coalesce(OutboxRow.post_ts, TELLER.post_ts)
).outerjoin_from(OutboxRow, TELLER, and_(OutboxRow.state == SayState.MERGED, TELLER.key == OutboxRow.digest))
POST = POSTS.where(OutboxRow.key == bindparam("key"))
"""Made once, as `storage.inserts` says."""


def may_merge() -> ColumnElement[bool]:
    """As `cases.says.Say.may_merge`, of what fell out of no digest."""
    alone = (OutboxRow.thread, OutboxRow.updates, OutboxRow.only_for, OutboxRow.after, OutboxRow.digest)
    return and_(OutboxRow.kind.in_(MERGING_KINDS), *(column.is_(None) for column in alone))


def alarms_with(session: Session, taken: Delivery, now: datetime) -> Sequence[OutboxRow]:
    """See `cases.queues.OutboxStore`."""
    free = or_(OutboxRow.id == taken.id, and_(~OutboxRow.leased, OutboxRow.ready_at <= now))
    certain = (OutboxRow.state == SayState.WAITING, ~OutboxRow.uncertain)
    rows = select(OutboxRow).where(may_merge(), OutboxRow.channel == taken.say.channel, *certain, free)
    return session.scalars(rows.order_by(OutboxRow.id)).all()


def merge(session: Session, digest: str, keys: Sequence[str], now: datetime) -> None:
    """The rows of these keys, in this order, and whatever waits to redraw them: the digest draws them as they are then.

    Raises:
        Conflict: one of them waits no longer.
    """
    place = case({key: number for number, key in enumerate(keys)}, value=OutboxRow.key)
    told = {"state": SayState.MERGED, "digest": digest, "digest_row": place, "settled_at": now, "leased": False}
    waiting = update(OutboxRow).where(OutboxRow.key.in_(keys), OutboxRow.state == SayState.WAITING)
    changed = session.scalars(waiting.values(told).returning(OutboxRow.id)).all()
    if len(changed) != len(keys):
        raise Conflict(f"of the {len(keys)} rows of {digest}, only {len(changed)} were still waiting")
    outdated = {"state": SayState.SUPERSEDED, "settled_at": now, "leased": False}
    redrawings = (OutboxRow.updates.in_(keys), OutboxRow.state == SayState.WAITING)
    session.execute(update(OutboxRow).where(*redrawings).values(outdated))


def fall_apart(session: Session, refused: int) -> None:
    """Each row of this digest waits again for itself, and remembers it, so that it becomes part of no other."""
    digest = select(OutboxRow.key).where(OutboxRow.id == refused).scalar_subquery()
    told = (OutboxRow.digest == digest, OutboxRow.state == SayState.MERGED)
    again = {"state": SayState.WAITING, "settled_at": None, "ready_at": datetime.fromtimestamp(0, UTC)}
    session.execute(update(OutboxRow).where(*told).values(again))


def post_of(session: Session, key: str) -> Post | None:
    """Where the say of this key stands, or the digest that tells it."""
    where = session.execute(POST, {"key": key}).one_or_none()
    return Post(where[0], where[1]) if where and where[0] and where[1] else None


def told_by(session: Session, key: str) -> tuple[OutboxRow | None, Sequence[OutboxRow]]:
    """The digest of this key, or the one that tells the say of this key, with its rows in order."""
    mine = select(OutboxRow.digest).where(OutboxRow.key == key, OutboxRow.state == SayState.MERGED)
    digest = session.scalar(mine) or key
    told = (OutboxRow.digest == digest, OutboxRow.state == SayState.MERGED)
    rows = session.scalars(select(OutboxRow).where(*told).order_by(OutboxRow.digest_row)).all()
    return (session.scalar(select(OutboxRow).where(OutboxRow.key == digest)) if rows else None), rows
