"""What a customer writes once a solution stands: when it counts, and what it moves."""

from dataclasses import replace
from datetime import timedelta

from cases.afterwards import wrote_afterwards
from cases.case import Case, State
from cases.responding import claimed
from cases.solving import closed, helped, offered
from tests.builders import BOB, DANA, ENG, NOON, PLACES, case

DAY = timedelta(days=1)


def solved() -> Case:
    return offered(claimed(case(), ENG, NOON).case, None, "A new certificate.", ENG, NOON).case


def test_the_days_count_from_the_latest_message_and_only_the_first_one_calls() -> None:
    first = wrote_afterwards(solved(), DANA, NOON + DAY, PLACES)
    assert first.case.closes_at == NOON + 8 * DAY
    assert [say.only_for for say in first.says] == [None, DANA.user]
    later = wrote_afterwards(first.case, BOB, NOON + 3 * DAY, PLACES)
    assert (later.case.closes_at, later.says) == (NOON + 10 * DAY, ())
    late = wrote_afterwards(later.case, DANA, NOON + 2 * DAY, PLACES)
    assert late.case.closes_at == NOON + 10 * DAY, "an older message that comes late moves nothing back"
    assert closed(later.case, NOON + 9 * DAY).case.state is State.OFFERED
    assert "nobody reopened it" in closed(later.case, NOON + 10 * DAY).entries[0].why


def test_a_confirmed_solution_is_written_under_too() -> None:
    confirmed = helped(solved(), DANA, PLACES, NOON + DAY).case
    after = wrote_afterwards(confirmed, DANA, NOON + 2 * DAY, PLACES).case
    assert (after.state, after.closes_at) == (State.RESOLVED, NOON + 9 * DAY)


def test_what_was_written_before_the_offer_or_without_one_changes_nothing() -> None:
    offer = solved()
    assert wrote_afterwards(offer, DANA, NOON - timedelta(seconds=1), PLACES).case == offer
    for other in (case(), replace(offer, state=State.CLOSED, closed_at=NOON)):
        assert wrote_afterwards(other, DANA, NOON + DAY, PLACES).case == other
