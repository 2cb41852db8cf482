"""Links between cases, notes for the team, and finding cases again: what crosses to whom, and what never does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.case_parts import Link
from cases.errors import NotFound, Refused
from cases.finding import Search, search_of
from cases.people import Actor, Person
from cases.says import Note, SayKind
from tests.builders import CUSTOMER, ENGINEER, NOON
from tests.desk.conftest import Office
from tests.desk.test_reception import BORIS, P1, opened

MINUTE = timedelta(minutes=1)
P3 = replace(P1, priority=3, consent=False, available=None, backup=None)
BOLTS = replace(
    P3, title="Login fails at Bolt", product=None, priority=None, tenant="bolt-eu", production=True, answers=()
)


@pytest.fixture
def first(office: Office) -> Case:
    """Acme's C-1."""
    return opened(office, P3).case


@pytest.fixture
def second(office: Office, first: Case) -> Case:
    """Acme's C-2."""
    return opened(office, replace(P3, title="Sign-in page hangs")).case


@pytest.fixture
def bolts(office: Office, second: Case) -> Case:
    """Bolt's C-3, in its own channel."""
    return opened(office, replace(BOLTS, answers=(), priority=2), BORIS, "C0BOLT").case


def stored(office: Office, case: Case) -> Case:
    with office.units() as uow:
        return uow.cases.get(case.number)


def told(office: Office, case: Case) -> str:
    """All that was said in the customer's channel of a case."""
    with office.units() as uow:
        says = [say for kind in (SayKind.NOTE, SayKind.SOLUTION) for say in uow.outbox.said(case.number, kind)]
    return "\n".join(str(dict(say.body)) for say in says if say.channel == case.channel)


def test_related_cases_know_of_each_other_and_go_on(office: Office, first: Case, second: Case) -> None:
    office.casework.link(second.number, first.number, "related", ENGINEER, NOON + MINUTE)

    assert stored(office, second).links == (Link("related", first.number),)
    assert stored(office, first).links == (Link("related", second.number),)
    assert stored(office, second).waits_for_response
    assert told(office, second) == ""


def test_a_duplicate_ends_its_own_clocks_and_points_its_customer_to_the_other(
    office: Office, first: Case, second: Case
) -> None:
    office.casework.link(second.number, first.number, "duplicate", ENGINEER, NOON + MINUTE)

    ended = stored(office, second)
    assert ended.state is State.OFFERED
    assert ended.links == (Link("duplicate", first.number),)
    assert stored(office, first).links == (Link("duplicated", second.number),)
    assert stored(office, first).waits_for_response
    with office.units() as uow:
        assert not [timer.key for timer in uow.timers.of_case(second.number) if timer.key.startswith("rung")]
    assert "the same trouble as C-1" in told(office, second)


def test_of_another_customers_case_the_duplicates_customer_reads_nothing(
    office: Office, first: Case, bolts: Case
) -> None:
    office.casework.link(bolts.number, first.number, "duplicate", ENGINEER, NOON + MINUTE)

    read = told(office, bolts)
    assert "under another number" in read
    assert "C-1" not in read
    assert "Acme" not in read
    _, history = office.lookup.case(bolts.number, BORIS, "C0BOLT")
    assert [entry.what for entry in history if "C-1" in entry.why] == ["linked"]


def test_a_link_that_makes_no_sense_says_why(office: Office, first: Case, second: Case, bolts: Case) -> None:
    link = office.casework.link
    with pytest.raises(Refused, match="to itself"):
        link(1, 1, "related", ENGINEER, NOON)
    with pytest.raises(NotFound):
        link(1, 99, "related", ENGINEER, NOON)
    with pytest.raises(Refused, match="Only the support team"):
        link(1, 2, "related", CUSTOMER, NOON)
    link(2, 1, "duplicate", ENGINEER, NOON)
    with pytest.raises(Refused, match="a duplicate of C-1 already"):
        link(2, 1, "duplicate", ENGINEER, NOON)
    with pytest.raises(Refused, match="a duplicate itself, of C-1"):
        link(3, 2, "duplicate", ENGINEER, NOON)
    office.desk.resolve(1, "Fixed.", ENGINEER, NOON, first.promise.solutions[0].id)
    with pytest.raises(Refused, match="nobody would go on"):
        link(3, 1, "duplicate", ENGINEER, NOON)
    assert stored(office, bolts).waits_for_response


def test_another_link_between_the_same_two_takes_the_place_of_the_first(
    office: Office, first: Case, second: Case
) -> None:
    office.casework.link(2, 1, "related", ENGINEER, NOON)
    office.casework.link(2, 1, "duplicate", ENGINEER, NOON)
    assert stored(office, second).links == (Link("duplicate", 1),)
    assert stored(office, first).links == (Link("duplicated", 2),)


def test_a_link_is_taken_back_on_both_and_what_came_of_it_stays(office: Office, first: Case, second: Case) -> None:
    office.casework.link(1, 2, "related", ENGINEER, NOON)
    office.casework.unlink(2, 1, ENGINEER, NOON)
    assert stored(office, first).links == stored(office, second).links == ()
    for number, entry in ((1, "related to C-2"), (2, "related to C-1")):
        with office.units() as uow:
            assert ("unlinked", entry) in [(entry.what, entry.why) for entry in uow.cases.history(number)]

    office.casework.link(2, 1, "duplicate", ENGINEER, NOON)
    office.casework.unlink(1, 2, ENGINEER, NOON)
    assert stored(office, first).links == stored(office, second).links == ()
    assert stored(office, second).state is State.OFFERED


def test_only_support_takes_back_a_link_that_is_there(office: Office, first: Case, second: Case) -> None:
    with pytest.raises(Refused, match="aren't linked"):
        office.casework.unlink(1, 2, ENGINEER, NOON)
    with pytest.raises(NotFound):
        office.casework.unlink(1, 99, ENGINEER, NOON)
    office.casework.link(1, 2, "related", ENGINEER, NOON)
    with pytest.raises(Refused, match="Only the support team"):
        office.casework.unlink(1, 2, CUSTOMER, NOON)
    assert stored(office, first).links == (Link("related", 2),)


def test_a_note_stays_with_the_team(office: Office, first: Case) -> None:
    office.casework.note(first.number, "They test it on Monday.", ENGINEER, NOON + MINUTE)

    with office.units() as uow:
        (note,) = uow.outbox.said(first.number, SayKind.NOTE)
        (entry,) = [entry for entry in uow.cases.history(first.number) if entry.what == "noted"]
    assert (note.channel, note.body["note"], note.body["text"]) == ("C0TRIAGE", Note.NOTED, "They test it on Monday.")
    assert entry.why == "They test it on Monday."
    assert stored(office, first).waits_for_response


def test_a_note_of_the_assignees_shows_that_they_are_at_work(office: Office, first: Case) -> None:
    office.desk.claim(first.number, ENGINEER, NOON)
    noted = office.casework.note(first.number, "Reading the logs.", ENGINEER, NOON + 10 * MINUTE)
    assert noted.active_at == NOON + 10 * MINUTE


@pytest.mark.parametrize(("words", "said"), [("  ", "What should the note say"), ("x" * 2001, "2,001")])
def test_a_note_that_says_nothing_or_too_much_is_not_taken(office: Office, first: Case, words: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        office.casework.note(first.number, words, ENGINEER, NOON)
    with pytest.raises(Refused, match="Only the support team"):
        office.casework.note(first.number, "hello", CUSTOMER, NOON)


def numbers(office: Office, text: str, actor: Actor, channel: str) -> list[int]:
    return [case.number for case in office.lookup.find(search_of(text), actor, channel).cases]


def test_support_finds_everywhere_and_a_customer_only_their_own(office: Office, bolts: Case) -> None:
    assert numbers(office, "state:open", ENGINEER, "C0TRIAGE") == [3, 2, 1]
    assert numbers(office, "state:open", ENGINEER, "C0ACME") == [3, 2, 1]
    for channel in ("C0ACME", "C0BOTH"):
        assert numbers(office, "state:open", CUSTOMER, channel) == [2, 1]
    assert numbers(office, "account:Bolt", CUSTOMER, "C0BOTH") == []
    assert numbers(office, "state:open", BORIS, "C0BOTH") == [3]
    assert numbers(office, "state:open", BORIS, "C0ACME") == []
    assert numbers(office, "state:open", Actor(Person("U0X", "T0X")), "C0TRIAGE") == []


def test_my_own_and_nobodys(office: Office, first: Case, second: Case) -> None:
    office.desk.claim(second.number, ENGINEER, NOON)
    assert numbers(office, "assignee:me", ENGINEER, "C0TRIAGE") == [2]
    assert numbers(office, "assignee:nobody", ENGINEER, "C0TRIAGE") == [1]
    assert office.lookup.find(Search(assignee=ENGINEER.person.user), CUSTOMER, "C0ACME").total == 1
