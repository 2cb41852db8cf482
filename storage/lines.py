"""Lines to Slack that are closed for a while: a channel for its second, a channel or a method for `Retry-After`."""

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.queue_tables import LineRow

FROM_BEFORE_SECONDS = 60.0
"""A line that was closed so much later than now was closed before a clock went back: it says nothing about now."""


class SqlLines:
    """See `cases.queues.LineStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def closed(self, at: float) -> Mapping[str, float]:
        """See `cases.queues.LineStore`."""
        rows = self._session.execute(select(LineRow.name, LineRow.open_at).where(~_is_open(at)))
        return {row.name: row.open_at for row in rows}

    def close(self, until: Mapping[str, float], at: float) -> None:
        """See `cases.queues.LineStore`."""
        if not until:
            return
        told = _insert(self._session)(LineRow).values(_rows(until, at))
        known, new = LineRow.open_at, told.excluded.open_at
        longest = case((~_is_open(at) & (known > new), known), else_=new)
        self._session.execute(
            told.on_conflict_do_update(index_elements=["name"], set_={"closed_at": at, "open_at": longest})
        )


def hold(session: Session, names: Collection[str], at: float) -> frozenset[str]:
    """Those of the lines that are open at `at`, locked until the transaction ends; without those that another one
    has locked. Waits for nobody, except where another is just adding the same line.
    """
    if not names:
        return frozenset()
    missing = _insert(session)(LineRow).values(_rows(dict.fromkeys(names, 0.0), 0.0))
    session.execute(missing.on_conflict_do_nothing())
    mine = select(LineRow.name).where(LineRow.name.in_(names), _is_open(at)).order_by(LineRow.name)
    return frozenset(session.scalars(mine.with_for_update(skip_locked=True)))


def _is_open(at: float) -> ColumnElement[bool]:
    return or_(LineRow.open_at <= at, LineRow.closed_at > at + FROM_BEFORE_SECONDS)


def _rows(until: Mapping[str, float], at: float) -> list[dict[str, object]]:
    """By name, as everybody does: so that two who add the same lines can't block each other."""
    return [{"name": name, "closed_at": at, "open_at": until[name]} for name in sorted(until)]


def _insert(session: Session) -> Callable[[type[LineRow]], postgresql.Insert | sqlite.Insert]:
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
