"""Lines to Slack that are closed for a while: a channel for its second, a channel or a method for `Retry-After`."""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from sqlalchemy import BindParameter, ColumnElement, Insert, bindparam, case, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.queue_tables import LineRow

FROM_BEFORE_SECONDS = 60.0
"""A line that was closed so much later than now was closed before a clock went back: it says nothing about now."""


def _is_open(at: ColumnElement[float]) -> ColumnElement[bool]:
    return or_(LineRow.open_at <= at, LineRow.closed_at > at + FROM_BEFORE_SECONDS)


AT: BindParameter[float] = bindparam("at", type_=LineRow.__table__.c.open_at.type)
CLOSED = select(LineRow.name, LineRow.open_at).where(~_is_open(AT))
OPEN = (
    select(LineRow.name)
    .where(LineRow.name.in_(bindparam("names", expanding=True)), _is_open(AT))
    .order_by(LineRow.name)
    .with_for_update(skip_locked=True)
)
"""Made once, as `storage.inserts` says."""


class SqlLines:
    """See `cases.queues.LineStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def closed(self, at: float) -> Mapping[str, float]:
        """See `cases.queues.LineStore`."""
        rows = self._session.execute(CLOSED, {"at": at})
        return {row.name: row.open_at for row in rows}

    def close(self, until: Mapping[str, float], at: float) -> None:
        """See `cases.queues.LineStore`."""
        if not until:
            return
        self._session.connection().execute(_closing(self._session.get_bind().dialect.name), _rows(until, at))


def hold(session: Session, names: Collection[str], at: float) -> frozenset[str]:
    """Those of the lines that are open at `at`, locked until the transaction ends; without those that another one
    has locked. Waits for nobody, except where another is just adding the same line.
    """
    if not names:
        return frozenset()
    session.connection().execute(_adding(session.get_bind().dialect.name), _rows(dict.fromkeys(names, 0.0), 0.0))
    return frozenset(session.scalars(OPEN, {"names": list(names), "at": at}))


@lru_cache
def _adding(dialect: str) -> Insert:
    """Made once, as `storage.inserts` says, and given a row at a time: one of many rows is compiled each time anew."""
    return _insert(dialect)(LineRow.__table__).on_conflict_do_nothing()  # type: ignore[arg-type]


@lru_cache
def _closing(dialect: str) -> Insert:
    """As `_adding`."""
    told = _insert(dialect)(LineRow.__table__)  # type: ignore[arg-type]
    at, known, new = told.excluded.closed_at, LineRow.open_at, told.excluded.open_at
    longest = case((~_is_open(at) & (known > new), known), else_=new)
    return told.on_conflict_do_update(index_elements=["name"], set_={"closed_at": at, "open_at": longest})


def _rows(until: Mapping[str, float], at: float) -> list[dict[str, object]]:
    """By name, as everybody does: so that two who add the same lines can't block each other."""
    return [{"name": name, "closed_at": at, "open_at": until[name]} for name in sorted(until)]


def _insert(dialect: str) -> Callable[[type[LineRow]], postgresql.Insert | sqlite.Insert]:
    return postgresql.insert if dialect == "postgresql" else sqlite.insert
