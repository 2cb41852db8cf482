"""What a search answers, and what of a case's history stays with the team."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Entry, State
from cases.case_parts import Link
from cases.finding import Found
from handlers.answers import found, show
from handlers.cards import customer_card, triage_card
from tests.builders import ENG, NOON, case
from tests.handlers.looks import seen

LATER = NOON + timedelta(minutes=22)
INSIDE = [Entry(NOON, ENG, "noted", "They are in a merger."), Entry(NOON, ENG, "linked", "a duplicate of C-7")]


def test_what_was_found_is_counted_and_shown_in_any_state() -> None:
    closed = replace(case(), number=2, title="An old one", state=State.CLOSED, closed_at=NOON)
    words = seen(found(Found([closed, case()], 23), LATER, support=True))
    assert "23 cases found" in words
    assert "An old one" in words
    assert "and 21 more" in words


def test_nothing_found_says_where_it_looked() -> None:
    assert "your own cases" in seen(found(Found([], 0), LATER, support=False))
    assert "your own cases" not in seen(found(Found([], 0), LATER, support=True))


@pytest.mark.parametrize("secret", ["merger", "C-7"])
def test_notes_and_links_are_shown_to_the_team_alone(secret: str) -> None:
    linked = replace(case(), links=(Link("duplicate", 7), Link("related", 9)))
    assert secret in seen(show(linked, INSIDE, LATER, "UTC", support=True))
    assert secret not in seen(show(linked, INSIDE, LATER, "UTC", support=False))
    assert "related to C-9" in seen(triage_card(linked, LATER))
    assert "C-9" not in seen(customer_card(linked, LATER))


def test_a_duplicate_that_was_reopened_is_one_no_longer() -> None:
    linked = replace(case(), links=(Link("duplicate", 7),))
    assert "taken for a duplicate of C-7" in seen(triage_card(linked, LATER))
    assert "is a duplicate of C-7" in seen(triage_card(replace(linked, state=State.CLOSED), LATER))


def test_a_long_note_is_read_whole() -> None:
    note = "x" * 900
    assert note in seen(show(case(), [Entry(NOON, ENG, "noted", note)], LATER, "UTC", support=True))
