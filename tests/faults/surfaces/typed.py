"""What all surfaces share: who and when, and a case with typed words wherever words can stand."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from cases.case import Case, State
from cases.case_parts import Rating, Solution
from cases.instants import iso
from cases.says import Body
from tests.builders import DANA, ENG, NOON, case
from tests.handlers.looks import message

LATER = NOON + timedelta(minutes=22)
DUE: Body = {"due_at": "2026-03-02T13:00:00Z", "fell_at": "2026-03-02T12:30:00Z", "late_seconds": 3600}
PEOPLE: Body = {"who": "U0ENG", "to": "U0BOB", "by": "U0ENG", "manager": "U0MAX", "person": "U0ENG"}

LABEL = 75
"""Characters of a policy's own names (`policies.fields.Label`)."""

Bodies = Callable[[str], Iterator[Body]]


def hostile_case(typed: str) -> Case:
    """C-1, with these words in every place that words can stand."""
    fresh = case(committed=True)
    return replace(
        fresh,
        title=typed,
        details=typed,
        account_name=typed,
        tenant=typed,
        source=replace(message(typed), permalink="https://acme.slack.com/archives/C0ACME/p1"),
        promise=replace(fresh.promise, meaning=typed[:1500], label="Priority 1", resolution=typed[:1500] or None),
    )


def cases(typed: str) -> Iterator[Case]:
    """The same in each state that a card shows."""
    fresh = hostile_case(typed)
    solved = Solution("resolved", "Resolved", typed, ENG, LATER)
    done = replace(fresh, state=State.RESOLVED, assignee=ENG, solution=solved)
    yield from (fresh, done, replace(done, state=State.OFFERED))
    yield replace(done, state=State.CLOSED, closed_at=LATER, rating=Rating(4, typed, DANA, LATER), reopened=2)


def words(typed: str) -> Body:
    """Under every name that a body has for what somebody wrote."""
    names = ("before", "after", "reason", "text", "account", "program", "about", "title", "name", "label", "plan")
    return dict.fromkeys(names, typed)


def stored(typed: str) -> str:
    """As the database keeps it."""
    return typed.encode(errors="replace").decode().replace("\x00", "\ufffd")


def as_json(value: object) -> str:
    """As a body carries what is more than a word."""
    return json.dumps(value, default=lambda each: iso(each) if isinstance(each, datetime) else str(each))
