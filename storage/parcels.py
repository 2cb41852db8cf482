"""Parcels: added with the change that causes them, taken one by one for each address, carried or given up."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, delete, exists, func, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from cases.causes import cause
from cases.parcels import Dead, Parcel, ParcelKind, Taken
from storage.base import ParcelState
from storage.inserts import insert_new
from storage.parcel_tables import ParcelRow

LEASE = timedelta(seconds=30)
"""How long a parcel is its taker's alone, unless it holds on. After it somebody else may take it: it may arrive twice,
under one token."""
MOST_ALARMS = 100
AT_ONCE = datetime.fromtimestamp(0, UTC)
EARLIER = aliased(ParcelRow)
IN_TURN = ~exists(
    select(EARLIER.id).where(
        EARLIER.address == ParcelRow.address,
        EARLIER.case_number == ParcelRow.case_number,
        EARLIER.kind == ParcelRow.kind,
        EARLIER.state == ParcelState.WAITING,
        EARLIER.id < ParcelRow.id,
    )
)
"""Nothing of the same case waits before it. Made once, as `storage.inserts` says."""


class SqlParcels:
    """See `cases.parcels.ParcelStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, parcel: Parcel) -> bool:
        """See `cases.parcels.ParcelStore`."""
        return insert_new(self._session, ParcelRow, _values(parcel)) is not None

    def take(self, address: str, now: datetime) -> Taken | None:
        """See `cases.parcels.ParcelStore`. Passes over one that another process is taking."""
        oldest = select(ParcelRow).where(*_waiting(ParcelKind.WEBHOOK, address), ParcelRow.ready_at <= now, IN_TURN)
        return next(iter(self._lease(oldest, 1, now)), None)

    def take_alarms(self, address: str, now: datetime) -> Sequence[Taken]:
        """See `cases.parcels.ParcelStore`. Passes over those that another process is taking."""
        ready = select(ParcelRow).where(*_waiting(ParcelKind.REACH, address), ParcelRow.ready_at <= now)
        return self._lease(ready, MOST_ALARMS, now)

    def hold(self, taken: Sequence[Taken], now: datetime) -> None:
        """See `cases.parcels.ParcelStore`. Whoever takes one again counts a try more."""
        mine = tuple_(ParcelRow.id, ParcelRow.attempts).in_([(each.id, each.attempts + 1) for each in taken])
        held = (ParcelRow.state == ParcelState.WAITING, ParcelRow.leased, mine)
        self._session.execute(update(ParcelRow).where(*held).values(ready_at=now + LEASE))

    def carried(self, id: int, now: datetime) -> None:
        """See `cases.parcels.ParcelStore`."""
        self._set(id, {"state": ParcelState.CARRIED, "settled_at": now, "error": "", "leased": False})

    def overtaken(self, id: int, now: datetime) -> None:
        """See `cases.parcels.ParcelStore`."""
        self._set(id, {"state": ParcelState.OVERTAKEN, "settled_at": now, "leased": False})

    def later(self, id: int, at: datetime, error: str) -> None:
        """See `cases.parcels.ParcelStore`."""
        self._set(id, {"ready_at": at, "leased": False, "error": error})

    def give_up(self, id: int, error: str, now: datetime) -> None:
        """See `cases.parcels.ParcelStore`."""
        self._set(id, {"state": ParcelState.DEAD, "settled_at": now, "error": error, "leased": False})

    def strays(self, kind: ParcelKind, known: Collection[str]) -> Sequence[str]:
        """See `cases.parcels.ParcelStore`."""
        waiting = (ParcelRow.state == ParcelState.WAITING, ParcelRow.kind == kind)
        unknown = (*waiting, ParcelRow.address.not_in(known))
        return self._session.scalars(select(ParcelRow.address).where(*unknown).distinct()).all()

    def next_ready_at(self, kind: ParcelKind, address: str) -> datetime | None:
        """See `cases.parcels.ParcelStore`."""
        in_turn = (IN_TURN,) if kind is ParcelKind.WEBHOOK else ()
        return self._session.scalar(select(func.min(ParcelRow.ready_at)).where(*_waiting(kind, address), *in_turn))

    def dead(self) -> Sequence[Dead]:
        """See `cases.parcels.ParcelStore`."""
        given_up = select(ParcelRow).where(ParcelRow.state == ParcelState.DEAD).order_by(ParcelRow.id)
        return [_dead(row) for row in self._session.scalars(given_up)]

    def revive(self, id: int, now: datetime) -> bool:
        """See `cases.parcels.ParcelStore`."""
        values = {"state": ParcelState.WAITING, "ready_at": now, "attempts": 0, "settled_at": None}
        given_up = (ParcelRow.id == id, ParcelRow.state == ParcelState.DEAD)
        revived = update(ParcelRow).where(*given_up).values(values).returning(ParcelRow.id)
        return self._session.scalar(revived) is not None

    def drop_carried(self, before: datetime, limit: int) -> int:
        """See `cases.parcels.ParcelStore`."""
        done = (ParcelRow.state.in_([ParcelState.CARRIED, ParcelState.OVERTAKEN]), ParcelRow.settled_at < before)
        some = select(ParcelRow.id).where(*done).order_by(ParcelRow.id).limit(limit)
        dropped = delete(ParcelRow).where(ParcelRow.id.in_(some)).returning(ParcelRow.id)
        return len(self._session.scalars(dropped).all())

    def release_leases(self) -> None:
        """Only on SQLite. PostgreSQL may serve several processes, whose leases run out if they are dead."""
        if self._session.get_bind().dialect.name == "postgresql":
            return
        held = (ParcelRow.state == ParcelState.WAITING, ParcelRow.leased)
        self._session.execute(update(ParcelRow).where(*held).values(leased=False, ready_at=AT_ONCE))

    def _lease(self, ready: Select[ParcelRow], limit: int, now: datetime) -> Sequence[Taken]:
        locked = ready.order_by(ParcelRow.id).limit(limit).with_for_update(skip_locked=True)
        taken = [_taken(row) for row in self._session.scalars(locked)]
        lease = {"ready_at": now + LEASE, "leased": True, "attempts": ParcelRow.attempts + 1}
        if taken:
            held = ParcelRow.id.in_([each.id for each in taken])
            self._session.execute(update(ParcelRow).where(held).values(lease))
        return taken

    def _set(self, id: int, values: dict[str, object]) -> None:
        """Only while it waits: what was carried stays so, whatever somebody whose lease ran out says."""
        waiting = (ParcelRow.id == id, ParcelRow.state == ParcelState.WAITING)
        self._session.execute(update(ParcelRow).where(*waiting).values(values))


def _waiting(kind: ParcelKind, address: str) -> tuple[ColumnElement[bool], ...]:
    return (ParcelRow.state == ParcelState.WAITING, ParcelRow.kind == kind, ParcelRow.address == address)


def _values(parcel: Parcel) -> dict[str, object]:
    return {
        "key": parcel.key,
        "token": uuid4().hex,
        "kind": parcel.kind,
        "address": parcel.address,
        "case_number": parcel.case,
        "at": parcel.at,
        "body": dict(parcel.body),
        "state": ParcelState.WAITING,
        "ready_at": AT_ONCE,
        "leased": False,
        "attempts": 0,
        "error": "",
        "cause": cause() or None,
    }


def _parcel(row: ParcelRow) -> Parcel:
    return Parcel(row.key, row.kind, row.address, row.case_number, row.at, row.body)


def _taken(row: ParcelRow) -> Taken:
    return Taken(row.id, row.token, _parcel(row), row.attempts, row.cause or "")


def _dead(row: ParcelRow) -> Dead:
    at = row.settled_at or row.ready_at
    return Dead(row.id, row.token, _parcel(row), row.attempts, row.error, at)
