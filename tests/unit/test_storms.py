"""What becomes a digest, in which order, and whom it calls."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.case import Case, State
from cases.case_parts import Response, ResponseBy
from cases.instants import iso
from cases.says import Body, Say, SayKind, Urgency
from cases.storms import ROWS, digests
from tests.builders import ENG, NOON, case

ALARM = Say("rung", SayKind.ESCALATION, "C0TRIAGE", Urgency.ESCALATION, case=1)


def numbered(number: int, priority: int = 1, **changes: object) -> Case:
    return replace(case(priority), number=number, **changes)  # type: ignore[arg-type]


def rung(number: int, minutes: int = 60, body: Body | None = None) -> Say:
    """Of a deadline so long after noon."""
    told: Body = {"due_at": iso(NOON + timedelta(minutes=minutes)), "audience": "triage", **(body or {})}
    return replace(ALARM, key=f"case:{number}:rung", case=number, body=told)


def order(says: list[Say], cases: Mapping[int, Case]) -> list[int | None]:
    return [say.case for digest in digests(says, cases) for say in digest.rows]


@pytest.mark.parametrize(
    "other",
    [
        {"thread": "1.1"},
        {"thread": "post:case:1:card:triage"},
        {"updates": "rung"},
        {"only_for": "U0ERIN"},
        {"after": "x"},
        {"kind": SayKind.NOTE},
        {"kind": SayKind.CARD},
        {"kind": SayKind.REOPENED},
        {"kind": SayKind.SOLUTION},
        {"kind": SayKind.DIGEST},
    ],
)
def test_only_what_calls_somebody_in_a_message_of_its_own_is_an_alarm(other: dict[str, object]) -> None:
    assert ALARM.may_merge
    assert not replace(ALARM, **other).may_merge  # type: ignore[arg-type]


def test_the_higher_priority_stands_first_then_the_earlier_deadline() -> None:
    cases = {1: numbered(1, 2), 2: numbered(2), 3: numbered(3), 4: numbered(4, 4)}
    says = [rung(4, 1), rung(1, 10), rung(2, 50), rung(3, 40)]
    assert order(says, cases) == [3, 2, 1, 4]


def test_what_somebody_took_meanwhile_stands_last_and_what_cannot_be_read_first() -> None:
    answered = Response(ENG, NOON, ResponseBy.CLAIM)
    taken = numbered(1, state=State.CLAIMED, assignee=ENG, response=answered)
    cases = {1: taken, 2: numbered(2), 4: numbered(4, state=State.CLOSED)}
    assert order([rung(1, 1), rung(2), rung(3), rung(4)], cases) == [3, 2, 1, 4]


def test_another_clock_of_a_case_that_somebody_has_is_not_settled() -> None:
    answered = Response(ENG, NOON, ResponseBy.CLAIM)
    taken = numbered(1, state=State.CLAIMED, assignee=ENG, response=answered)
    assert order([rung(2), rung(1, 5, {"clock": "solution"})], {1: taken, 2: numbered(2)}) == [1, 2]


def test_whom_any_of_them_would_call_is_called_on_the_first_page_once() -> None:
    says = [rung(n) for n in range(1, ROWS + 2)]
    says[5] = rung(6, body={"mention": True, "calls": "S0EMEA U0SAM", "away": "U0PAT"})
    says[6] = rung(7, body={"mention": True, "calls": "S0EMEA"})
    says[-1] = rung(ROWS + 1, body={"mention": True})
    first, second = digests(says, {})
    called = {"mention": True, "on_call": True, "calls": "S0EMEA U0SAM", "away": "U0PAT"}
    assert first.say.body == {"page": 1, "pages": 2, "total": ROWS + 1, **called}
    assert second.say.body == {"page": 2, "pages": 2, "total": ROWS + 1}


def test_a_manager_is_told_without_calling_the_on_call_group() -> None:
    says = [rung(n, body={"mention": True, "audience": "manager"}) for n in range(1, 8)]
    assert digests(says, {})[0].say.body["mention"] is False


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(-100, 100)), min_size=6, max_size=130))
def test_each_is_on_one_page_and_no_page_is_too_long(drawn: list[tuple[int, int]]) -> None:
    cases = {n: numbered(n, priority) for n, (priority, _) in enumerate(drawn, 1)}
    says = [rung(n, minutes) for n, (_, minutes) in enumerate(drawn, 1)]
    made = digests(says, cases)
    told = [say for digest in made for say in digest.rows]
    assert sorted(say.key for say in told) == sorted(say.key for say in says)
    assert all(1 <= len(digest.rows) <= ROWS for digest in made)
    assert len({digest.say.key for digest in made}) == len(made)
    urgency = [(cases[say.case or 0].promise.priority, say.body["due_at"]) for say in told]
    assert urgency == sorted(urgency, key=str)
