"""Rows of any table as they are kept, to look for somebody in, and to change without knowing the values' own types."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Enum,
    MetaData,
    String,
    Table,
    Text,
    and_,
    cast,
    delete,
    false,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from cases.traces import Row
from storage.base import Base
from storage.columns import AnyText, Stored

PAGE = 1000
"""Rows that one transaction looks through."""


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, Stored | JSON):
        return JSON(none_as_null=True)
    if isinstance(kind, Enum):
        return String()
    return kind


def _copies() -> Mapping[str, Table]:
    copied = MetaData()
    return {
        table.name: Table(
            table.name, copied, *(Column(c.name, _plain(c.type), primary_key=c.primary_key) for c in table.columns)
        )
        for table in Base.metadata.sorted_tables
    }


TABLES = _copies()


class SqlTraces:
    """See `cases.traces.TraceStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def tables(self) -> Sequence[str]:
        """See `cases.traces.TraceStore`."""
        return tuple(TABLES)

    def page(self, table: str, token: str, after: Row | None) -> tuple[Sequence[Row], Row | None]:
        """See `cases.traces.TraceStore`. How long it takes doesn't grow with what lies between two finds."""
        of, key = TABLES[table], tuple(TABLES[table].primary_key)
        behind = [tuple_(*key) > tuple(after[each.name] for each in key)] if after else []
        keys = self._session.execute(select(*key).where(*behind).order_by(*key).limit(PAGE)).mappings().all()
        if not keys:
            return [], None
        last = dict(keys[-1])
        until = tuple_(*key) <= tuple(last[each.name] for each in key)
        rows = select(of).where(*behind, until, _may_hold(of, token)).order_by(*key)
        found = [dict(row) for row in self._session.execute(rows).mappings()]
        return found, last if len(keys) == PAGE else None

    def of_case(self, table: str, number: int) -> Sequence[Row]:
        """See `cases.traces.TraceStore`."""
        of = TABLES[table]
        column = of.columns["number" if table == "cases" else "case_number"]
        rows = select(of).where(column == number).order_by(*of.primary_key)
        return [dict(row) for row in self._session.execute(rows).mappings()]

    def put(self, table: str, before: Row, after: Row) -> None:
        """See `cases.traces.TraceStore`."""
        changed = {name: value for name, value in after.items() if value != before[name]}
        if changed:
            self._session.execute(update(TABLES[table]).where(_is(table, before)).values(changed))

    def drop(self, table: str, row: Row) -> None:
        """See `cases.traces.TraceStore`."""
        self._session.execute(delete(TABLES[table]).where(_is(table, row)))


def _is(table: str, row: Row) -> ColumnElement[bool]:
    return and_(*(column == row[column.name] for column in TABLES[table].primary_key))


def _may_hold(table: Table, token: str) -> ColumnElement[bool]:
    """JSON is kept with escapes: what isn't plain ASCII is looked for by whoever reads the row."""
    columns = [column for column in table.columns if isinstance(column.type, JSON | String | Text | AnyText)]
    return or_(false(), *(cast(column, Text).contains(token, autoescape=True) for column in columns))
