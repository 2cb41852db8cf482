"""Troubles that were told. A row stays when its trouble is over: its number makes the next time another one."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cases.troubles import Lasting, Trouble
from storage.inserts import is_new
from storage.watch_tables import TroubleRow


class SqlTroubles:
    """See `cases.troubles.TroubleStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, trouble: Trouble) -> Lasting | None:
        """See `cases.troubles.TroubleStore`."""
        seen = {"seen_at": trouble.seen_at, "count": trouble.count, "reason": trouble.reason}
        told = {"since": trouble.seen_at, "over": False}
        named = {"key": trouble.key, "kind": trouble.kind, "about": trouble.about}
        if is_new(self._session, TroubleRow, {**named, **told, **seen, "number": 1}):
            return Lasting(trouble, 1, trouble.seen_at)
        row = self._held(trouble.key)
        if row is None or not row.over:
            self._set(trouble.key, seen)
            return None
        number = row.number + 1
        self._set(trouble.key, {**seen, **told, "number": number})
        return Lasting(trouble, number, trouble.seen_at)

    def end(self, key: str) -> Lasting | None:
        """See `cases.troubles.TroubleStore`."""
        row = self._held(key)
        if row is None or row.over:
            return None
        lasting = _lasting(row)
        self._set(key, {"over": True})
        return lasting

    def lasts(self, key: str, reason: str | None = None) -> bool:
        """See `cases.troubles.TroubleStore`."""
        told = select(TroubleRow.key).where(TroubleRow.key == key, ~TroubleRow.over)
        return self._session.scalar(told if reason is None else told.where(TroubleRow.reason == reason)) is not None

    def all(self) -> tuple[Lasting, ...]:
        """See `cases.troubles.TroubleStore`."""
        rows = self._session.scalars(select(TroubleRow).where(~TroubleRow.over).order_by(TroubleRow.since))
        return tuple(_lasting(row) for row in rows)

    def _held(self, key: str) -> TroubleRow | None:
        return self._session.scalar(select(TroubleRow).where(TroubleRow.key == key).with_for_update())

    def _set(self, key: str, values: dict[str, object]) -> None:
        self._session.execute(update(TroubleRow).where(TroubleRow.key == key).values(values))


def _lasting(row: TroubleRow) -> Lasting:
    return Lasting(Trouble(row.kind, row.seen_at, row.about, row.reason, row.count), row.number, row.since)
