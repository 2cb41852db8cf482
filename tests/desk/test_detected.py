"""Cases that support opens itself, for what it noticed before the customer said anything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case
from cases.case_parts import SourceMessage
from cases.errors import Invalid
from cases.intake import Form, Opened
from cases.people import Actor, Person, Role
from tests.builders import CUSTOMER, DANA, ENG, ENGINEER, NOON
from tests.desk.conftest import Office
from tests.desk.test_reception import P1, opened

MINUTE = timedelta(minutes=1)
FRANK = Actor(Person("U0ENG2", "T0HOST", "Frank"), frozenset({Role.ENGINEER}))
NOTICED = replace(P1, consent=False, available=None, backup=None)


def from_message(office: Office, author: Person, form: Form = NOTICED) -> Case:
    source = SourceMessage("C0ACME", f"{int(NOON.timestamp()) - 600}.000100", author, "Sign-ins fail", "https://x/1")
    intake = office.reception.begin("C0ACME", ENGINEER, NOON, source)
    result = office.reception.open(intake.id, ENGINEER, form, NOON)
    assert isinstance(result, Opened)
    return result.case


def test_a_noticed_case_has_its_clock_like_any_other_and_opening_it_is_no_answer(office: Office) -> None:
    case = opened(office, NOTICED, ENGINEER).case

    assert case.detected
    assert (case.started_at, case.due_at) == (NOON, NOON + timedelta(hours=1))
    assert case.waits_for_response
    assert case.assignee is None
    with office.units() as uow:
        timers = [timer.key for timer in uow.timers.of_case(case.number)]
        history = [entry.what for entry in uow.cases.history(case.number)]
    assert "rung:1:100" in timers
    assert history[:2] == ["opened", "detected"]


def test_whoever_opened_it_stops_the_clock_as_anybody_does_by_taking_it(office: Office) -> None:
    case = opened(office, NOTICED, ENGINEER).case
    claimed = office.desk.claim(case.number, ENGINEER, NOON + 5 * MINUTE)
    assert claimed.response is not None
    assert claimed.response.person == ENG


def test_nobody_of_the_customers_is_asked_to_be_on_call_for_what_they_did_not_declare(office: Office) -> None:
    assert opened(office, NOTICED, ENGINEER).case.commitment is None
    assert opened(office, P1, ENGINEER).case.commitment is None


def test_what_the_customer_told_on_the_telephone_is_a_report_with_all_that_it_asks(office: Office) -> None:
    with pytest.raises(Invalid) as missing:
        opened(office, replace(NOTICED, detected=False), ENGINEER)
    assert set(missing.value.fields) == {"consent", "available"}

    case = opened(office, replace(P1, detected=False), ENGINEER).case
    assert not case.detected
    assert case.commitment is not None


def test_a_message_of_the_customers_is_a_report_and_one_of_our_own_is_not(office: Office) -> None:
    assert not from_message(office, DANA, P1).detected


@pytest.mark.parametrize("author", [ENG, FRANK.person])
def test_a_case_from_our_own_message_was_noticed_by_us(office: Office, author: Person) -> None:
    assert from_message(office, author).detected


def test_a_customer_never_opens_one_that_we_noticed(office: Office) -> None:
    assert not opened(office, replace(P1, detected=True), CUSTOMER).case.detected


def test_in_a_channel_of_several_customers_support_is_asked_for_whom(office: Office) -> None:
    intake = office.reception.begin("C0BOTH", ENGINEER, NOON)
    shown = office.reception.preview(intake.id, ENGINEER, NOTICED, NOON)
    assert not shown.account_known
    assert shown.product is None
    with pytest.raises(Invalid) as missing:
        office.reception.open(intake.id, ENGINEER, NOTICED, NOON)
    assert missing.value.fields == {"account": "Which customer is it for?"}

    acme = next(account.id for account in shown.accounts if account.name == "Acme")
    result = office.reception.open(intake.id, ENGINEER, replace(NOTICED, account=acme), NOON)
    assert isinstance(result, Opened)
    assert result.case.account_name == "Acme"
