"""A case's end at the desk: offered, confirmed, reopened, rated, closed; and whose word each of these is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.case import Case, State
from cases.case_parts import ResponseBy
from cases.errors import Invalid, NotFound, Refused
from cases.intake import Form
from cases.people import Actor
from cases.policy import ClosingRule
from cases.responding import written
from cases.says import Note, SayKind
from cases.solving import closed
from cases.timers import planned_timers
from tests.builders import BOB, CUSTOMER, ENG, ENG2, ENGINEER, NOON, calendar
from tests.desk.conftest import Office
from tests.desk.test_desk import MINUTE, fire, notes, pending, stored
from tests.desk.test_reception import BORIS, OLGA, P1, opened

WEEK = timedelta(days=7)
FIXED = "The certificate had expired; it is renewed."
P2 = replace(P1, priority=2, consent=False, available=None, backup=None)
SEVERITY_4 = Form(
    title="How?", details="How do we log out?", tenant="eu", production=True, answers=(("impact", "information"),)
)


def offered(office: Office, form: Form = P1, channel: str = "C0ACME") -> Case:
    case = opened(office, form, channel=channel).case
    office.desk.claim(case.number, ENGINEER, NOON + MINUTE)
    return office.desk.resolve(case.number, FIXED, ENGINEER, NOON + 10 * MINUTE)


def says(office: Office, case: Case, kind: SayKind) -> list[str]:
    with office.units() as uow:
        return [say.key for say in uow.outbox.said(case.number, kind)]


def whats(office: Office, case: Case) -> list[str]:
    with office.units() as uow:
        return [entry.what for entry in uow.cases.history(case.number)]


def after_all(office: Office, at: datetime) -> None:
    while office.timekeeping.fire_next(at):
        pass


def test_a_solution_offered_is_shown_to_the_customer_and_every_clock_rests(office: Office) -> None:
    case = offered(office)

    assert case.state is State.OFFERED
    assert case.solution is not None
    assert (case.solution.kind, case.solution.note, case.solution.by) == ("resolved", FIXED, ENG)
    assert case.closes_at == NOON + 10 * MINUTE + WEEK
    assert pending(office, case) == ["close:1"]
    assert says(office, case, SayKind.SOLUTION) == ["case:1:solution:1"]
    assert fire(office, 24 * 60) == 0


def test_offering_is_an_answer_where_there_was_none(office: Office) -> None:
    case = opened(office).case
    done = office.desk.resolve(case.number, FIXED, ENGINEER, NOON + 10 * MINUTE)
    assert done.response is not None
    assert (done.response.person, done.response.how) == (ENG, ResponseBy.MESSAGE)


class TestTheKinds:
    """Where a programme knows several, one of its own for that priority is chosen."""

    def bolts(self, office: Office) -> Case:
        return opened(office, SEVERITY_4, BORIS, "C0BOLT").case

    def test_one_of_the_severitys_own_is_taken(self, office: Office) -> None:
        done = office.desk.resolve(self.bolts(office).number, "Like this.", ENGINEER, NOON, "answer")
        assert done.solution is not None
        assert done.solution.label == "Your question is answered"

    @pytest.mark.parametrize("kind", [None, "", "fix", "made-up"])
    def test_no_other_is(self, office: Office, kind: str | None) -> None:
        case = self.bolts(office)
        with pytest.raises(Invalid) as wrong:
            office.desk.resolve(case.number, "Like this.", ENGINEER, NOON, kind)
        assert set(wrong.value.fields) == {"kind"}
        assert stored(office, case).state is State.OPEN


def test_the_customer_confirms_once_and_the_team_hears(office: Office) -> None:
    case = offered(office)
    office.solutions.confirm(case.number, Actor(BOB), "C0ACME", NOON + 20 * MINUTE)
    again = office.solutions.confirm(case.number, CUSTOMER, "C0ACME", NOON + 30 * MINUTE)

    assert again.state is State.RESOLVED
    assert again.solution is not None
    assert (again.solution.confirmed_by, again.solution.confirmed_at) == (BOB, NOON + 20 * MINUTE)
    assert notes(office, case).count(Note.RESOLVED) == 1
    assert pending(office, case) == ["close:1"]


@pytest.mark.parametrize("confirmed", [False, True])
def test_it_closes_by_itself_on_its_day_and_says_so(office: Office, confirmed: bool) -> None:
    case = offered(office)
    if confirmed:
        office.solutions.confirm(case.number, CUSTOMER, "C0ACME", NOON + 3 * WEEK / 7)
    assert case.closes_at is not None
    after_all(office, case.closes_at - timedelta(seconds=1))
    assert stored(office, case).state is not State.CLOSED
    after_all(office, case.closes_at)

    after = stored(office, case)
    assert (after.state, after.closed_at) == (State.CLOSED, case.closes_at)
    assert pending(office, case) == []
    assert notes(office, case)[-1] == Note.CLOSED
    assert whats(office, case)[-1] == "closed"


def test_before_its_day_and_without_a_solution_nothing_closes(office: Office) -> None:
    case = offered(office)
    assert case.closes_at is not None
    assert closed(case, case.closes_at - timedelta(seconds=1)).entries == ()
    assert closed(opened(office).case, NOON + 10 * WEEK).entries == ()


def test_the_days_are_those_that_the_promise_was_stamped_with(office: Office) -> None:
    case = offered(office)
    hasty = replace(case, promise=replace(case.promise, closing=ClosingRule(3 * 86_400)))
    assert hasty.closes_at == NOON + 10 * MINUTE + timedelta(days=3)


def test_after_closing_everything_is_refused_kindly(office: Office) -> None:
    case = offered(office)
    after_all(office, NOON + 2 * WEEK)
    for act in ACTS.values():
        with pytest.raises(Refused, match="open a new case"):
            act(office, case.number, CUSTOMER, "C0ACME")
    with pytest.raises(Refused, match="is closed already"):
        office.desk.resolve(case.number, "again", ENGINEER, NOON + 2 * WEEK)
    with pytest.raises(Refused, match="is closed already"):
        office.desk.claim(case.number, ENGINEER, NOON + 2 * WEEK)


class TestReopening:
    """Back into the queue, with a clock of its own."""

    AT = NOON + timedelta(hours=30)

    def reopened(self, office: Office, form: Form = P1) -> Case:
        return office.solutions.reopen(offered(office, form).number, "Still.", CUSTOMER, "C0ACME", self.AT)

    def test_it_is_open_for_anyone_with_a_new_response_clock(self, office: Office) -> None:
        case = self.reopened(office)

        assert (case.state, case.assignee, case.response, case.solution) == (State.OPEN, None, None, None)
        assert (case.reopened, case.clock, case.share_said) == (1, 2, 0)
        assert (case.counted_from, case.due_at) == (self.AT, self.AT + timedelta(hours=1))
        rungs = [key for key in pending(office, case) if key.startswith("rung")]
        assert rungs == ["rung:2:50", "rung:2:75", "rung:2:90", "rung:2:100"]

    def test_the_whole_ladder_runs_again(self, office: Office) -> None:
        case = self.reopened(office, P2)
        for share in (50, 75, 90, 100):
            after_all(office, self.AT + timedelta(hours=2) * share / 100)
            assert stored(office, case).share_said == share
        assert stored(office, case).breached_at == case.due_at

    def test_the_team_hears_with_the_earlier_assignee_and_the_customer_by_when(self, office: Office) -> None:
        case = self.reopened(office)
        with office.units() as uow:
            (told,) = uow.outbox.said(case.number, SayKind.REOPENED)
            note = uow.outbox.said(case.number, SayKind.NOTE)[-1]
        assert told.channel == "C0TRIAGE"
        assert (told.body["before"], told.body["text"]) == (ENG.user, "Still.")
        assert (note.channel, note.body["note"], note.body["text"]) == ("C0ACME", Note.REOPENED, "Still.")

    def test_one_who_offered_without_claiming_is_named(self, office: Office) -> None:
        case = opened(office).case
        office.desk.resolve(case.number, FIXED, Actor(ENG2, ENGINEER.roles), NOON)
        office.solutions.reopen(case.number, "Still.", CUSTOMER, "C0ACME", self.AT)
        with office.units() as uow:
            assert uow.outbox.said(case.number, SayKind.REOPENED)[0].body["before"] == ENG2.user

    def test_the_commitment_goes_on_and_is_asked_anew(self, office: Office) -> None:
        case = self.reopened(office)
        assert case.commitment is not None
        assert (case.commitment.check_in, case.commitment.asked_at) == (2, self.AT)
        assert says(office, case, SayKind.CHECK_IN) == ["case:1:check-in:1:ask", "case:1:check-in:2:ask"]
        assert {"backup:2", "check-in:3", "managers:2"} <= set(pending(office, case))
        office.availability.confirm(case.number, CUSTOMER, "C0ACME", self.AT + MINUTE)

    def test_without_a_commitment_nobody_is_asked(self, office: Office) -> None:
        case = self.reopened(office, P2)
        assert says(office, case, SayKind.CHECK_IN) == []

    def test_what_engineers_wrote_before_it_is_no_answer_to_it(self, office: Office) -> None:
        case = self.reopened(office)
        assert written(case, ENG, self.AT - MINUTE).entries == ()
        assert written(case, ENG, self.AT + MINUTE).case.response is not None

    def test_it_can_be_solved_reopened_and_solved_again(self, office: Office) -> None:
        case = self.reopened(office)
        office.desk.claim(case.number, ENGINEER, self.AT + MINUTE)
        second = office.desk.resolve(case.number, "Now.", ENGINEER, self.AT + 2 * MINUTE)
        assert says(office, case, SayKind.SOLUTION) == ["case:1:solution:1", "case:1:solution:2"]
        assert pending(office, case) == ["close:2"]
        third = office.solutions.reopen(case.number, "No.", CUSTOMER, "C0ACME", self.AT + 3 * MINUTE)
        assert (second.reopened, third.reopened, third.clock) == (1, 2, 3)
        assert [what for what in whats(office, case) if what in {"offered", "reopened"}] == ["offered", "reopened"] * 2

    def test_a_breach_stays_on_record_and_lateness_is_the_new_clocks_own(self, office: Office) -> None:
        case = opened(office).case
        after_all(office, NOON + 61 * MINUTE)
        office.desk.resolve(case.number, FIXED, ENGINEER, NOON + 62 * MINUTE)
        office.solutions.reopen(case.number, "Still.", CUSTOMER, "C0ACME", self.AT)
        again = stored(office, case)
        assert again.breached_at == NOON + 60 * MINUTE
        assert not again.breached_now
        after_all(office, again.due_at)
        assert stored(office, case).breached_at == again.due_at

    def test_lowered_afterwards_it_counts_from_the_reopening(self, office: Office) -> None:
        case = self.reopened(office)
        lowered = office.desk.reprioritise(case.number, 4, "smaller now", ENGINEER, self.AT + MINUTE)
        assert lowered.due_at == self.AT + timedelta(hours=8)

    @pytest.mark.parametrize("why", ["", " \n ", "x" * 2001])
    def test_what_is_still_wrong_is_said_in_bounds(self, office: Office, why: str) -> None:
        case = offered(office)
        with pytest.raises(Invalid) as wrong:
            office.solutions.reopen(case.number, why, CUSTOMER, "C0ACME", self.AT)
        assert set(wrong.value.fields) == {"why"}
        assert stored(office, case).state is State.OFFERED

    def test_twice_at_once_it_is_reopened_once(self, office: Office) -> None:
        case = self.reopened(office)
        with pytest.raises(Refused, match="no solution stands"):
            office.solutions.reopen(case.number, "Me too.", Actor(BOB), "C0ACME", self.AT)
        assert stored(office, case).reopened == 1


ACTS: dict[str, Callable[[Office, int, Actor, str], object]] = {
    "confirm": lambda office, number, actor, channel: office.solutions.confirm(number, actor, channel, NOON),
    "reopen": lambda office, number, actor, channel: office.solutions.reopen(number, "No.", actor, channel, NOON),
    "rate": lambda office, number, actor, channel: office.solutions.rate(number, 1, "", actor, channel, NOON),
    "reopenable": lambda office, number, actor, channel: office.solutions.reopenable(number, actor, channel),
    "ratable": lambda office, number, actor, channel: office.solutions.ratable(number, actor, channel),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_only_the_cases_own_people_judge_it(office: Office, act: Callable[[Office, int, Actor, str], object]) -> None:
    case = offered(office, channel="C0BOTH")
    office.solutions.confirm(case.number, CUSTOMER, "C0BOTH", NOON + 20 * MINUTE)
    before = stored(office, case)

    with pytest.raises(Refused, match="is for Acme to say"):
        act(office, case.number, ENGINEER, "C0BOTH")
    for stranger, channel in ((BORIS, "C0BOTH"), (BORIS, "C0BOLT"), (OLGA, "C0BOTH"), (CUSTOMER, "C0ORCHARD")):
        with pytest.raises(NotFound):
            act(office, case.number, stranger, channel)
    with pytest.raises(NotFound):
        act(office, 99, CUSTOMER, "C0BOTH")
    assert stored(office, case) == before


def test_a_list_shows_what_is_offered_last_and_nothing_that_is_over(office: Office) -> None:
    first, second = offered(office), opened(office, P2).case
    third = offered(office)
    office.solutions.confirm(third.number, CUSTOMER, "C0ACME", NOON + 20 * MINUTE)
    assert [case.number for case in office.lookup.listing(CUSTOMER, "C0ACME")] == [second.number, first.number]


def test_the_timers_follow_from_the_case_alone(office: Office) -> None:
    case = stored(office, offered(office))
    planned = {timer.key: timer.due_at for timer in planned_timers(case, calendar(case.promise.calendar))}
    assert planned == {"close:1": case.closes_at}
