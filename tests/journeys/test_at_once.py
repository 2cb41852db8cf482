"""Several at the same instant, and the same thing twice: one outcome, and nobody is left wondering."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from cases.case import Case
from tests.journeys.acting import fill_p1, only, open_p1
from workspace.acting import card, form_of, press_pinned, said, words
from workspace.model import Message
from workspace.people import Person
from workspace.stage import Stage

T = TypeVar("T")
Claim = Callable[[Person, Message], None]

CLAIMS: list[Claim] = [lambda who, on: who.press(on, "Claim"), lambda who, on: who.react(on, "eyes")]
BEGUN = "> has begun work"


def at_once(*acts: Callable[[], T]) -> list[T]:
    """Each from a thread of its own, as close together as they come; what came of each."""
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.result() for done in [threads.submit(run, act) for act in acts]]


def stored(stage: Stage, number: int = 1) -> Case:
    with stage.units() as uow:
        return uow.cases.get(number)


@pytest.mark.parametrize("claim", CLAIMS, ids=["button", "reaction"])
def test_of_two_engineers_one_has_the_case_and_the_other_is_told_who(stage: Stage, claim: Claim) -> None:
    open_p1(stage)
    on = card(stage, "C0TRIAGE")
    erin, frank = stage.person("Erin"), stage.person("Frank")
    at_once(lambda: claim(erin, on), lambda: claim(frank, on))
    stage.quiet()

    winner = stored(stage).assignee
    assert winner is not None
    loser = frank if winner.user == erin.id else erin
    stage.slack.wait_until(lambda: stage.slack.ephemerals(loser))
    assert f"<@{winner.user}>" in words(only(stage.slack.ephemerals(loser)))
    only(said(stage, "C0ACME", BEGUN))


def test_a_button_pressed_twice_acts_once(stage: Stage) -> None:
    open_p1(stage)
    on, erin = card(stage, "C0TRIAGE"), stage.person("Erin")
    at_once(lambda: erin.press(on, "Claim"), lambda: erin.press(on, "Claim"))
    stage.quiet()

    only(said(stage, "C0ACME", BEGUN))
    with stage.units() as uow:
        assert [entry.what for entry in uow.cases.history(1)].count("claimed") == 1


def test_a_form_sent_twice_opens_one_case_and_says_so_both_times(stage: Stage) -> None:
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0ACME")
    form = fill_p1(stage, dana)
    dana.fill(form, {"open:consent": ["yes"], "open:available": dana.id})
    sent = at_once(lambda: dana.submit(form), lambda: dana.submit(form))
    stage.quiet()

    assert [done.outcome for done in sent] == ["updated", "updated"]
    assert form_of(stage, dana).body["title"]["text"] == "Your case is open"
    with stage.units() as uow:
        assert [case.number for case in uow.cases.listing()] == [1]


def test_eyes_put_on_and_taken_off_at_once_leave_the_case_free(stage: Stage) -> None:
    open_p1(stage)
    on, erin = card(stage, "C0TRIAGE"), stage.person("Erin")
    for _ in range(5):
        erin.react(on, "eyes")
        erin.unreact(on, "eyes")
    stage.quiet()

    assert stored(stage).waits_for_response


def test_a_claim_that_slack_sends_again_after_the_case_was_resolved_changes_nothing(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    erin.react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    erin.command("/case", "resolve C-1", "C0TRIAGE")
    form = form_of(stage, erin)
    erin.fill(form, {"case:note": "A new certificate."})
    erin.submit(form)
    stage.quiet()
    before = stored(stage)

    stage.slack.deliver_again()
    stage.quiet()

    assert stored(stage) == before
    assert stage.slack.ephemerals(erin) == []
