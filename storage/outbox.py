"""What must be said: added in the transaction that decides it, recorded when it is sent, put off or refused."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import inf
from uuid import uuid4

from sqlalchemy import String, bindparam, func, literal, or_, select, update
from sqlalchemy.orm import Session

from cases.announcements import Sending
from cases.causes import cause
from cases.queues import Delivery, Post
from cases.says import Digest, Say, SayKind
from storage import outbox_claims, outbox_digests
from storage.base import SayState
from storage.inserts import insert_all_new, insert_new
from storage.queue_tables import OutboxRow
from storage.unsent import ROAMS

AT_ONCE = datetime.fromtimestamp(0, UTC)
"""`ready_at` of what waits for nothing."""
KINDS = OutboxRow.__table__.c.kind.type
SENT = (
    update(OutboxRow.__table__)  # type: ignore[arg-type]
    .where(OutboxRow.id == bindparam("sent"))
    .values(
        state=SayState.SENT,
        settled_at=bindparam("at"),
        error="",
        leased=False,
        post_channel=func.coalesce(bindparam("to_channel", type_=String()), OutboxRow.post_channel),
        post_ts=func.coalesce(bindparam("to_ts", type_=String()), OutboxRow.post_ts),
    )
)
SAID = (
    select(OutboxRow)
    .where(OutboxRow.case_number == bindparam("case"), OutboxRow.kind == bindparam("kind", type_=KINDS))
    .where(OutboxRow.updates.is_(None), OutboxRow.only_for.is_(None))
    .order_by(OutboxRow.id)
)
"""Made once, as `storage.inserts` says."""


class SqlOutbox:
    """See `cases.queues.OutboxStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, say: Say) -> bool:
        """See `cases.queues.OutboxStore`."""
        return insert_new(self._session, OutboxRow, _values(say)) is not None

    def add_all(self, says: Iterable[Say]) -> None:
        """Those whose keys exist already change nothing."""
        insert_all_new(self._session, OutboxRow, [_values(say) for say in says])

    def said(self, case: int, kind: SayKind) -> Sequence[Say]:
        """See `cases.queues.OutboxStore`."""
        return [_say(row) for row in self._session.scalars(SAID, {"case": case, "kind": kind})]

    def post_of(self, key: str) -> Post | None:
        """See `cases.queues.OutboxStore`."""
        return outbox_digests.post_of(self._session, key)

    def posts_of(self, keys: Collection[str]) -> Mapping[str, Post]:
        """See `cases.queues.OutboxStore`. One query."""
        posted = select(OutboxRow.key, OutboxRow.post_channel, OutboxRow.post_ts).where(OutboxRow.key.in_(keys))
        return {key: Post(channel, ts) for key, channel, ts in self._session.execute(posted) if channel and ts}

    def latest(self, key: str) -> Say | None:
        """See `cases.queues.OutboxStore`."""
        about = select(OutboxRow).where(or_(OutboxRow.key == key, OutboxRow.updates == key))
        row = self._session.scalar(about.order_by(OutboxRow.id.desc()).limit(1))
        return None if row is None else _say(row)

    def sendings(self, keys: Collection[str]) -> Mapping[str, Sending]:
        """See `cases.queues.OutboxStore`. One query."""
        known = select(OutboxRow.key, OutboxRow.state, OutboxRow.error).where(OutboxRow.key.in_(keys))
        return {
            key: Sending(state is SayState.SENT, error if state is SayState.REFUSED else "")
            for key, state, error in self._session.execute(known)
        }

    def dead(self, key: str) -> bool:
        """See `cases.queues.OutboxStore`."""
        return self._session.scalar(select(OutboxRow.state).where(OutboxRow.key == key)) is SayState.REFUSED

    def claim(self, now: datetime, limit: int, busy: Collection[str], at: float = inf) -> Sequence[Delivery]:
        """A channel in which another sender holds a lease counts as busy: what is said in it stays in order."""
        rows = outbox_claims.take(self._session, now, limit, busy, at)
        return [_delivery(row) for row in rows]

    def sent(self, id: int, post: Post | None, now: datetime) -> None:
        """See `cases.queues.OutboxStore`."""
        where = {"to_channel": post and post.channel, "to_ts": post and post.ts}
        self._session.connection().execute(SENT, {"sent": id, "at": now, **where})

    def redirect(self, key: str, channel: str, at: datetime, error: str) -> None:
        """See `cases.queues.OutboxStore`."""
        anew = {"state": SayState.WAITING, "channel": channel, "ready_at": at, "error": error, "uncertain": False}
        self._session.execute(update(OutboxRow).where(OutboxRow.key == key).values(settled_at=None, **anew))

    def roaming_to(self, channel: str, now: datetime) -> None:
        """See `cases.queues.OutboxStore`."""
        waiting = (ROAMS, ~OutboxRow.leased)
        self._session.execute(update(OutboxRow).where(*waiting).values(channel=channel, ready_at=now))

    def remember_file(self, id: int, file: str | None, instead_of: str | None) -> bool:
        """See `cases.queues.OutboxStore`."""
        held = OutboxRow.file.is_(None) if instead_of is None else OutboxRow.file == instead_of
        mine = (OutboxRow.id == id, OutboxRow.state == SayState.WAITING, held)
        changed = update(OutboxRow).where(*mine).values(file=file).returning(OutboxRow.id)
        return self._session.scalar(changed) is not None

    def file_of(self, key: str) -> str | None:
        """See `cases.queues.OutboxStore`."""
        return self._session.scalar(select(OutboxRow.file).where(OutboxRow.key == key))

    def give_up(self, id: int, error: str, now: datetime) -> None:
        """See `cases.queues.OutboxStore`."""
        refused = {"state": SayState.REFUSED, "settled_at": now, "error": error, "leased": False}
        self._session.execute(update(OutboxRow).where(OutboxRow.id == id).values(refused))
        outbox_digests.fall_apart(self._session, id)

    def alarms_with(self, taken: Delivery, now: datetime) -> Sequence[Say]:
        """See `cases.queues.OutboxStore`. The channel's line is held, so nobody else takes any of them."""
        return [_say(row) for row in outbox_digests.alarms_with(self._session, taken, now)]

    def merge(self, digest: Digest, now: datetime) -> None:
        """See `cases.queues.OutboxStore`."""
        self.add(digest.say)
        outbox_digests.merge(self._session, digest.say.key, [say.key for say in digest.rows], now)

    def digest_of(self, key: str) -> Digest | None:
        """See `cases.queues.OutboxStore`."""
        head, rows = outbox_digests.told_by(self._session, key)
        return Digest(_say(head), tuple(_say(row) for row in rows)) if head else None

    def is_unheard(self, post: Post, user: str) -> bool:
        """See `cases.queues.OutboxStore`."""
        return outbox_claims.is_unheard(self._session, post, user)

    def is_digest(self, post: Post) -> bool:
        """See `cases.queues.OutboxStore`."""
        there = (OutboxRow.post_channel == post.channel, OutboxRow.post_ts == post.ts)
        return self._session.scalar(select(OutboxRow.kind).where(*there)) is SayKind.DIGEST

    def is_for(self, id: int, channel: str) -> bool:
        """See `cases.queues.OutboxStore`. Waits for whoever is moving it."""
        goes_to = select(OutboxRow.channel).where(OutboxRow.id == id).with_for_update()
        return self._session.scalar(goes_to) == channel

    def later(self, id: int, at: datetime, *, uncertain: bool, error: str = "", tried: bool = True) -> None:
        """Whoever did not try knows nothing new: an earlier doubt about the outcome stays."""
        values = {"ready_at": at, "leased": False, "error": error, "uncertain": uncertain}
        if not tried:
            values |= {"attempts": OutboxRow.attempts - 1, "uncertain": or_(OutboxRow.uncertain, literal(uncertain))}
        waiting = (OutboxRow.id == id, OutboxRow.state == SayState.WAITING)
        self._session.execute(update(OutboxRow).where(*waiting).values(values))

    def release_leases(self) -> None:
        """Only on SQLite. PostgreSQL may serve several processes, whose leases run out if they are dead."""
        if self._session.get_bind().dialect.name == "postgresql":
            return
        free = {"leased": False, "uncertain": True, "ready_at": AT_ONCE}
        held = (OutboxRow.state == SayState.WAITING, OutboxRow.leased)
        self._session.execute(update(OutboxRow).where(*held).values(free))

    def next_ready_at(self, busy: Collection[str]) -> datetime | None:
        """1970 for what may be taken at once."""
        return outbox_claims.next_ready_at(self._session, busy)


def _values(say: Say) -> dict[str, object]:
    return {
        "key": say.key,
        "token": uuid4().hex,
        "kind": say.kind,
        "channel": say.channel,
        "urgency": say.urgency,
        "case_number": say.case,
        "body": dict(say.body),
        "thread": say.thread,
        "updates": say.updates,
        "only_for": say.only_for,
        "after": say.after,
        "state": SayState.WAITING,
        "ready_at": AT_ONCE,
        "leased": False,
        "uncertain": False,
        "attempts": 0,
        "error": "",
        "cause": cause() or None,
    }


def _say(row: OutboxRow) -> Say:
    return Say(
        key=row.key,
        kind=row.kind,
        channel=row.channel,
        urgency=row.urgency,
        case=row.case_number,
        body=row.body,
        thread=row.thread,
        updates=row.updates,
        only_for=row.only_for,
        after=row.after,
        within=row.digest if row.state is SayState.MERGED else None,
    )


def _delivery(row: OutboxRow) -> Delivery:
    return Delivery(row.id, row.token, _say(row), row.attempts, row.uncertain, row.file, row.cause or "")
