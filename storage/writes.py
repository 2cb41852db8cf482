"""Which queues a transaction changed: who only looked, or found nothing to claim, need wake nobody."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import DMLState

from cases.queues import Queue

MARK = "caseclock.wrote"
TABLES = frozenset(Queue)


def notice_writes(engine: Engine) -> None:
    """Mark each connection of this engine when a statement changes rows, until its next transaction."""
    if not event.contains(engine, "after_cursor_execute", _mark):
        event.listen(engine, "begin", _unmark)
        event.listen(engine, "after_cursor_execute", _mark)


def wrote(connection: Connection) -> frozenset[Queue]:
    """Queues whose rows were inserted, changed or deleted in the transaction that this connection is in."""
    return frozenset(Queue(table) for table in TABLES & connection.info.get(MARK, frozenset()))


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
        connection.info.setdefault(MARK, set()).add(_table(context))


def _table(context: DefaultExecutionContext) -> str:
    """Empty where it was written as text, which no queue is changed by."""
    compiled = context.compiled
    state = compiled.compile_state if isinstance(compiled, SQLCompiler) else None
    return str(state.dml_table.description) if isinstance(state, DMLState) else ""
