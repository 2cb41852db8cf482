"""A request that the programme doesn't cover, left with the team: nothing runs, and nothing is said twice."""

from dataclasses import replace

import pytest

from cases.errors import Invalid
from cases.intake import Declined, Form
from cases.people import Actor, Person
from cases.says import SayKind
from tests.builders import NOON
from tests.desk.conftest import Office

BORIS = Actor(Person("U0BORIS", "T0BOLT"))
DEV = Form(title=" Login page is blank ", details="Since the test deploy.", tenant="bolt-dev", production=False)


def left(office: Office, *forms: Form) -> list[Declined]:
    intake = office.reception.begin("C0BOLT", BORIS, NOON)
    outcomes = [office.reception.open(intake.id, BORIS, form, NOON) for form in forms]
    return [outcome for outcome in outcomes if isinstance(outcome, Declined)]


def test_it_reaches_the_triage_channel_and_opens_no_case(office: Office) -> None:
    (outcome,) = left(office, DEV)
    assert (outcome.left, outcome.handed_over) == (True, False)
    assert "in production" in outcome.explanation
    (say,) = office.unsent()
    assert (say.kind, say.channel, say.case) == (SayKind.LEFT_REQUEST, "C0TRIAGE", None)
    assert (say.body["title"], say.body["tenant"], say.body["user"]) == ("Login page is blank", "bolt-dev", "U0BORIS")
    with office.units() as uow:
        assert list(uow.cases.listing()) == []
        assert uow.timers.next_due_at() is None


def test_sent_again_it_is_left_once(office: Office) -> None:
    assert len(left(office, DEV, DEV)) == 2
    with office.units() as uow:
        (first,) = uow.outbox.claim(NOON, 10, ())
        uow.outbox.sent(first.id, None, NOON)
        assert list(uow.outbox.claim(NOON, 10, ())) == []


def test_it_needs_a_title_and_nothing_else(office: Office) -> None:
    with pytest.raises(Invalid) as missing:
        left(office, replace(DEV, title=" "))
    assert set(missing.value.fields) == {"title"}
    assert len(left(office, replace(DEV, details="", tenant=""))) == 1


def test_the_same_form_about_production_opens_a_case_after_all(office: Office) -> None:
    changed = replace(DEV, production=True, answers=(("impact", "question"),))
    assert len(left(office, DEV, changed)) == 1
    with office.units() as uow:
        assert len(uow.cases.listing()) == 1
