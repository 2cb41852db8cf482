"""From the first release's database, with cases in it: what was resolved is closed, the rest goes on as it was."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from alembic.config import Config
from pydantic import TypeAdapter
from sqlalchemy import Connection, MetaData, text

from cases.case import Case, State
from cases.case_parts import Response, ResponseBy, Solution
from cases.clock import NO_CLOCKS, Deadline
from cases.clocks import deadline
from cases.people import Person
from cases.policy import RESOLVED, USUAL_CLOSING, USUAL_WAITING, ClockKind
from cases.promise import Promise
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import DANA, ENG, NOON, case
from tests.storage.given import engine_on

OPEN, CLAIMED, DONE, NAMELESS = 1, 2, 3, 4
OLD_PROMISE = (
    "program",
    "program_name",
    "version",
    "plan",
    "plan_name",
    "product",
    "product_name",
    "priority",
    "label",
    "meaning",
    "target",
    "target_seconds",
    "calendar",
    "ladder",
    "commitment",
    "resolution",
)
NOTE = "The certificate had “expired”; it's renewed. 🎉"
CLAIMED_AT = NOON + timedelta(minutes=10)
RESOLVED_AT = NOON + timedelta(minutes=40)
ERIN: Mapping[str, str] = {"user": ENG.user, "team": ENG.team, "name": ENG.name}
ANSWERED = {"person": ERIN, "at": "2026-03-02T12:10:00Z", "how": "claim"}
SOLVED = Solution(RESOLVED.id, RESOLVED.label, NOTE, ENG, RESOLVED_AT)


@pytest.fixture
def old(empty_database: str) -> str:
    """A database as the first release left it: an open case, a claimed one, and two that are resolved."""
    with engine_on(empty_database) as engine, engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
        tables = MetaData()
        tables.reflect(connection)
        connection.execute(
            text(
                "INSERT INTO accounts (id, name, program, plan, timezone, contacts, managers) "
                "VALUES (1, 'Acme', 'okta', 'premier', 'America/New_York', '[]', '[]')"
            )
        )
        for number in (OPEN, CLAIMED, DONE, NAMELESS):
            row = {name: held for name, held in _row(number).items() if held is not None}
            connection.execute(tables.tables["cases"].insert(), row)
        connection.execute(
            tables.tables["history"].insert(),
            [
                _entry(OPEN, "opened", "T0ACME", "Dana"),
                _entry(DONE, "opened", "T0ACME", "Dana"),
                _entry(DONE, "resolved", ENG.team, ENG.name),
                _entry(NAMELESS, "resolved", None, None),
            ],
        )
    return empty_database


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    return config


def _row(number: int) -> dict[str, object]:
    promise = TypeAdapter(Promise).dump_python(case().promise, mode="json")
    resolved = number in (DONE, NAMELESS)
    return {
        "number": number,
        "revision": 3,
        "opening": f"intake-{number}",
        "account": 1,
        "account_name": "Acme",
        "channel": "C0ACME",
        "title": "Nobody can sign in",
        "details": "Since noon.",
        "opened_by": {"user": DANA.user, "team": DANA.team, "name": DANA.name},
        "opened_at": NOON,
        "promise": {name: promise[name] for name in OLD_PROMISE},
        "started_at": NOON,
        "counted_from": NOON,
        "due_at": NOON + timedelta(hours=1),
        "state": "resolved" if resolved else "claimed" if number == CLAIMED else "open",
        "tenant": "",
        "answers": [["reach", "none"]],
        "assignee": ERIN if number != OPEN else None,
        "claimed_at": CLAIMED_AT if number != OPEN else None,
        "response": ANSWERED if number != OPEN else None,
        "clock": 1,
        "share_said": 50,
        "repeats_said": 0,
        "resolved_at": RESOLVED_AT if resolved else None,
        "resolution_note": NOTE if resolved else "",
    }


def _entry(number: int, what: str, team: str | None, name: str | None) -> dict[str, object]:
    who = {"user_id": ENG.user, "team_id": team, "user_name": name}
    return {"case_number": number, "at": RESOLVED_AT, "what": what, "why": "", **who}


def _cases(url: str) -> dict[int, Case]:
    with engine_on(url) as engine, SqlUnitsOfWork(engine)() as work:
        return {number: work.cases.get(number) for number in (OPEN, CLAIMED, DONE, NAMELESS)}


def test_what_was_resolved_is_closed_with_its_note_as_the_solution(old: str) -> None:
    upgrade(old)
    done = _cases(old)[DONE]

    assert (done.state, done.closed_at, done.solution) == (State.CLOSED, RESOLVED_AT, SOLVED)
    assert done.closes_at is None
    assert done.response == Response(ENG, CLAIMED_AT, ResponseBy.CLAIM)
    assert (done.rating, done.wait, done.wish, done.links, done.reopened) == (None, None, None, (), 0)


def test_a_resolver_whose_name_was_not_kept_is_kept_by_id(old: str) -> None:
    upgrade(old)
    solution = _cases(old)[NAMELESS].solution

    assert solution is not None
    assert solution.by == Person(ENG.user, "", "")


def test_what_was_open_or_claimed_goes_on_as_it_was(old: str) -> None:
    upgrade(old)
    cases = _cases(old)

    assert (cases[OPEN].state, cases[OPEN].active_at, cases[OPEN].solution) == (State.OPEN, None, None)
    assert cases[OPEN].waits_for_response
    assert (cases[CLAIMED].state, cases[CLAIMED].active_at) == (State.CLAIMED, CLAIMED_AT)


def test_a_promise_made_before_there_were_kinds_of_solution_has_the_one(old: str) -> None:
    upgrade(old)
    promise = _cases(old)[OPEN].promise

    assert (promise.solutions, promise.closing, promise.waiting) == ((RESOLVED,), USUAL_CLOSING, USUAL_WAITING)
    assert promise.lease is None


def test_a_case_from_before_has_its_first_answer_as_its_deadline_and_no_other_clocks(old: str) -> None:
    upgrade(old)
    cases = _cases(old)

    assert [each.clocks for each in cases.values()] == [NO_CLOCKS] * 4
    assert cases[OPEN].promise.clocks == ()
    assert deadline(cases[OPEN]) == Deadline(ClockKind.RESPONSE, NOON + timedelta(hours=1))
    rows = _rows(old)
    assert [str(row["deadline_at"]) for row in rows.values()] == [str(row["due_at"]) for row in rows.values()]


def test_a_case_from_before_can_be_changed_and_found_afterwards(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine:
        units = SqlUnitsOfWork(engine)
        with units() as work:
            work.save(work.cases.get(OPEN), (), (), ())
        with units() as work:
            assert [found.number for found in work.cases.listing()] == [OPEN, CLAIMED]
            assert work.cases.get(OPEN).revision == 4


def test_the_way_back_leaves_every_case_and_its_note(old: str) -> None:
    before = _rows(old)
    upgrade(old)
    with engine_on(old) as engine, engine.begin() as connection:
        command.downgrade(_config(connection), "0001")
    assert _rows(old) == before

    upgrade(old)
    assert _cases(old)[DONE].solution == SOLVED


def test_on_the_way_back_a_solution_offered_or_confirmed_counts_as_resolved(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine:
        units = SqlUnitsOfWork(engine)
        for number, state in ((OPEN, State.OFFERED), (CLAIMED, State.RESOLVED)):
            with units() as work:
                work.save(replace(work.cases.get(number), state=state, solution=SOLVED), (), (), ())
        with engine.begin() as connection:
            command.downgrade(_config(connection), "0001")
    rows = _rows(old)

    for number in (OPEN, CLAIMED):
        assert (rows[number]["state"], rows[number]["resolution_note"]) == ("resolved", NOTE)
        assert str(rows[number]["resolved_at"]) == str(rows[DONE]["resolved_at"])


def test_on_the_way_back_a_case_that_waits_is_with_its_engineer_or_open(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE cases SET state = 'waiting' WHERE number < 3"))
        with engine.begin() as connection:
            command.downgrade(_config(connection), "0001")

    assert [_rows(old)[number]["state"] for number in (OPEN, CLAIMED)] == ["open", "claimed"]


def _rows(url: str) -> dict[int, dict[str, object]]:
    with engine_on(url) as engine, engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        rows = connection.execute(tables.tables["cases"].select()).mappings()
        return {row["number"]: dict(row) for row in rows}
