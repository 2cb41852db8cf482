"""The case's card, on both sides, through a case's life."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.case_parts import Rating, Response, ResponseBy, Solution
from cases.messages import Drawn
from handlers import facts, ids
from handlers.cards import customer_card, triage_card
from tests.builders import DANA, ENG, NOON, case
from tests.handlers.looks import buttons, elements, message, seen

LATER = NOON + timedelta(minutes=22)


def claimed(at_minute: int = 10, **changes: object) -> Case:
    at = NOON + timedelta(minutes=at_minute)
    fresh = case(committed=True)
    taken = replace(fresh, state=State.CLAIMED, assignee=ENG, response=Response(ENG, at, ResponseBy.CLAIM))
    return replace(taken, **changes)  # type: ignore[arg-type]


def both(shown: Case) -> tuple[Drawn, Drawn]:
    return customer_card(shown, LATER), triage_card(shown, LATER)


def test_a_new_case_says_who_answers_by_when_and_what_is_left() -> None:
    customer = seen(customer_card(case(), LATER))
    assert "C-1" in customer
    assert "Nobody can sign in" in customer
    assert "*Priority 1*: meaning 1" in customer
    assert "Acme" in customer
    assert "Okta Premier" in customer
    assert "A person from our team will answer you here by <!date^1772456400^" in customer
    assert "*38 min left*" in customer


def test_the_customer_is_asked_nothing_but_can_ask() -> None:
    assert buttons(customer_card(case(), LATER)) == [ids.STATUS, ids.WHY, ids.ASK_PRIORITY]


def test_the_customer_reads_nothing_of_the_teams_inside() -> None:
    shown = seen(customer_card(replace(case(3), recommended=1), LATER))
    for inside in ("Assignee", "nobody", "Claim", "led to", "Since noon"):
        assert inside not in shown


def test_triage_sees_all_of_it_at_one_glance() -> None:
    shown = seen(triage_card(replace(case(), tenant="acme-eu", source=message("help")), LATER))
    for fact in ("Priority 1", "waiting for a first response", "38 min left", "nobody yet", "acme-eu", "Since noon."):
        assert fact in shown
    assert "<https://acme.slack.com/archives/C0ACME/p1772451000000100|the customer's message>" in shown


def test_triage_can_claim_and_then_give_back() -> None:
    fresh, taken = triage_card(case(), LATER), triage_card(claimed(), LATER)
    assert buttons(fresh) == [ids.CLAIM, ids.REPLY, ids.RESOLVE, ids.PRIORITY, ids.WHY]
    assert buttons(taken) == [ids.GIVE_BACK, ids.REPLY, ids.RESOLVE, ids.ASK, ids.PRIORITY, ids.WHY]
    assert {element["value"] for element in elements(taken)} == {"1"}


def test_a_claimed_case_names_who_works_on_it_and_keeps_no_clock() -> None:
    for card in both(claimed()):
        shown = seen(card)
        assert "<@U0ENG>" in shown
        assert "left" not in shown.replace("left out", "")
        assert "sorry" not in shown


def test_a_late_answer_is_owned_up_to() -> None:
    late = claimed(70, breached_at=NOON + timedelta(hours=1))
    customer, triage = (seen(card) for card in both(late))
    assert "later than we promised, and we are sorry" in customer
    assert "after the time promised" in triage


def test_an_overdue_case_says_so_to_both_sides() -> None:
    at = NOON + timedelta(minutes=72)
    assert "are late: *12 min over*" in seen(customer_card(case(), at))
    assert "overdue, nobody has answered" in seen(triage_card(case(), at))


def test_an_answer_in_the_thread_counts_though_nobody_claimed() -> None:
    written = replace(case(), response=Response(ENG, LATER, ResponseBy.MESSAGE))
    customer, triage = (seen(card) for card in both(written))
    assert "<@U0ENG> has answered here" in customer
    assert "answered by <@U0ENG>" in triage
    assert ids.CLAIM in buttons(triage_card(written, LATER))


@pytest.mark.parametrize("state", [State.OFFERED, State.RESOLVED, State.CLOSED])
def test_a_case_that_is_done_tells_how_and_offers_only_the_why(state: State) -> None:
    done = claimed(
        state=state,
        solution=Solution("fix", "It is fixed", "A certificate had expired.", ENG, LATER, DANA, LATER),
        closed_at=LATER if state is State.CLOSED else None,
    )
    for card in both(done):
        assert "*It is fixed*" in seen(card)
        assert "A certificate had expired." in seen(card)
        assert {State.OFFERED: "solution", State.RESOLVED: "esolved", State.CLOSED: "losed"}[state] in seen(card)
        assert "Reachable" not in seen(card)
        assert ids.WHY in buttons(card)
        assert not {ids.CLAIM, ids.GIVE_BACK, ids.RESOLVE, ids.PRIORITY} & set(buttons(card))


def test_while_a_solution_is_offered_both_sides_see_whose_word_is_awaited() -> None:
    solution = Solution("fix", "It is fixed", "A new certificate.", ENG, LATER)
    customer, triage = (seen(card) for card in both(claimed(state=State.OFFERED, solution=solution)))
    assert "does it help?" in customer
    assert "the case closes <!date^1773058920^" in customer
    assert "waiting for the customer's word" in triage


def test_a_reopened_case_says_so_to_the_team_and_keeps_no_old_lateness() -> None:
    again = replace(case(at=LATER), reopened=2, breached_at=NOON)
    triage = seen(triage_card(again, LATER))
    assert "⏳ reopened, waiting for a response" in triage
    assert "🔁 reopened 2 times" in triage
    answered = replace(again, response=Response(ENG, LATER, ResponseBy.MESSAGE))
    assert "sorry" not in seen(customer_card(answered, LATER))
    assert "in time" in seen(triage_card(answered, LATER))


def test_a_rating_is_the_teams_to_see() -> None:
    solution = Solution("fix", "It is fixed", "A new certificate.", ENG, LATER, DANA, LATER)
    happy = claimed(state=State.RESOLVED, solution=solution, rating=Rating(4, "Quick!", DANA, LATER))
    assert "Rated ★★★★☆ by <@U0DANA>: \u2068Quick!" in seen(triage_card(happy, LATER))


def test_a_commitment_names_who_can_be_reached() -> None:
    for card in both(case(committed=True)):
        assert "Reachable at any hour: <@U0DANA>, backup <@U0BOB>" in seen(card)


def test_triage_sees_when_the_choice_differs_from_the_recommendation() -> None:
    assert "The answers led to priority 3; priority 1 is in force." in seen(
        triage_card(replace(case(), recommended=3), LATER)
    )
    assert "led to" not in seen(triage_card(replace(case(), recommended=1), LATER))


def test_a_program_that_promises_no_resolution_says_so_to_the_customer() -> None:
    fresh = case()
    silent = replace(fresh, promise=replace(fresh.promise, resolution="We can't say when it will be solved."))
    assert "We can't say when it will be solved." in seen(customer_card(silent, LATER))


def test_without_priorities_there_is_none_to_change() -> None:
    fresh = case()
    request = replace(fresh, promise=replace(fresh.promise, priority=None, label="Onboarding"))
    assert ids.PRIORITY not in buttons(triage_card(request, LATER))
    assert "*Request*\nOnboarding" in seen(triage_card(request, LATER))


def test_long_details_are_cut_with_a_word_about_the_rest() -> None:
    shown = seen(triage_card(replace(case(), details="é" * 2500), LATER))
    assert "more characters); the case keeps them all." in shown


def test_a_program_that_speaks_of_severities_is_spoken_to_of_severities() -> None:
    severe = replace(case(), promise=replace(case().promise, label="Severity 2 (High)"))
    shown = seen(triage_card(severe, NOON))
    assert "*Severity*" in shown
    assert "Change severity…" in shown
    assert "riority" not in shown


@pytest.mark.parametrize(
    ("label", "said"), [("Severity 2 (High)", "Severity"), ("P1", "Priority"), ("Urgent", "Priority")]
)
def test_what_a_program_calls_its_priorities_is_read_from_their_labels(label: str, said: str) -> None:
    assert facts.scale(label) == said
