"""A case's life at the desk: who may do what, and what the others read of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.errors import FiringFailed, NotFound, Refused
from cases.people import Actor, Person
from cases.queues import Post, Received
from cases.says import Note, SayKind
from tests.builders import BOB, CUSTOMER, DANA, ENG, ENGINEER, NOON
from tests.desk.conftest import Office
from tests.desk.test_reception import BORIS, P1, opened

MINUTE = timedelta(minutes=1)


def notes(office: Office, case: Case) -> list[str]:
    with office.units() as uow:
        return [str(say.body["note"]) for say in uow.outbox.said(case.number, SayKind.NOTE)]


def stored(office: Office, case: Case) -> Case:
    with office.units() as uow:
        return uow.cases.get(case.number)


def pending(office: Office, case: Case) -> list[str]:
    with office.units() as uow:
        return [timer.key for timer in uow.timers.of_case(case.number)]


def fire(office: Office, minutes: float) -> int:
    def firings() -> Iterator[bool]:
        while office.timekeeping.fire_next(NOON + minutes * MINUTE):
            yield True

    return sum(firings())


def test_claiming_stops_the_ladder_and_tells_the_customer_who(office: Office) -> None:
    case = opened(office).case
    office.desk.claim(case.number, ENGINEER, NOON + MINUTE)

    assert stored(office, case).assignee == ENG
    assert not [key for key in pending(office, case) if key.startswith("rung")]
    assert notes(office, case) == [Note.CLAIMED]
    assert fire(office, 15) == 0


def post_card_to_triage(office: Office) -> None:
    """As the sender would: the card stands in the triage channel as message 1.1."""
    with office.units() as uow:
        card = next(one for one in uow.outbox.claim(NOON, 9, ()) if one.say.channel == "C0TRIAGE")
        uow.outbox.sent(card.id, Post("C0TRIAGE", "1.1"), NOON)


def test_a_customer_claims_nothing_and_is_told_so_once(office: Office) -> None:
    case = opened(office).case
    post_card_to_triage(office)
    with pytest.raises(Refused, match="support team"):
        office.desk.claim(case.number, CUSTOMER, NOON)

    for _ in range(2):
        office.desk.claim_by_reaction("C0TRIAGE", "1.1", CUSTOMER, NOON)

    assert stored(office, case).state is State.OPEN
    (refusal,) = [say for say in office.unsent() if say.only_for]
    assert (refusal.only_for, refusal.body["note"]) == (DANA.user, Note.CLAIM_REFUSED)


def test_the_same_event_delivered_twice_acts_once(office: Office) -> None:
    case = opened(office).case
    post_card_to_triage(office)
    with office.units() as uow:
        uow.inbox.put(Received("Ev1", {}, NOON))

    office.desk.claim_by_reaction("C0TRIAGE", "1.1", ENGINEER, NOON + MINUTE, "Ev1")
    office.desk.give_back_by_reaction("C0TRIAGE", "1.1", ENGINEER, NOON + 2 * MINUTE)
    office.desk.claim_by_reaction("C0TRIAGE", "1.1", ENGINEER, NOON + MINUTE, "Ev1")

    assert stored(office, case).assignee is None


def test_each_rung_goes_out_once_and_claiming_afterwards_redraws_it(office: Office) -> None:
    case = opened(office).case
    assert fire(office, 29.9) == 0
    assert fire(office, 30) == 2  # the rung, and the backup of the unanswered check-in
    assert fire(office, 30) == 0
    office.desk.claim(case.number, ENGINEER, NOON + 40 * MINUTE)

    with office.units() as uow:
        escalations = uow.outbox.said(case.number, SayKind.ESCALATION)
    assert [(say.channel, say.body["share"]) for say in escalations] == [("C0TRIAGE", 50)]


def test_lowering_the_priority_replans_everything_and_tells_why(office: Office) -> None:
    case = opened(office).case
    lowered = office.desk.reprioritise(case.number, 3, "a workaround holds", ENGINEER, NOON + 10 * MINUTE)

    assert lowered.due_at == NOON + timedelta(hours=2)
    assert lowered.commitment is None
    assert pending(office, case) == ["rung:2:50", "rung:2:75", "rung:2:90", "rung:2:100"]
    assert notes(office, case) == [Note.REPRIORITISED, Note.REPRIORITISED]


@pytest.mark.parametrize(
    ("priority", "reason", "said"),
    [(7, "because", "7 is none of them"), (1, "because", "already"), (2, "  ", "reason"), (2, "x" * 1001, "1,001")],
)
def test_a_change_of_priority_that_makes_no_sense_says_why(
    office: Office, priority: int, reason: str, said: str
) -> None:
    case = opened(office).case
    with pytest.raises(Refused, match=said):
        office.desk.reprioritise(case.number, priority, reason, ENGINEER, NOON)
    assert stored(office, case).promise.priority == 1


def test_only_support_changes_priorities_and_resolves(office: Office) -> None:
    case = opened(office).case
    with pytest.raises(Refused):
        office.desk.reprioritise(case.number, 3, "please", CUSTOMER, NOON)
    with pytest.raises(Refused):
        office.desk.resolve(case.number, "done", CUSTOMER, NOON)


def test_a_solution_offered_ends_every_timer_but_the_closing(office: Office) -> None:
    case = opened(office).case
    office.desk.resolve(case.number, "The certificate had expired; it is renewed.", ENGINEER, NOON + MINUTE)

    assert stored(office, case).state is State.OFFERED
    assert pending(office, case) == ["close:1"]
    with pytest.raises(Refused, match="has a solution offered already"):
        office.desk.resolve(case.number, "again", ENGINEER, NOON + MINUTE)


def test_the_commitment_to_its_end(office: Office) -> None:
    case = opened(office).case
    fire(office, 30)
    fire(office, 60)
    with office.units() as uow:
        steps = [say.body["step"] for say in uow.outbox.said(case.number, SayKind.CHECK_IN)]
    assert steps == ["ask", "backup", "managers"]

    office.availability.confirm(case.number, Actor(BOB), "C0ACME", NOON + 70 * MINUTE)
    assert [key for key in pending(office, case) if "repeat" not in key] == ["check-in:2"]
    office.availability.hand_over(case.number, Actor(BOB), CUSTOMER, "C0ACME", NOON + 80 * MINUTE)
    after = stored(office, case).commitment
    assert after is not None
    assert (after.available, after.backup, after.check_in) == (BOB, None, 2)


def test_another_customer_sees_confirms_and_hands_over_nothing(office: Office) -> None:
    case = opened(office).case
    for channel in ("C0ACME", "C0BOTH", "C0BOLT"):
        with pytest.raises(NotFound):
            office.lookup.case(case.number, BORIS, channel)
        with pytest.raises(NotFound):
            office.availability.confirm(case.number, BORIS, channel, NOON)
    with pytest.raises(Refused, match="customer's people"):
        office.availability.hand_over(case.number, BORIS, CUSTOMER, "C0ACME", NOON)
    assert office.lookup.listing(BORIS, "C0BOTH") == []
    assert [seen.number for seen in office.lookup.listing(CUSTOMER, "C0BOTH")] == [case.number]


def test_the_promise_of_an_open_case_does_not_change_with_the_policy_file(office: Office) -> None:
    case = opened(office).case
    with office.units() as uow:
        account = uow.accounts.get(case.account)
        uow.accounts.put(replace(account, plan="basic"))

    assert stored(office, case).promise.target == "1h"
    assert fire(office, 30) == 2


def test_a_timer_that_fails_is_put_off_and_holds_nobody_up(office: Office) -> None:
    first, second = opened(office).case, opened(office).case
    with office.units() as uow:
        broken = uow.cases.get(first.number)
        ladder = replace(broken.promise.ladder, rungs=())
        changed = replace(broken, promise=replace(broken.promise, ladder=ladder), repeated_at=NOON)
        timers = uow.timers.of_case(first.number)
        uow.save(changed, timers, (), ())

    with pytest.raises(FiringFailed):
        fire(office, 31)
    assert fire(office, 31) >= 1
    with office.units() as uow:
        assert uow.outbox.said(second.number, SayKind.ESCALATION)
        assert uow.timers.of_case(first.number)


def test_why_a_deadline_is_what_it_is_can_be_asked_by_its_customer(office: Office) -> None:
    case = opened(office).case
    explanation = office.lookup.explain(case.number, CUSTOMER, "C0ACME")

    assert explanation.stretches[-1].end == case.due_at
    assert any(entry.what == "answered" for entry in explanation.history)
    assert explanation.case.opened_by == DANA == Person("U0DANA", "T0ACME", "Dana")
    assert P1.title == explanation.case.title
