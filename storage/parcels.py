"""Parcels: added with the change that causes them, taken one by one for each address, carried or given up."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from cases.parcels import Dead, Parcel, Taken
from storage.base import ParcelState
from storage.inserts import insert_new
from storage.parcel_tables import ParcelRow

LEASE = timedelta(seconds=60)
"""How long a parcel is its taker's alone. After it somebody else may take it: it may arrive twice, under one token."""
AT_ONCE = datetime.fromtimestamp(0, UTC)
EARLIER = aliased(ParcelRow)
IN_TURN = ~exists(
    select(EARLIER.id).where(
        EARLIER.address == ParcelRow.address,
        EARLIER.case_number == ParcelRow.case_number,
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
        ready = (ParcelRow.state == ParcelState.WAITING, ParcelRow.address == address, ParcelRow.ready_at <= now)
        oldest = select(ParcelRow).where(*ready, IN_TURN).order_by(ParcelRow.id).limit(1)
        row = self._session.scalar(oldest.with_for_update(skip_locked=True))
        if row is None:
            return None
        taken = _taken(row)
        lease = {"ready_at": now + LEASE, "leased": True, "attempts": ParcelRow.attempts + 1}
        self._set(row.id, lease)
        return taken

    def carried(self, id: int, now: datetime) -> None:
        """See `cases.parcels.ParcelStore`."""
        self._set(id, {"state": ParcelState.CARRIED, "settled_at": now, "error": "", "leased": False})

    def later(self, id: int, at: datetime, error: str) -> None:
        """See `cases.parcels.ParcelStore`."""
        self._set(id, {"ready_at": at, "leased": False, "error": error})

    def give_up(self, id: int, error: str, now: datetime) -> None:
        """See `cases.parcels.ParcelStore`."""
        self._set(id, {"state": ParcelState.DEAD, "settled_at": now, "error": error, "leased": False})

    def strays(self, known: Collection[str]) -> Sequence[str]:
        """See `cases.parcels.ParcelStore`."""
        unknown = (ParcelRow.state == ParcelState.WAITING, ParcelRow.address.not_in(known))
        return self._session.scalars(select(ParcelRow.address).where(*unknown).distinct()).all()

    def next_ready_at(self, address: str) -> datetime | None:
        """See `cases.parcels.ParcelStore`."""
        waiting = (ParcelRow.state == ParcelState.WAITING, ParcelRow.address == address, IN_TURN)
        return self._session.scalar(select(func.min(ParcelRow.ready_at)).where(*waiting))

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
        done = (ParcelRow.state == ParcelState.CARRIED, ParcelRow.settled_at < before)
        some = select(ParcelRow.id).where(*done).order_by(ParcelRow.id).limit(limit)
        dropped = delete(ParcelRow).where(ParcelRow.id.in_(some)).returning(ParcelRow.id)
        return len(self._session.scalars(dropped).all())

    def release_leases(self) -> None:
        """Only on SQLite. PostgreSQL may serve several processes, whose leases run out if they are dead."""
        if self._session.get_bind().dialect.name == "postgresql":
            return
        held = (ParcelRow.state == ParcelState.WAITING, ParcelRow.leased)
        self._session.execute(update(ParcelRow).where(*held).values(leased=False, ready_at=AT_ONCE))

    def _set(self, id: int, values: dict[str, object]) -> None:
        """Only while it waits: what was carried stays so, whatever somebody whose lease ran out says."""
        waiting = (ParcelRow.id == id, ParcelRow.state == ParcelState.WAITING)
        self._session.execute(update(ParcelRow).where(*waiting).values(values))


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
    }


def _parcel(row: ParcelRow) -> Parcel:
    return Parcel(row.key, row.kind, row.address, row.case_number, row.at, row.body)


def _taken(row: ParcelRow) -> Taken:
    return Taken(row.id, row.token, _parcel(row), row.attempts)


def _dead(row: ParcelRow) -> Dead:
    at = row.settled_at or row.ready_at
    return Dead(row.id, row.token, _parcel(row), row.attempts, row.error, at)
