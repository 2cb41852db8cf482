"""A customer asks for another priority; support grants or refuses it with a word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case
from cases.errors import Invalid, NotFound, Refused
from cases.people import Actor
from cases.queues import Post
from cases.says import Note, Say, SayKind
from cases.wishes import WishForm
from tests.builders import BOB, CUSTOMER, DANA, ENG, ENGINEER, NOON
from tests.desk.conftest import Office
from tests.desk.test_reception import BORIS, P1, opened

MINUTE = timedelta(minutes=1)
P3 = replace(P1, priority=3, consent=False, available=None, backup=None)
UP = WishForm(2, "Now a whole office is out.")
TO_1 = WishForm(1, "Nobody gets in.", consent=True, available=CUSTOMER, backup=Actor(BOB))


@pytest.fixture
def case(office: Office) -> Case:
    """Acme's, at Priority 3: a first answer is due after two hours."""
    return opened(office, P3).case


def stored(office: Office, case: Case) -> Case:
    with office.units() as uow:
        return uow.cases.get(case.number)


def wish(office: Office, case: Case, form: WishForm = UP, minutes: int = 1) -> int:
    """The revision by which it is granted or refused."""
    wished = office.wishes.wish(case.number, form, CUSTOMER, "C0ACME", NOON + minutes * MINUTE).wish
    assert wished is not None
    return wished.revision


def said(office: Office, case: Case) -> list[tuple[str, str]]:
    """Notes and wishes posted, with their channels."""
    with office.units() as uow:
        says = [*uow.outbox.said(case.number, SayKind.NOTE), *uow.outbox.said(case.number, SayKind.WISH)]
    return [(str(say.body.get("note", say.kind)), say.channel) for say in says]


def settled(office: Office) -> list[tuple[object, object]]:
    """Wishes redrawn without their buttons: which one, and what became of it."""
    says: list[Say] = []
    with office.units() as uow:
        while taken := uow.outbox.claim(NOON, 100, ()):
            for each in taken:
                uow.outbox.sent(each.id, Post(each.say.channel, f"{each.id}.1"), NOON)
                says.append(each.say)
    found = [say for say in says if say.kind is SayKind.WISH and say.updates]
    return [(say.body["wish"], say.body["outcome"]) for say in found]


def test_both_sides_hear_of_a_wish_and_nothing_changes_yet(office: Office, case: Case) -> None:
    wish(office, case)

    after = stored(office, case)
    assert (after.promise.priority, after.due_at) == (3, case.due_at)
    assert after.wish is not None
    assert (after.wish.label, after.wish.by) == ("Priority 2", DANA)
    assert said(office, case) == [(Note.WISHED, "C0ACME"), (SayKind.WISH, "C0TRIAGE")]


def test_granted_it_changes_as_any_change_of_priority_for_the_customers_reason(office: Office, case: Case) -> None:
    revision = wish(office, case, TO_1)
    granted = office.wishes.grant(case.number, revision, ENGINEER, NOON + 10 * MINUTE)

    assert (granted.promise.priority, granted.due_at) == (1, NOON + 70 * MINUTE)
    assert granted.wish is None
    _, history = office.lookup.case(case.number, CUSTOMER, "C0ACME")
    assert tuple(entry.what for entry in history if entry.who == ENG) == ("wish-granted", "reprioritised")
    assert history[-1].why == "Priority 3 → Priority 1: Nobody gets in."


def test_the_commitment_is_agreed_to_in_the_wish_and_begins_when_it_is_granted(office: Office, case: Case) -> None:
    with pytest.raises(Invalid) as missing:
        wish(office, case, WishForm(1, "Nobody gets in."))
    assert set(missing.value.fields) == {"consent", "available"}
    with pytest.raises(Invalid) as wrong:
        wish(office, case, replace(TO_1, available=ENGINEER, backup=BORIS))
    assert set(wrong.value.fields) == {"available", "backup"}

    revision = wish(office, case, TO_1)
    assert stored(office, case).commitment is None
    commitment = office.wishes.grant(case.number, revision, ENGINEER, NOON + 10 * MINUTE).commitment

    assert commitment is not None
    assert (commitment.available, commitment.backup, commitment.consented_by) == (DANA, BOB, DANA)
    with office.units() as uow:
        (ask,) = uow.outbox.said(case.number, SayKind.CHECK_IN)
        assert [timer.key for timer in uow.timers.of_case(case.number) if timer.key == "check-in:2"]
    assert (ask.body["step"], ask.body["to"]) == ("ask", DANA.user)


def test_refused_it_stays_and_the_customer_reads_why(office: Office, case: Case) -> None:
    revision = wish(office, case)
    with pytest.raises(Invalid, match="why does the priority stay"):
        office.wishes.refuse(case.number, revision, " ", ENGINEER, NOON + 2 * MINUTE)
    refused = office.wishes.refuse(case.number, revision, "One office has a way around.", ENGINEER, NOON + 2 * MINUTE)

    assert (refused.promise.priority, refused.wish) == (3, None)
    assert (Note.WISH_REFUSED, "C0ACME") in said(office, case)
    assert settled(office) == [(revision, "refused")]


def test_a_second_wish_takes_the_place_of_the_first_whose_buttons_decide_nothing(office: Office, case: Case) -> None:
    first = wish(office, case)
    second = wish(office, case, TO_1)
    with pytest.raises(Refused, match="replaced by a newer one"):
        office.wishes.grant(case.number, first, ENGINEER, NOON + 3 * MINUTE)

    assert settled(office) == [(first, "replaced")]
    assert office.wishes.grant(case.number, second, ENGINEER, NOON + 3 * MINUTE).promise.priority == 1


def test_a_wish_ends_when_support_changes_the_priority_itself(office: Office, case: Case) -> None:
    revision = wish(office, case)
    office.desk.reprioritise(case.number, 4, "only a question", ENGINEER, NOON + 2 * MINUTE)

    assert stored(office, case).wish is None
    assert settled(office) == [(revision, "overtaken")]
    with pytest.raises(Refused, match="Nothing is asked"):
        office.wishes.grant(case.number, revision, ENGINEER, NOON + 3 * MINUTE)


def test_a_wish_ends_with_its_case(office: Office, case: Case) -> None:
    revision = wish(office, case)
    office.desk.resolve(case.number, "Fixed.", ENGINEER, NOON + 2 * MINUTE, case.promise.solutions[0].id)

    assert stored(office, case).wish is None
    assert settled(office) == [(revision, "done")]
    with pytest.raises(Refused):
        wish(office, case)


@pytest.mark.parametrize(
    ("form", "field"),
    [(WishForm(reason="because"), "priority"), (WishForm(2), "reason"), (WishForm(2, "x" * 1001), "reason")],
)
def test_a_wish_that_lacks_something_says_what(office: Office, case: Case, form: WishForm, field: str) -> None:
    with pytest.raises(Invalid) as missing:
        wish(office, case, form)
    assert set(missing.value.fields) == {field}


def test_only_the_cases_own_people_ask_and_only_support_decides(office: Office, case: Case) -> None:
    for channel in ("C0ACME", "C0BOTH"):
        with pytest.raises(NotFound):
            office.wishes.wish(case.number, UP, BORIS, channel, NOON)
    with pytest.raises(Refused, match="change it yourself"):
        office.wishes.preview(case.number, 2, ENGINEER, "C0ACME", NOON)
    with pytest.raises(Refused, match="already"):
        wish(office, case, WishForm(3, "as it is"))

    revision = wish(office, case)
    for decide in (
        lambda: office.wishes.grant(case.number, revision, CUSTOMER, NOON),
        lambda: office.wishes.refuse(case.number, revision, "no", CUSTOMER, NOON),
        lambda: office.wishes.undecided(case.number, revision, CUSTOMER),
    ):
        with pytest.raises(Refused, match="Only the support team"):
            decide()
    assert stored(office, case).wish is not None
