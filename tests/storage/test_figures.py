"""What Prometheus is told of a database, on both kinds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text
from sqlalchemy.dialects import sqlite

from cases.case import Entry, State
from cases.case_parts import Response, ResponseBy
from cases.facts import Facts
from cases.policy import ClockKind
from cases.pseudonyms import Pseudonyms
from cases.queues import Received
from cases.responding import answered
from cases.troubles import Trouble, TroubleKind
from storage.figures import BREACHES, figures
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import DANA, ENG, NOON, account, case
from tests.storage.given import after, note, rung


def wall() -> datetime:
    return datetime.now(UTC)


def test_of_an_empty_database_there_is_nothing_to_tell(engine: Engine, begin: SqlUnitsOfWork) -> None:
    found = figures(engine, NOON, wall())
    assert (found.unsent, found.unsent_age, found.unhandled, found.unhandled_age, found.overdue) == (0, 0, 0, 0, 0)
    assert [dict(each) for each in (found.open_cases, found.missed, found.breaches, found.troubles)] == [{}] * 4


def test_cases_are_counted_by_programme_and_what_is_closed_keeps_its_breach(
    engine: Engine, begin: SqlUnitsOfWork
) -> None:
    with begin() as work:
        acme = work.accounts.put(account()).id
        late = replace(case(), account=acme, breached_at=after(3600))
        work.cases.add(replace(case(), account=acme), "one")
        work.cases.add(replace(late, state=State.WAITING), "two")
        work.cases.add(replace(late, state=State.CLOSED, closed_at=after(7200)), "three")
        program = work.cases.get(1).promise.program
    found = figures(engine, NOON, wall())
    assert found.open_cases == {(program, State.OPEN): 1, (program, State.WAITING): 1}
    assert found.missed == {program: 1}


def missed(clock: ClockKind) -> Entry:
    """The line that such a deadline leaves in the history."""
    return Entry(after(3600), None, "breached", "100 % of the time allowed", Facts(clock=clock))


def breaches(engine: Engine) -> int:
    """Of all programmes."""
    return sum(figures(engine, NOON, wall()).breaches.values())


def test_each_missed_deadline_counts_and_none_is_ever_taken_back(engine: Engine, begin: SqlUnitsOfWork) -> None:
    counted = [breaches(engine)]
    with begin() as work:
        acme = work.accounts.put(account()).id
        one = work.cases.add(replace(case(), account=acme, breached_at=after(3600)), "one")
        one = work.save(one, [], [Entry(NOON, DANA, "opened"), missed(ClockKind.RESPONSE)], [])
    counted.append(breaches(engine))
    with begin() as work:
        in_time = answered(replace(one, due_at=after(3600)), Response(ENG, after(60), ResponseBy.MESSAGE))
        one = work.save(in_time.case, [], in_time.entries, [])
    assert one.breached_at is None
    counted.append(breaches(engine))
    with begin() as work:
        since = [Entry(after(5000), DANA, "reopened"), *map(missed, (ClockKind.RESPONSE, ClockKind.UPDATE))]
        closed = replace(one, state=State.CLOSED, closed_at=after(7200))
        one = work.save(closed, [], [*since, missed(ClockKind.SOLUTION)], [])
    counted.append(breaches(engine))
    with begin() as work:
        work.records.prune(one, after(9000), Pseudonyms())
    counted.append(breaches(engine))
    assert counted == [0, 1, 1, 4, 4]


def test_breaches_are_counted_along_their_index(engine: Engine) -> None:
    is_sqlite = engine.dialect.name == "sqlite"
    query = BREACHES.compile(dialect=sqlite.dialect(paramstyle="named") if is_sqlite else engine.dialect)
    with engine.connect() as connection:
        if not is_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        asked = f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{query}"
        plan = str(connection.exec_driver_sql(asked, dict(query.params)).all())
    assert "ix_history_breached" in plan


def test_what_waits_is_as_old_as_its_oldest(engine: Engine, begin: SqlUnitsOfWork) -> None:
    began = wall()
    with begin() as work:
        work.outbox.add(note("first"))
        work.outbox.add(note("second"))
        work.inbox.put(Received("Ev1", {}, NOON))
        work.inbox.put(Received("Ev2", {}, after(30)))
        work.inbox.handled("Ev1", after(40))
    found = figures(engine, after(100), began + timedelta(minutes=10))
    assert (found.unsent, found.unhandled, found.unhandled_age) == (2, 1, 70)
    assert abs(found.unsent_age - 600) < 300, "by the clock of the database, which ran while they were added"
    with begin() as work:
        for delivery in (*work.outbox.claim(NOON, 9, ()),):
            work.outbox.sent(delivery.id, None, NOON)
    assert figures(engine, NOON, wall()).unsent == 1, "one a channel at a time"


def test_what_is_due_and_what_lasts_is_told(engine: Engine, begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        acme = work.accounts.put(account()).id
        stored = work.cases.add(replace(case(), account=acme), "one")
        work.save(stored, [rung(50, after(60)), rung(75, after(90))], [], [])
        work.troubles.begin(Trouble(TroubleKind.PLACE, NOON, "C0ACME"))
        work.troubles.begin(Trouble(TroubleKind.PLACE, NOON, "C0BOLT"))
        work.troubles.begin(Trouble(TroubleKind.SAYS, NOON))
        work.troubles.end("says")
    assert figures(engine, NOON, wall()).overdue == 0
    found = figures(engine, after(100), wall())
    assert found.overdue == 40
    assert found.troubles == {TroubleKind.PLACE: 2}
