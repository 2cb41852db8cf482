"""From a customer's words to an open case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.case import State
from cases.case_parts import SourceMessage
from cases.errors import Invalid, NotFound, Refused
from cases.intake import Declined, Form, Opened
from cases.people import Actor, Person
from cases.says import SayKind
from tests.builders import BOB, CUSTOMER, DANA, ENG, ENGINEER, NOON
from tests.desk.conftest import Office

BORIS = Actor(Person("U0BORIS", "T0BOLT"))
OLGA = Actor(Person("U0OLGA", "T0ORCHARD"))
MESSAGE = SourceMessage("C0ACME", f"{int(NOON.timestamp()) - 600}.000100", DANA, "Nobody gets in", "https://x/1")
P1 = Form(
    title="Nobody can sign in",
    details="Since noon, all offices.",
    product="service",
    answers=(("reach", "none"),),
    consent=True,
    available=CUSTOMER,
    backup=Actor(BOB),
)


def opened(office: Office, form: Form = P1, actor: Actor = CUSTOMER, channel: str = "C0ACME") -> Opened:
    intake = office.reception.begin(channel, actor, NOON)
    result = office.reception.open(intake.id, actor, form, NOON)
    assert isinstance(result, Opened)
    return result


def test_the_answers_lead_to_a_priority_and_an_exact_deadline_before_anything_is_submitted(office: Office) -> None:
    intake = office.reception.begin("C0ACME", CUSTOMER, NOON)

    shown = office.reception.preview(intake.id, CUSTOMER, replace(P1, priority=None), NOON)

    assert shown.recommended == 1
    assert shown.due_at == NOON + timedelta(hours=1)
    assert shown.promise is not None
    assert shown.promise.commitment is not None


def test_choice_and_recommendation_are_both_kept(office: Office) -> None:
    case = opened(office, replace(P1, priority=3, consent=False, available=None, backup=None)).case

    assert (case.recommended, case.promise.priority) == (1, 3)
    assert case.due_at == NOON + timedelta(hours=2)
    assert case.commitment is None
    with office.units() as uow:
        history = [(entry.what, entry.why) for entry in uow.cases.history(case.number)]
    assert ("recommended", "priority 1; 3 was chosen") in history


def test_a_commitment_needs_the_box_ticked_and_somebody_of_the_customers_named(office: Office) -> None:
    intake = office.reception.begin("C0ACME", CUSTOMER, NOON)

    with pytest.raises(Invalid) as missing:
        office.reception.open(intake.id, CUSTOMER, replace(P1, consent=False, available=None), NOON)
    assert set(missing.value.fields) == {"consent", "available"}

    with pytest.raises(Invalid) as wrong:
        office.reception.open(intake.id, CUSTOMER, replace(P1, available=ENGINEER, backup=BORIS), NOON)
    assert set(wrong.value.fields) == {"available", "backup"}


def test_a_form_submitted_twice_opens_one_case_and_is_answered_the_same(office: Office) -> None:
    intake = office.reception.begin("C0ACME", CUSTOMER, NOON)
    first = office.reception.open(intake.id, CUSTOMER, P1, NOON)
    again = office.reception.open(intake.id, CUSTOMER, P1, NOON)

    assert isinstance(first, Opened)
    assert isinstance(again, Opened)
    assert again == first


def test_other_words_sent_from_the_same_form_are_told_that_nothing_was_added(office: Office) -> None:
    intake = office.reception.begin("C0ACME", CUSTOMER, NOON)
    office.reception.open(intake.id, CUSTOMER, P1, NOON)
    again = office.reception.open(intake.id, CUSTOMER, replace(P1, details="Something else."), NOON)

    assert isinstance(again, Opened)
    assert again.existing


def test_two_people_opening_from_one_message_find_the_same_case(office: Office) -> None:
    first = office.reception.begin("C0ACME", CUSTOMER, NOON, MESSAGE)
    second = office.reception.begin("C0ACME", ENGINEER, NOON, MESSAGE)
    one = office.reception.open(first.id, CUSTOMER, P1, NOON)
    two = office.reception.open(second.id, ENGINEER, P1, NOON)

    assert isinstance(one, Opened)
    assert isinstance(two, Opened)
    assert two.existing
    assert two.case.number == one.case.number


def test_the_messages_own_time_starts_the_clock_unless_support_chooses_now(office: Office) -> None:
    intake = office.reception.begin("C0ACME", ENGINEER, NOON, MESSAGE)

    assert office.reception.preview(intake.id, ENGINEER, P1, NOON).started_at == NOON - timedelta(minutes=10)
    now = replace(P1, start_now=True)
    assert office.reception.preview(intake.id, ENGINEER, now, NOON).started_at == NOON
    assert office.reception.preview(intake.id, CUSTOMER, now, NOON).started_at == NOON - timedelta(minutes=10)


def test_when_the_clock_starts_is_kept_in_the_history_as_support_chose(office: Office) -> None:
    intake = office.reception.begin("C0ACME", ENGINEER, NOON, MESSAGE)
    now = office.reception.open(intake.id, ENGINEER, replace(P1, start_now=True), NOON)

    assert isinstance(now, Opened)
    assert now.case.started_at == NOON
    _, history = office.lookup.case(now.case.number, ENGINEER, "C0ACME")
    assert "now, by support's choice" in [entry.why for entry in history if entry.what == "started"]


def test_a_shared_channel_resolves_by_the_persons_team(office: Office) -> None:
    acme = office.reception.begin("C0BOTH", CUSTOMER, NOON)
    bolt = office.reception.begin("C0BOTH", BORIS, NOON)

    assert office.reception.preview(acme.id, CUSTOMER, Form(), NOON).account.name == "Acme"
    assert office.reception.preview(bolt.id, BORIS, Form(), NOON).account.name == "Bolt"


def test_nobody_fills_another_customers_form(office: Office) -> None:
    intake = office.reception.begin("C0ACME", CUSTOMER, NOON)

    with pytest.raises(Refused):
        office.reception.open(intake.id, BORIS, P1, NOON)
    with pytest.raises(NotFound):
        office.reception.preview("made-up", CUSTOMER, P1, NOON)


def test_a_strangers_choice_of_account_or_priority_is_not_taken(office: Office) -> None:
    intake = office.reception.begin("C0BOTH", CUSTOMER, NOON)

    shown = office.reception.preview(intake.id, CUSTOMER, replace(P1, account=2, priority=99), NOON)

    assert shown.account.name == "Acme"
    assert shown.priority is None


def test_an_unlinked_channel_says_how_to_link_it(office: Office) -> None:
    with pytest.raises(Refused, match="/case setup"):
        office.reception.begin("C0NEW", CUSTOMER, NOON)


def test_oko_opens_by_kind_and_is_due_after_the_holiday_weekend(office: Office) -> None:
    thursday = datetime(2026, 7, 2, 20, 0, tzinfo=UTC)  # 16:00 in New York; Friday is Independence Day as observed
    intake = office.reception.begin("C0ORCHARD", OLGA, thursday)
    form = Form(title="How do I add a field?", details="In the form editor.", kind="product-support")

    result = office.reception.open(intake.id, OLGA, form, thursday)

    assert isinstance(result, Opened)
    assert result.case.due_at == datetime(2026, 7, 6, 20, 0, tzinfo=UTC)
    assert result.case.promise.resolution


def test_what_is_out_of_scope_is_explained_or_handed_to_a_manager(office: Office) -> None:
    intake = office.reception.begin("C0ORCHARD", OLGA, NOON)
    ask = Form(title="Build us a portal", details="With our logo.", kind="customization")

    result = office.reception.open(intake.id, OLGA, ask, NOON)
    assert isinstance(result, Declined)
    assert result.handed_over
    office.reception.open(intake.id, OLGA, ask, NOON)
    assert [say.channel for say in office.unsent()] == ["C0MANAGERS"]

    other = office.reception.begin("C0ORCHARD", OLGA, NOON)
    explained = office.reception.open(other.id, OLGA, replace(ask, kind="business-advice"), NOON)
    assert isinstance(explained, Declined)
    assert not explained.handed_over
    assert explained.explanation


def test_auth0_covers_production_tenants_only(office: Office) -> None:
    intake = office.reception.begin("C0BOLT", BORIS, NOON)
    form = Form(title="Slow", details="Logins are slow.", tenant="dev-bolt", production=False)

    assert isinstance(office.reception.open(intake.id, BORIS, form, NOON), Declined)


def test_opening_posts_both_cards_and_asks_the_person_named(office: Office) -> None:
    case = opened(office).case

    assert case.state is State.OPEN
    with office.units() as uow:
        cards = uow.outbox.said(case.number, SayKind.CARD)
        (asked,) = uow.outbox.said(case.number, SayKind.CHECK_IN)
    assert [card.channel for card in cards] == ["C0ACME", "C0TRIAGE"]
    assert asked.body["to"] == DANA.user


def test_what_was_typed_with_the_command_is_kept_even_if_the_form_says_less(office: Office) -> None:
    intake = office.reception.begin("C0ACME", CUSTOMER, NOON, text="x" * 5000)
    result = office.reception.open(intake.id, CUSTOMER, P1, NOON)

    assert isinstance(result, Opened)
    with office.units() as uow:
        assert "x" * 5000 in [entry.why for entry in uow.cases.history(result.case.number)]


def test_support_opens_for_the_messages_author(office: Office) -> None:
    boris_wrote = replace(MESSAGE, channel="C0BOTH", author=BORIS.person)
    intake = office.reception.begin("C0BOTH", ENGINEER, NOON, boris_wrote)

    shown = office.reception.preview(intake.id, ENGINEER, Form(), NOON)

    assert shown.account.name == "Bolt"
    assert len(shown.accounts) == 2
    assert shown.may_start_now
    assert ENG.team == "T0HOST"
