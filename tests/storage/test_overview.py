"""Lists over all cases: what they are made from comes back from either database, in a fixed number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from cases.case import Case, State
from cases.case_parts import Commitment, Response, ResponseBy
from cases.overview import CUSTOMERS_STATES, OPEN_STATES, Attainment, Standing
from cases.queues import Post
from cases.says import Say, SayKind, card_key
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import BOB, DANA, ENG, NOON, OFFICE, account, case, program
from tests.storage.given import after, engine_on


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(*args: object) -> None:
        sent.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def acme(begin: SqlUnitsOfWork) -> int:
    """Acme's id."""
    with begin() as work:
        return work.accounts.put(account()).id


def stored(begin: SqlUnitsOfWork, *cases: Case) -> list[Case]:
    """All of these, in one go."""
    with begin() as work:
        return [work.cases.add(each, f"intake-{number}") for number, each in enumerate(cases)]


def test_a_fresh_case_stands_open(begin: SqlUnitsOfWork, acme: int) -> None:
    fresh = case(2, of=program(calendar=OFFICE))
    stored(begin, replace(fresh, account=acme))
    with begin() as work:
        (standing,) = work.cases.standings(OPEN_STATES)
    assert standing == Standing(
        number=1,
        state=State.OPEN,
        counted_from=NOON,
        due_at=fresh.due_at,
        calendar=OFFICE,
        answered=False,
        breached=False,
        assignee=None,
        unconfirmed=False,
    )


def test_a_case_in_work_stands_with_its_engineer_its_answer_and_its_commitment(
    begin: SqlUnitsOfWork, acme: int
) -> None:
    asked = Commitment(DANA, BOB, DANA, NOON)
    worked = replace(
        case(),
        account=acme,
        state=State.CLAIMED,
        assignee=ENG,
        response=Response(ENG, after(60), ResponseBy.CLAIM),
        breached_at=after(30),
        commitment=asked,
    )
    confirmed = replace(asked, confirmed_by=BOB, confirmed_at=after(90))
    stored(begin, worked, replace(worked, commitment=confirmed), replace(worked, commitment=None))
    with begin() as work:
        standings = work.cases.standings(OPEN_STATES)
    assert [each.unconfirmed for each in standings] == [True, False, False]
    assert {(each.assignee, each.answered, each.breached) for each in standings} == {(ENG.user, True, True)}


def test_a_breach_from_before_a_case_was_reopened_is_not_its_present_clocks(begin: SqlUnitsOfWork, acme: int) -> None:
    breached = replace(case(), account=acme, breached_at=after(30))
    stored(begin, breached, replace(breached, started_at=after(60), reopened=1))
    with begin() as work:
        assert [each.breached for each in work.cases.standings(OPEN_STATES)] == [True, False]


@pytest.mark.parametrize("states", [OPEN_STATES, CUSTOMERS_STATES])
def test_closed_cases_are_not_read_for_a_list_of_open_ones_whatever_sqlite_knows_of_them(
    sqlite_database: str, states: frozenset[State]
) -> None:
    with engine_on(sqlite_database) as engine:
        begin = SqlUnitsOfWork(engine)
        with begin() as work:
            id = work.accounts.put(account()).id
        closed = replace(case(), account=id, state=State.CLOSED)
        stored(begin, replace(closed, state=State.OPEN), *[closed] * 60)
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        with counted(engine) as sent, begin.reading() as work:
            assert len(work.cases.standings(states)) == 1
        (asked,) = (statement for statement in sent if "FROM cases" in statement)
        with engine.connect() as connection:
            unknown = ("",) * asked.count("?")
            plan = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", unknown)]
    assert [step for step in plan if "cases" in step] == [
        "SEARCH cases USING INDEX ix_cases_state_deadline_at (state=?)"
    ]


def test_only_the_states_and_the_accounts_that_were_asked_for_come_back_by_due_time(
    begin: SqlUnitsOfWork, acme: int
) -> None:
    with begin() as work:
        bolt = work.accounts.put(replace(account(("T0BOLT",)), name="Bolt")).id
    stored(
        begin,
        replace(case(), account=acme, due_at=after(50)),
        replace(case(), account=acme, due_at=after(40), state=State.OFFERED),
        replace(case(), account=bolt, due_at=after(30)),
        replace(case(), account=acme, due_at=after(20), state=State.WAITING),
        replace(case(), account=acme, due_at=after(10), state=State.CLOSED),
    )
    with begin() as work:
        assert [each.number for each in work.cases.standings(OPEN_STATES)] == [4, 3, 1]
        assert [each.number for each in work.cases.standings(CUSTOMERS_STATES, [acme])] == [4, 2, 1]
        assert work.cases.standings(OPEN_STATES, []) == []


def test_several_cases_come_back_by_number_and_unknown_ones_are_left_out(begin: SqlUnitsOfWork, acme: int) -> None:
    first, second = stored(begin, *[replace(case(), account=acme)] * 2)
    with begin() as work:
        assert work.cases.several([1, 2, 99]) == {1: first, 2: second}
        assert work.cases.several([]) == {}


def test_where_several_cards_are_posted(begin: SqlUnitsOfWork, acme: int) -> None:
    stored(begin, *[replace(case(), account=acme)] * 2)
    keys = [card_key(number, "triage") for number in (1, 2)]
    with begin() as work:
        for number, key in enumerate(keys, 1):
            work.outbox.add(Say(key, SayKind.CARD, "C0TRIAGE", 10, case=number, body={"side": "triage"}))
        (first,) = work.outbox.claim(NOON, 10, ())
        work.outbox.sent(first.id, Post("C0TRIAGE", "1.5"), NOON)
        assert work.outbox.posts_of([*keys, "never"]) == {first.say.key: Post("C0TRIAGE", "1.5")}


def test_attainment_counts_what_was_answered_or_should_have_been_and_what_was_late_by_account(
    begin: SqlUnitsOfWork, acme: int
) -> None:
    with begin() as work:
        bolt = work.accounts.put(replace(account(("T0BOLT",)), name="Bolt")).id
        work.accounts.put(replace(account(("T0CALM",)), name="Calm"))
    answered = replace(case(), account=acme, response=Response(ENG, after(60), ResponseBy.CLAIM))
    stored(
        begin,
        answered,
        replace(answered, breached_at=after(30), state=State.CLOSED),
        replace(answered, account=bolt),
        replace(answered, response=None, breached_at=after(30)),
        replace(answered, response=None),
        replace(answered, opened_at=NOON - timedelta(days=31)),
    )
    with begin() as work:
        found = work.cases.attainment(NOON - timedelta(days=30))
    assert found == [Attainment("Acme", 3, 1), Attainment("Bolt", 1, 1)]


def test_accounts_are_found_by_a_team_that_they_name(begin: SqlUnitsOfWork, acme: int) -> None:
    with begin() as work:
        work.accounts.put(replace(account(()), name="Open to all"))
        twin = work.accounts.put(replace(account(("T0OTHER", "T0ACME")), name="Acme Twin"))
        assert [each.id for each in work.accounts.of_team("T0ACME")] == [acme, twin.id]
        assert work.accounts.of_team("") == []


def test_a_thousand_cases_cost_as_many_queries_as_one(begin: SqlUnitsOfWork, engine: Engine, acme: int) -> None:
    stored(begin, *[replace(case(), account=acme)] * 200)
    with begin() as work, counted(engine) as sent:
        standings = work.cases.standings(OPEN_STATES)
        work.cases.several([each.number for each in standings])
        work.outbox.posts_of([card_key(each.number, "triage") for each in standings])
    assert len(standings) == 200
    assert len(sent) == 3
