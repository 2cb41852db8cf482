"""Whether a transaction changed anything: who only looked, or found nothing to claim, need wake nobody."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.engine.interfaces import DBAPICursor

MARK = "caseclock.wrote"


def notice_writes(engine: Engine) -> None:
    """Mark each connection of this engine when a statement changes rows, until its next transaction."""
    if not event.contains(engine, "after_cursor_execute", _mark):
        event.listen(engine, "begin", _unmark)
        event.listen(engine, "after_cursor_execute", _mark)


def wrote(connection: Connection) -> bool:
    """Rows were inserted, changed or deleted in the transaction that this connection is in."""
    return bool(connection.info.get(MARK))


def _unmark(connection: Connection) -> None:
    connection.info.pop(MARK, None)


def _mark(
    connection: Connection,
    cursor: DBAPICursor,
    statement: str,
    parameters: object,
    context: DefaultExecutionContext,
    executemany: bool,
) -> None:
    changes = context.isinsert or context.isupdate or context.isdelete
    if changes and cursor.rowcount != 0:
        connection.info[MARK] = True
