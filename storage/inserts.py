"""INSERT that leaves an existing row alone: the same words on both databases."""

from collections.abc import Mapping

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.base import Base


def insert_new(session: Session, row: type[Base], values: Mapping[str, object]) -> int | None:
    """Insert one row; its number, or None, and nothing changed, where a unique constraint knows it already.

    On PostgreSQL it waits for another transaction that is inserting the same, and does not fail this one.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(row.__table__).values(**values).on_conflict_do_nothing()  # type: ignore[arg-type]
    result = session.connection().execute(statement, execution_options={"preserve_rowcount": True})
    key = result.inserted_primary_key if result.rowcount == 1 else None
    return int(key[0]) if key else None
