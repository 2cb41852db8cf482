"""Waiting on the customer: who may ask, who may answer, and who can't even see that there is a question."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.errors import NotFound, Refused
from cases.people import Actor, Person, Role
from cases.queues import Post
from cases.says import SayKind
from tests.builders import CUSTOMER, ENG2, ENGINEER, NOON
from tests.desk.conftest import Office
from tests.desk.test_reception import BORIS, opened

HOUR = timedelta(hours=1)
OTHER_ENGINEER = Actor(ENG2, frozenset({Role.ENGINEER}))


def stored(office: Office, case: Case) -> Case:
    with office.units() as uow:
        return uow.cases.get(case.number)


def pending(office: Office, case: Case) -> list[str]:
    with office.units() as uow:
        return [timer.key for timer in uow.timers.of_case(case.number)]


def asked(office: Office) -> Case:
    case = opened(office).case
    office.desk.claim(case.number, ENGINEER, NOON)
    return office.asking.ask(case.number, "Which browser?", ENGINEER, NOON + HOUR)


def until(office: Office, hours: float) -> None:
    while office.timekeeping.fire_next(NOON + hours * HOUR):
        pass


def test_any_engineer_asks_about_a_claimed_case_and_a_customer_about_none(office: Office) -> None:
    case = opened(office).case
    office.desk.claim(case.number, ENGINEER, NOON)
    with pytest.raises(Refused, match="Only the support team"):
        office.asking.ask(case.number, "Which browser?", CUSTOMER, NOON)
    with pytest.raises(Refused, match="Only the support team"):
        office.asking.askable(case.number, CUSTOMER)
    waits = office.asking.ask(case.number, "Which browser?", OTHER_ENGINEER, NOON)

    assert waits.wait is not None
    assert (waits.wait.by, waits.assignee) == (ENG2, ENGINEER.person)


@pytest.mark.parametrize(("question", "said"), [("  ", "What do you need"), ("x" * 2001, "2,001")])
def test_a_question_has_words_and_not_too_many(office: Office, question: str, said: str) -> None:
    case = opened(office).case
    office.desk.claim(case.number, ENGINEER, NOON)
    with pytest.raises(Refused, match=said):
        office.asking.ask(case.number, question, ENGINEER, NOON)
    assert stored(office, case).state is State.CLAIMED


def test_it_is_asked_once_at_a_time_of_a_claimed_case_and_of_none_that_is_done(office: Office) -> None:
    case = asked(office)
    with pytest.raises(Refused, match="waits on the customer already"):
        office.asking.ask(case.number, "And which version?", ENGINEER, NOON + HOUR)
    office.desk.give_back(case.number, ENGINEER, NOON + HOUR)
    with pytest.raises(Refused, match="Claim it first"):
        office.asking.ask(case.number, "And which version?", ENGINEER, NOON + HOUR)
    office.desk.resolve(case.number, "Solved.", ENGINEER, NOON + HOUR)
    with pytest.raises(Refused, match="done already"):
        office.asking.ask(case.number, "And which version?", ENGINEER, NOON + HOUR)


def test_another_customer_learns_nothing_and_changes_nothing(office: Office) -> None:
    case = asked(office)
    until(office, 130)
    for press in (office.asking.close, office.asking.still_needed):
        with pytest.raises(NotFound, match="I don't know a case"):
            press(case.number, BORIS, "C0BOTH", NOON + 131 * HOUR)
    office.desk.note_message("C0ACME", "1.1", BORIS, NOON + 131 * HOUR)

    assert stored(office, case).state is State.WAITING


def test_nothing_is_closed_before_it_was_offered(office: Office) -> None:
    case = asked(office)
    until(office, 100)
    with pytest.raises(Refused, match="nothing was changed"):
        office.asking.close(case.number, CUSTOMER, "C0ACME", NOON + 100 * HOUR)
    assert stored(office, case).state is State.WAITING


def test_a_stale_button_says_so(office: Office) -> None:
    case = asked(office)
    until(office, 130)
    office.asking.go_on(case.number, ENGINEER, NOON + 131 * HOUR)
    for press in (office.asking.close, office.asking.still_needed):
        with pytest.raises(Refused, match="isn't waiting"):
            press(case.number, CUSTOMER, "C0ACME", NOON + 132 * HOUR)
    with pytest.raises(Refused, match="isn't waiting"):
        office.asking.go_on(case.number, ENGINEER, NOON + 132 * HOUR)


def test_closed_by_the_customer_nothing_of_it_is_due_any_more(office: Office) -> None:
    case = asked(office)
    until(office, 130)
    closed = office.asking.close(case.number, CUSTOMER, "C0ACME", NOON + 131 * HOUR)

    assert closed.state is State.CLOSED
    assert closed.closed_at == NOON + 131 * HOUR
    assert pending(office, case) == []
    with pytest.raises(Refused):
        office.desk.claim(case.number, ENGINEER, NOON + 132 * HOUR)


def test_an_account_in_a_shared_channel_answers_only_for_itself(office: Office) -> None:
    case = asked(office)
    stranger = Actor(replace(CUSTOMER.person, user="U0X", team="T0ELSE"))
    until(office, 130)
    with pytest.raises(NotFound):
        office.asking.close(case.number, stranger, "C0ACME", NOON + 131 * HOUR)
    with pytest.raises(NotFound):
        office.asking.close(case.number, CUSTOMER, "C0BOLT", NOON + 131 * HOUR)


def test_only_support_says_that_it_is_away_or_on_it(office: Office) -> None:
    case = opened(office).case
    for refused in (
        lambda: office.presence.go_away(CUSTOMER, None, NOON),
        lambda: office.presence.come_back(CUSTOMER, NOON),
        lambda: office.presence.on_it(case.number, CUSTOMER, NOON),
    ):
        with pytest.raises(Refused, match="Only the support team"):
            refused()
    assert office.presence.away(NOON) == {}


def test_being_away_ends_at_its_time_and_a_later_word_takes_an_earlier_ones_place(office: Office) -> None:
    office.presence.go_away(ENGINEER, NOON + HOUR, NOON)
    office.presence.go_away(OTHER_ENGINEER, None, NOON)
    assert office.presence.away(NOON) == {ENGINEER.person.user: NOON + HOUR, ENG2.user: None}
    assert office.presence.away(NOON + HOUR) == {ENG2.user: None}
    office.presence.go_away(OTHER_ENGINEER, NOON + HOUR, NOON)
    office.presence.come_back(ENGINEER, NOON)
    assert office.presence.away(NOON) == {ENG2.user: NOON + HOUR}


def test_managers_who_are_away_hear_nothing_in_private_unless_all_are(office: Office) -> None:
    case = opened(office).case
    manager = Actor(Person("U0MAX", "T0HOST"), frozenset({Role.MANAGER}))
    office.presence.go_away(manager, None, NOON)
    until(office, 0.9)

    with office.units() as uow:
        told = [say.channel for say in uow.outbox.said(case.number, SayKind.ESCALATION)]
    assert "U0MAX" in told, "there is nobody else"


def test_in_a_channel_of_two_customers_only_the_cases_own_one_answers(office: Office) -> None:
    case = opened(office, channel="C0BOTH").case
    with office.units() as uow:
        card = next(one for one in uow.outbox.claim(NOON, 9, ()) if one.say.channel == "C0BOTH")
        uow.outbox.sent(card.id, Post("C0BOTH", "1.1"), NOON)
    office.desk.claim(case.number, ENGINEER, NOON)
    office.asking.ask(case.number, "Which browser?", ENGINEER, NOON + HOUR)

    office.desk.note_message("C0BOTH", "1.1", BORIS, NOON + 2 * HOUR)
    assert stored(office, case).state is State.WAITING
    office.desk.note_message("C0BOTH", "1.1", CUSTOMER, NOON + 2 * HOUR)
    assert stored(office, case).state is State.CLAIMED
