"""The commitment's reminders: kind, and silent once they are answered or over."""

from dataclasses import replace
from datetime import timedelta

from cases.case import Case, State
from cases.committing import asked, confirmed, handed_over
from cases.messages import Drawn
from handlers import ids
from handlers.checkins import check_in
from tests.builders import BOB, DANA, ENG, NOON, PLACES, case
from tests.handlers.looks import buttons, seen

LATER = NOON + timedelta(minutes=30)


def drawn(step: str, after: Case | None = None, late: int = 0) -> Drawn:
    fresh = case(committed=True)
    return check_in(after or fresh, asked(fresh, PLACES, step, NOON, late).body, LATER)


def test_the_named_person_is_asked_and_may_hand_over() -> None:
    shown = drawn("ask")
    assert "Hello <@U0DANA>, you are named as the one to reach for *C-1*" in seen(shown)
    assert "every 4 h" in seen(shown)
    assert buttons(shown) == [ids.AVAILABLE, ids.HAND_OVER]


def test_the_next_one_is_asked_as_the_next_one() -> None:
    fresh = case(committed=True)
    assert fresh.commitment is not None
    second = replace(fresh, commitment=replace(fresh.commitment, check_in=2))
    body = asked(second, PLACES, "ask", NOON).body
    assert "Are you still available" in seen(check_in(second, body, LATER))


def test_the_backup_hears_why_they_are_asked() -> None:
    shown = drawn("backup")
    assert "Hello <@U0BOB>, we couldn't reach <@U0DANA> about *C-1*" in seen(shown)
    assert buttons(shown) == [ids.AVAILABLE, ids.HAND_OVER]


def test_the_managers_hear_who_was_asked_and_can_lower_the_priority() -> None:
    shown = drawn("managers")
    assert "<@U0DANA> and <@U0BOB> of \u2068Acme\u2069 haven't confirmed" in seen(shown)
    assert buttons(shown) == [ids.PRIORITY]


def test_one_who_has_no_backup_is_told_of_alone() -> None:
    fresh = case(committed=True)
    assert fresh.commitment is not None
    alone = replace(fresh, commitment=replace(fresh.commitment, backup=None))
    assert "<@U0DANA> of \u2068Acme\u2069 hasn't confirmed" in seen(drawn("managers", alone))


def test_a_reminder_that_comes_late_says_so() -> None:
    assert "11 min late: I was away" in seen(drawn("ask", late=700))
    assert "late" not in seen(drawn("ask", late=20))


def test_an_answer_is_thanked_and_the_buttons_go() -> None:
    after = confirmed(case(committed=True), DANA, LATER).case
    for step in ("ask", "backup", "managers"):
        shown = drawn(step, after)
        assert "Confirmed" in seen(shown)
        assert "We ask again <!date^1772467200^" in seen(shown)
        assert buttons(shown) == []


def test_a_hand_over_makes_the_earlier_reminder_history() -> None:
    after = handed_over(case(committed=True), DANA, BOB, PLACES, LATER).case
    shown = drawn("ask", after)
    assert "<@U0BOB> is the one to reach" in seen(shown)
    assert buttons(shown) == []


def test_nobody_is_asked_once_it_is_resolved_or_lowered() -> None:
    resolved = replace(case(committed=True), state=State.RESOLVED, assignee=ENG)
    lowered = replace(case(2), commitment=None)
    solved = replace(lowered, state=State.OFFERED)
    now = "Now at *Priority 2*"
    for after, words in ((resolved, "The case is resolved"), (lowered, now), (solved, now)):
        shown = drawn("ask", after)
        assert words in seen(shown)
        assert buttons(shown) == []
