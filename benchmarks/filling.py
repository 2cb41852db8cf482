"""Many cases, fast: one is opened by the product's own code, and the database copies its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, inspect, text

from benchmarks.office import PLACES, calendar_of
from bot.accounts_import import import_accounts
from cases.case import Case, Entry
from cases.people import Person
from cases.promise import promise_for
from cases.telling import first_cards
from cases.timers import planned_timers
from policies.loader import load_policies
from storage.database import make_engine
from storage.unit_of_work import SqlUnitsOfWork
from workspace.prepared import ACCOUNTS

DANA = Person("U0DANA", "T0ACME", "Dana")
PRIORITY = 2
RUNGS = 4
"""The shipped ladder's: at 50, 75, 90 and 100 % of the time allowed."""


@dataclass(frozen=True)
class Filling:
    """So many open cases, whose first rungs fall due from `due` on, one each `apart` seconds."""

    cases: int
    due: datetime
    apart: int = 0
    still_open: int | None = None
    """The others are closed; None: all are open."""


def fill(url: str, filling: Filling) -> None:
    """Acme's accounts and cases in a migrated, empty database."""
    engine = make_engine(url, 30)
    begin = SqlUnitsOfWork(engine)
    case = open_case(begin, filling.due)
    with engine.begin() as connection:
        assert case.number == 1  # noqa: S101 - the copies are numbered from 2
        _copy(connection, filling)
        if filling.still_open is not None:
            closed = {"still_open": filling.still_open}
            connection.execute(text("UPDATE cases SET state = 'closed' WHERE number > :still_open"), closed)
            connection.execute(text("DELETE FROM timers WHERE case_number > :still_open"), closed)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def open_case(begin: SqlUnitsOfWork, due: datetime, opening: str = "intake-1") -> Case:
    """Acme's case of Priority 2, stored with its timers, history and cards; its first rung falls due at `due`."""
    policies = load_policies()
    import_accounts(ACCOUNTS, policies, begin)
    with begin() as work:
        acme = work.accounts.by_name("Acme")
        program = policies.get("okta")
        assert acme is not None  # noqa: S101 - it was imported
        assert program is not None  # noqa: S101 - it is shipped
        promise = promise_for(program, acme, next(iter(program.products)), PRIORITY)
        at = due - timedelta(seconds=promise.target_seconds // 2)
        case = Case(
            number=0,
            revision=0,
            account=acme.id,
            account_name=acme.name,
            channel="C0ACME",
            title="Nobody can sign in",
            details="Since noon, in every office: the page says that the session is over. " * 3,
            opened_by=DANA,
            opened_at=at,
            promise=promise,
            started_at=at,
            counted_from=at,
            due_at=calendar_of(promise.calendar).add(at, promise.target_seconds),
        )
        stored = work.cases.add(case, opening)
        timers = planned_timers(stored, calendar_of(promise.calendar))
        return work.save(stored, timers, [Entry(at, DANA, "opened", promise.label)], first_cards(stored, PLACES))


def _copy(connection: Connection, filling: Filling) -> None:
    """Every row about case 1, once for each other case; its cards stand in Slack already."""
    connection.execute(text("UPDATE outbox SET state = 'sent', post_channel = channel, post_ts = '1.000001'"))
    later = {name: _later(connection, name, filling.apart) for name in ("due_at", "deadline_at", "fires_at", "at")}
    moved = {name: _later(connection, name, filling.apart) for name in ("opened_at", "started_at", "counted_from")}
    copies: dict[str, dict[str, str]] = {
        "cases": {"number": "n", "opening": "'copy-' || n", **moved},
        "timers": {"case_number": "n"},
        "history": {"id": "", "case_number": "n"},
        "participants": {"case_number": "n"},
        "outbox": {"id": "", "case_number": "n", "key": "replace(key, ':1:', ':' || n || ':')"},
    }
    copies["outbox"] |= {"token": "token || n", "post_ts": "'1.' || n"}
    for table, changed in copies.items():
        _copy_table(connection, table, later | changed, filling.cases)
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('cases', 'number'), {filling.cases})"))


def _copy_table(connection: Connection, table: str, changed: Mapping[str, str], cases: int) -> None:
    """`changed` is SQL by column; an empty one is left to the database."""
    columns = [column["name"] for column in inspect(connection).get_columns(table)]
    kept = [name for name in columns if changed.get(name) != ""]
    values = ", ".join(changed.get(name, name) for name in kept)
    of_first = "number = 1" if table == "cases" else "case_number = 1"
    statement = (
        "WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < :cases) "  # noqa: S608
        f"INSERT INTO {table} ({', '.join(kept)}) SELECT {values} FROM numbers, {table} WHERE {of_first}"
    )
    if cases > 1:
        connection.execute(text(statement), {"cases": cases})


def _later(connection: Connection, column: str, apart: int) -> str:
    """SQL of a column's instant, so many seconds later for each number."""
    if apart == 0:
        return column
    if connection.dialect.name == "postgresql":
        return f"{column} + (n * {apart}) * interval '1 second'"
    return f"strftime('%Y-%m-%d %H:%M:%f000', {column}, '+' || (n * {apart}) || ' seconds')"
