"""INSERT that leaves an existing row alone: the same words on both databases."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.base import Base


def insert_new(session: Session, row: type[Base], values: Mapping[str, object]) -> int | None:
    """Insert one row; its number, or None, and nothing changed, where a unique constraint knows it already.

    On PostgreSQL it waits for another transaction that is inserting the same, and does not fail this one.
    """
    result = _inserted(session, row, values)
    key = result.inserted_primary_key if result.rowcount == 1 else None
    return int(key[0]) if key else None


def insert_all_new(session: Session, row: type[Base], several: Sequence[Mapping[str, object]]) -> None:
    """As `insert_new`, of several rows at once: one way to the database and back."""
    if several:
        session.connection().execute(_statement(row, session.get_bind().dialect.name), several)


def is_new(session: Session, row: type[Base], values: Mapping[str, object]) -> bool:
    """As `insert_new`, of a row that is known by a name: whether it was inserted."""
    return _inserted(session, row, values).rowcount == 1


def _inserted(session: Session, row: type[Base], values: Mapping[str, object]) -> CursorResult[Any]:
    statement = _statement(row, session.get_bind().dialect.name)
    return session.connection().execute(statement, values, execution_options={"preserve_rowcount": True})


@lru_cache
def _statement(row: type[Base], dialect: str) -> Insert:
    """Made once: SQLAlchemy takes longer to put a statement together than either database to carry it out."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(row.__table__).on_conflict_do_nothing()  # type: ignore[arg-type]
