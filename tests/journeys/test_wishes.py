"""A customer asks for another priority; both sides hear of it, and support grants or refuses it."""

from dataclasses import replace

import pytest

from cases.case import Case
from tests.journeys.acting import only
from tests.journeys.trying import asked, button, command, only_error, page, shown, told
from workspace.acting import answer, card, form_of, offers, press_newest, press_pinned, said
from workspace.model import Message, View
from workspace.stage import Stage

ASK = "Ask for another priority"
KEEP = "Why does it stay at Priority 3?"


@pytest.fixture
def opened(stage: Stage) -> Stage:
    """Dana's C-1 at Priority 3, in the channel that Acme shares with Bolt."""
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0BOTH")
    dana.fill(form_of(stage, dana), {"Title": "Sign-in is slow", "What happens?": "One application only."})
    answer(stage, dana, "Which product?", "Okta Service")
    form = answer(stage, dana, "Which of your business resources can you still reach?", "almost-all")
    dana.submit(form)
    stage.quiet()
    dana.close(form_of(stage, dana))
    return stage


def remembered(stage: Stage, number: int = 1) -> Case:
    with stage.units() as uow:
        return uow.cases.get(number)


def ask(stage: Stage, priority: str, reason: str) -> View:
    """Dana's form, with a priority chosen and a reason typed before that."""
    dana = stage.person("Dana")
    form = asked(stage, dana, lambda: dana.press(card(stage, "C0BOTH"), ASK))
    dana.fill(form, {"Why?": reason})
    return answer(stage, dana, "Which priority would be right?", priority)


def send(stage: Stage, form: View) -> None:
    assert stage.person("Dana").submit(form).outcome == "closed"
    stage.quiet()


def wish(stage: Stage) -> Message:
    """The wish in the triage channel that has buttons."""
    return only([message for message in said(stage, "C0TRIAGE", "asks for") if offers(message, "Grant")])


def test_a_granted_wish_from_the_button_to_the_new_deadline(opened: Stage) -> None:
    form = ask(opened, "2", "Now a whole office is out.")
    assert "Now: Priority 3" in page(form)
    assert "You ask for: Priority 2" in page(form)
    assert "You can reach some business resources" in page(form)
    assert form.values["case:reason"]["form_value"]["value"] == "Now a whole office is out."
    send(opened, form)

    assert "asks for" in shown(only(said(opened, "C0BOTH", "decides and answers here")))
    heard = shown(wish(opened))
    assert "Now: Priority 3" in heard
    assert "Asked for: Priority 2" in heard
    assert "Now a whole office is out." in heard
    assert "asks for *Priority 2*" in shown(card(opened, "C0TRIAGE"))

    opened.person("Erin").press(wish(opened), "Grant")
    opened.quiet()

    assert remembered(opened).promise.priority == 2
    assert "<@U0ERIN> granted it" in shown(only(said(opened, "C0TRIAGE", "granted it")))
    assert not [message for message in said(opened, "C0TRIAGE") if offers(message, "Grant")]
    news = shown(only(said(opened, "C0BOTH", "changed")))
    assert "from Priority 3 to *Priority 2*" in news
    assert "Why (<@U0DANA>, who asked for it): Now a whole office is out." in news
    assert "our team decides" not in shown(card(opened, "C0BOTH"))


def test_a_refused_wish_is_answered_with_a_word(opened: Stage) -> None:
    erin = opened.person("Erin")
    send(opened, ask(opened, "2", "It feels worse."))
    form = asked(opened, erin, lambda: erin.press(wish(opened), "Refuse…"))
    assert "It feels worse." in page(form)
    erin.fill(form, {KEEP: "One application has a way around."})
    assert erin.submit(form).outcome == "closed"
    opened.quiet()

    answered = shown(only(said(opened, "C0BOTH", "stays at")))
    assert "<@U0DANA>, *C-1* stays at *Priority 3*" in answered
    assert "One application has a way around." in answered
    assert "kept the priority as it was" in shown(only(said(opened, "C0TRIAGE", "kept the priority")))
    assert remembered(opened).promise.priority == 3
    send(opened, ask(opened, "2", "Now it truly is."))
    assert remembered(opened).wish is not None


def test_priority_1_is_asked_for_with_the_customers_own_promise(opened: Stage) -> None:
    dana, erin = opened.person("Dana"), opened.person("Erin")
    form = ask(opened, "1", "Nobody gets in.")
    assert "asks something of your side too" in page(form)
    refused = dana.submit(form)
    assert set(refused.errors) >= {"case:consent"}
    dana.fill(form, {"case:consent": ["yes"], "case:available": "U0DANA", "case:backup": "U0BOB"})
    send(opened, form)
    assert not said(opened, "C0BOTH", "I'm available")
    assert "reachable at any hour: <@U0DANA>, backup <@U0BOB>" in shown(wish(opened))

    erin.press(wish(opened), "Grant")
    opened.quiet()
    commitment = remembered(opened).commitment
    assert commitment is not None
    dana.press([m for m in said(opened, "C0BOTH", "C-1") if offers(m, "I'm available")][-1], "I'm available")
    opened.quiet()
    confirmed = remembered(opened).commitment
    assert confirmed is not None
    assert confirmed.confirmed_by is not None


def test_a_second_wish_replaces_the_first_and_says_so(opened: Stage) -> None:
    send(opened, ask(opened, "2", "First thought."))
    earlier = replace(wish(opened))
    form = ask(opened, "4", "On second thought, only a question.")
    assert "takes the place of your earlier wish for Priority 2" in page(form)
    send(opened, form)

    assert "no longer for" in shown(wish(opened))
    assert said(opened, "C0BOTH", "no longer for")
    erin = opened.person("Erin")
    assert "replaced by a newer one" in told(opened, erin, lambda: erin.press(earlier, "Grant"))
    assert remembered(opened).promise.priority == 3


def test_support_and_other_customers_are_shown_no_form_and_decide_only_what_is_theirs(opened: Stage) -> None:
    erin, boris, dana = opened.person("Erin"), opened.person("Boris"), opened.person("Dana")
    assert "change it yourself" in told(opened, erin, lambda: erin.press(card(opened, "C0BOTH"), ASK))
    theirs = told(opened, boris, lambda: boris.press(card(opened, "C0BOTH"), ASK))
    missing = told(opened, boris, lambda: boris.press(button(card(opened, "C0BOTH"), "wish_ask", "99"), "wish_ask"))
    assert theirs.replace("C-1", "C-99") == missing
    send(opened, ask(opened, "2", "please"))
    revision = remembered(opened).revision
    for who in (dana, boris):
        for action in ("wish_grant", "wish_refuse"):
            forged = button(card(opened, "C0BOTH"), action, f"1:{revision}")
            assert "Only the support team can" in told(opened, who, lambda: who.press(forged, action))  # noqa: B023
    assert remembered(opened).promise.priority == 3


def test_another_customers_person_cannot_send_the_form(opened: Stage) -> None:
    boris = opened.person("Boris")
    seen = ask(opened, "2", "please")
    form = asked(opened, boris, lambda: boris.press(opened.slack.messages("C0BOLT")[0], "Open a case"))
    with opened.slack.state.change():
        form.body, form.values = seen.body, seen.values
    assert "I don't know a case C-1" in only_error(boris.submit(form))
    assert remembered(opened).wish is None


def test_supports_own_form_shows_both_meanings_and_keeps_what_was_typed(opened: Stage) -> None:
    erin = opened.person("Erin")
    form = asked(opened, erin, lambda: erin.press(card(opened, "C0TRIAGE"), "Change priority…"))
    assert "Choose another one above" in page(form)
    erin.fill(form, {"Why?": "More people than we thought."})
    form = answer(opened, erin, "From now on", "2")
    assert "Now: Priority 3" in page(form)
    assert "From now on: Priority 2" in page(form)
    assert "due *" in page(form)
    assert form.values["case:reason"]["form_value"]["value"] == "More people than we thought."
    assert erin.submit(form).outcome == "closed"
    opened.quiet()
    assert remembered(opened).promise.priority == 2
    assert "C-1" in command(opened, erin, "show C-1", "C0TRIAGE")
    press_newest(opened, erin, "C0TRIAGE", 1, "Claim")
    form = asked(opened, erin, lambda: erin.press(card(opened, "C0TRIAGE"), "Change priority…"))
    form = answer(opened, erin, "From now on", "1")
    assert "a person has given it already" in page(form)
    assert "asks nobody of the customer's to be on call" in page(form)
