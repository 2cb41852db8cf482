"""Support raises a case to a priority that carries a 24x7 promise: its customer is asked who can be reached."""

import pytest

from tests.journeys.acting import only
from tests.journeys.test_casework import open_one
from tests.journeys.test_home import opened
from tests.journeys.trying import asked, button, command, shown, told
from workspace.acting import answer, offers, press_pinned, said
from workspace.model import Message, View
from workspace.people import Person
from workspace.screen import Submission
from workspace.stage import Stage

QUESTION = "whom can we reach on your side"
BUTTON = "Who can be reached?"


@pytest.fixture
def raised(stage: Stage) -> Stage:
    """Dana's Priority 3, raised to Priority 1 by Erin."""
    open_one(stage, stage.person("Dana"), "C0ACME", "Sign-in hangs")
    command(stage, stage.person("Erin"), "priority C-1 1 It is down for everybody", "C0TRIAGE")
    stage.quiet()
    return stage


def question(stage: Stage) -> Message:
    return only(said(stage, "C0ACME", BUTTON))


def form(stage: Stage, who: Person) -> View:
    return asked(stage, who, lambda: who.press(question(stage), BUTTON))


def named(stage: Stage, consent: bool = True, available: str = "U0DANA", backup: str | None = "U0BOB") -> Submission:
    dana = stage.person("Dana")
    view = form(stage, dana)
    ticks = ["yes"] if consent else []
    dana.fill(view, {"case:consent": ticks, "case:available": available, "case:backup": backup})
    done = dana.submit(view)
    stage.quiet()
    return done


def test_the_customer_is_asked_in_their_thread_and_names_who_can_be_reached(raised: Stage) -> None:
    asking = question(raised)
    assert "Hello <@U0DANA>, this is at Priority 1 now" in shown(asking).replace("*", "")
    assert asking.is_reply
    assert named(raised).outcome == "closed"

    assert not offers(only(said(raised, "C0ACME", "<@U0DANA> can be reached")), BUTTON)
    assert said(raised, "C0ACME", "Are you available?")
    with raised.units() as uow:
        case, history = uow.cases.get(1), uow.cases.history(1)
    assert case.naming is None
    assert case.commitment is not None
    assert (case.commitment.available.user, case.commitment.consented_by.user) == ("U0DANA", "U0DANA")
    assert "committed" in [entry.what for entry in history]
    raised.move(hours=4)
    assert "still available" in shown(said(raised, "C0ACME", "I'm available")[-1])


def test_a_form_without_the_box_is_held_back_and_a_stranger_is_refused(raised: Stage) -> None:
    assert not named(raised, consent=False).sent
    done = named_again(raised, "U0ERIN")
    assert "someone of Acme" in done.errors["case:available"]
    assert named_again(raised, "U0DANA", backup="U0DANA").errors.keys() == {"case:backup"}
    with raised.units() as uow:
        assert uow.cases.get(1).commitment is None


def named_again(stage: Stage, available: str, backup: str | None = None) -> Submission:
    """The form that is still open, filled otherwise."""
    dana, view = stage.person("Dana"), stage.slack.view_for("Dana")
    assert view is not None
    dana.fill(view, {"case:consent": ["yes"], "case:available": available, "case:backup": backup})
    return dana.submit(view)


def test_until_then_managers_see_that_nobody_is_named(raised: Stage) -> None:
    assert "Nobody named yet" in opened(raised, "Max", "24x7 promises not confirmed (1)")
    named(raised)
    assert "Nobody named yet" not in opened(raised, "Max", "24x7 promises not confirmed (1)", "backup <@U0BOB>")


def test_with_nobody_named_they_are_asked_again_and_managers_hear_of_it_once(raised: Stage) -> None:
    raised.move(minutes=59)
    assert said(raised, "C0MANAGERS", "is named yet") == []
    raised.move(minutes=1)
    again = only(said(raised, "C0ACME", "nobody is named yet"))
    assert offers(again, BUTTON)
    told_managers = only(said(raised, "C0MANAGERS", "is named yet"))
    assert offers(told_managers, "Lower priority…")
    assert "newer question" in shown(only(said(raised, "C0ACME", "We have asked again since")))

    raised.move(hours=12)
    assert len(said(raised, "C0MANAGERS", "is named yet")) == 1
    dana = raised.person("Dana")
    view = asked(raised, dana, lambda: dana.press(again, BUTTON))
    dana.fill(view, {"case:consent": ["yes"], "case:available": "U0DANA"})
    assert dana.submit(view).outcome == "closed"
    raised.quiet()
    assert said(raised, "C0MANAGERS", "<@U0DANA> can be reached")


def test_a_lower_priority_or_a_solution_ends_the_question(raised: Stage) -> None:
    asking = question(raised)
    command(raised, raised.person("Erin"), "priority C-1 2 The workaround holds", "C0TRIAGE")
    raised.quiet()
    assert "nobody needs to be reachable" in shown(only(said(raised, "C0ACME", "nobody needs to be reachable")))
    dana = raised.person("Dana")
    late = button(asking, "naming_ask", "1")
    assert "nobody needs to be named" in told(raised, dana, lambda: dana.press(late, "naming_ask"))
    raised.move(hours=2)
    assert said(raised, "C0MANAGERS", "is named yet") == []


def test_it_is_the_customers_to_answer(raised: Stage) -> None:
    erin = raised.person("Erin")
    assert "is for Acme to say" in told(raised, erin, lambda: erin.press(question(raised), BUTTON))
    assert raised.slack.view_for("Erin") is None


def test_nobody_of_another_customer_can_answer_or_learns_of_it(raised: Stage) -> None:
    boris = raised.person("Boris")
    forged = button(raised.slack.messages("C0BOLT")[0], "naming_ask", "1")
    assert "I don't know a case C-1" in told(raised, boris, lambda: boris.press(forged, "naming_ask"))
    assert said(raised, "C0BOLT", "C-1") == []


def test_of_what_our_team_noticed_nobody_is_asked(stage: Stage) -> None:
    erin = stage.person("Erin")
    view = press_pinned(stage, erin, "C0ACME")
    erin.fill(view, {"Title": "Sign-ins fail", "What happens?": "Our monitors say so."})
    answer(stage, erin, "Which product?", "Okta Service")
    view = answer(stage, erin, "Which of your business resources can you still reach?", "almost-all")
    assert erin.submit(view).outcome == "updated"
    stage.quiet()
    command(stage, erin, "priority C-1 1 It is down for everybody", "C0TRIAGE")
    stage.quiet()
    assert said(stage, "C0ACME", BUTTON) == []
