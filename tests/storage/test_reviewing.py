"""What a ticket review reads: one account's cases, in one look that locks nothing."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, event

from cases.case import Case, State
from cases.case_parts import Rating, Response, ResponseBy, Solution
from cases.ports import UnitsOfWork
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import DANA, ENG, NOON, account, case

SINCE = NOON - timedelta(days=10)


def store(begin: UnitsOfWork, *stories: Case) -> list[int]:
    with begin() as work:
        mine = work.accounts.put(account())
        theirs = work.accounts.put(replace(account(), name="Bolt", channels=("C0BOLT",)))
        ids = {1: mine.id, 2: theirs.id}
        added = [
            work.cases.add(replace(story, account=ids[story.account]), f"{number}")
            for number, story in enumerate(stories)
        ]
        for each, story in zip(added, stories, strict=True):
            work.save(replace(story, number=each.number, account=each.account), (), (), ())
        return [mine.id, *(each.number for each in added)]


def test_only_the_accounts_own_that_are_new_enough_or_not_over(begin: UnitsOfWork) -> None:
    old = SINCE - timedelta(days=1)
    acme, new, _old_done, old_open, old_offered, _theirs = store(
        begin,
        case(at=SINCE),
        replace(case(at=old), state=State.CLOSED),
        replace(case(at=old), state=State.WAITING),
        replace(case(at=old), state=State.OFFERED),
        replace(case(), account=2),
    )
    with begin() as work:
        assert [each.number for each in work.cases.tickets(acme, SINCE)] == [new, old_open, old_offered]


def test_it_reads_what_the_customer_may_see_of_each(begin: UnitsOfWork) -> None:
    told = replace(
        case(2),
        state=State.RESOLVED,
        response=Response(ENG, NOON + timedelta(minutes=7), ResponseBy.CLAIM),
        breached_at=NOON,
        solution=Solution("fix", "It is fixed", "Renewed.", ENG, NOON, DANA, NOON),
        rating=Rating(4, "quick", DANA, NOON),
    )
    acme, number = store(begin, told)
    with begin() as work:
        (ticket,) = work.cases.tickets(acme, SINCE)
    assert (ticket.number, ticket.title, ticket.label, ticket.priority) == (number, told.title, "Priority 2", 2)
    assert ticket.responded_at == NOON + timedelta(minutes=7)
    assert ticket.calendar == told.promise.calendar
    assert (ticket.breached, ticket.solution, ticket.stars) == (True, "It is fixed", 4)
    assert (ticket.opened_at, ticket.started_at, ticket.due_at) == (told.opened_at, told.started_at, told.due_at)


def test_it_is_one_query_without_locks_or_long_texts(engine: Engine) -> None:
    begin = SqlUnitsOfWork(engine)
    acme, *_ = store(begin, *(case() for _ in range(3)))
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with begin() as work:
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert len(work.cases.tickets(acme, SINCE)) == 3
        finally:
            event.remove(engine, "before_cursor_execute", note)
    (statement,) = asked
    assert "FOR UPDATE" not in statement
    assert "details" not in statement
