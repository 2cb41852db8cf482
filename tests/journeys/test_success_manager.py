"""A customer's success manager: asked for on a case, told of a missed deadline, named in the plan."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.success_story import ACME, ServedStage, cy_reads, newest, open_p3
from tests.journeys.trying import asked, button, carrying, command, harmless, only_error, page, shown, told
from workspace.acting import card, form_of, offers, press_newest, press_pinned, said
from workspace.model import View
from workspace.scenes.requests import auth0
from workspace.scenes.ways_in import by_button
from workspace.stage import Stage

ASK = "Ask for my CSM"
KNOW = "What should they know?"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ServedStage]:
    with ServedStage(tmp_path) as running:
        yield running


def ask_form(stage: Stage) -> View:
    dana = stage.person("Dana")
    return asked(stage, dana, lambda: dana.press(card(stage, "C0ACME"), ASK))


def ask(stage: Stage, words: str = "") -> None:
    dana, form = stage.person("Dana"), ask_form(stage)
    dana.fill(form, {KNOW: words} if words else {})
    assert dana.submit(form).outcome == "closed"
    stage.quiet()


def press_in_vain(stage: Stage, who: str, channel: str, number: int = 1) -> str:
    """An Ask button of the person's own making on a message of this channel; what they alone read."""
    person, made = stage.person(who), button(stage.slack.messages(channel)[0], "case_call", str(number))
    return told(stage, person, lambda: person.press(made, "?"))


def test_asked_for_the_manager_hears_all_and_both_threads_say_so(stage: ServedStage) -> None:
    open_p3(stage)
    form = ask_form(stage)
    assert "<@U0CY> is your Customer Success Manager" in page(form)
    stage.person("Dana").fill(form, {KNOW: "Our *board* meets at noon <!channel>."})
    stage.person("Dana").submit(form)
    stage.quiet()

    (heard,) = cy_reads(stage)
    assert "<@U0DANA> of *Acme* asks for you" in heard
    assert "*C-1* · Sign-in is slow" in heard
    assert "*Priority 3* · Acme · Okta Premier Access" in heard
    assert "waiting for a first response · assignee: nobody yet" in heard
    assert "Our *board* meets at noon <!channel>." in heard
    ts = card(stage, "C0ACME").ts.replace(".", "")
    assert f"/archives/C0ACME/p{ts}|The thread>" in heard
    assert not offers(newest(stage), "Claim")

    in_thread = only(said(stage, "C0ACME", "asked for"))
    assert in_thread.thread_ts == card(stage, "C0ACME").ts
    assert "<@U0DANA> asked for <@U0CY>, your Customer Success Manager" in shown(in_thread)
    assert "board" not in shown(in_thread)
    in_triage = shown(only(said(stage, "C0TRIAGE", "asked for")))
    assert "<@U0DANA> asked for <@U0CY>, Acme's Customer Success Manager, on *C-1*" in in_triage
    assert "Our *board* meets at noon" in in_triage
    assert said(stage, "C0BOTH", "asked for") == []
    assert "asked for their success manager" in command(stage, stage.person("Erin"), "show C-1", "C0ACME")
    harmless(stage)


def test_words_are_optional(stage: ServedStage) -> None:
    open_p3(stage)
    ask(stage)
    assert "They left none." in cy_reads(stage)[0]


def test_too_many_words_are_told_and_the_form_stays(stage: ServedStage) -> None:
    open_p3(stage)
    form = ask_form(stage)
    stage.person("Dana").fill(form, {KNOW: "x" * 1001})
    assert only_error(stage.person("Dana").submit(form)) == "That has 1,001 characters; 1,000 fit."
    assert cy_reads(stage) == []


def test_the_setup_form_keeps_who_it_does_not_ask_about(stage: ServedStage) -> None:
    max_ = stage.person("Max")
    form = asked(stage, max_, lambda: max_.command("/case", "setup", "C0ACME"))
    max_.submit(form)
    stage.quiet()
    with stage.units() as uow:
        acme = uow.accounts.by_name("Acme")
    assert acme is not None
    assert (acme.csm, str(acme.term_starts)) == ("U0CY", "2026-06-25")


def test_home_names_whom_to_call(stage: ServedStage) -> None:
    dana = stage.person("Dana")
    dana.open_home()
    home = stage.slack.wait_until(lambda: stage.slack.home(dana))
    assert "*Customer Success Manager*: <@U0CY>" in page(home)


def test_asked_once_they_are_left_in_peace_for_four_hours(stage: ServedStage) -> None:
    open_p3(stage)
    ask(stage)
    stage.move(minutes=59, seconds=30)
    dana = stage.person("Dana")
    again = told(stage, dana, lambda: dana.press(card(stage, "C0ACME"), ASK))
    assert "<@U0CY> was asked about C-1 a short while ago. You can ask again in 3 h 01 min" in again
    stage.move_to(MORNING + timedelta(hours=4))
    ask(stage, "Still stuck.")
    assert len([each for each in cy_reads(stage) if "asks for you" in each]) == 2


def test_two_forms_open_at_once_ask_once(stage: ServedStage) -> None:
    open_p3(stage)
    first = ask_form(stage)
    bob = stage.person("Bob")
    second = asked(stage, bob, lambda: bob.press(card(stage, "C0ACME"), ASK))
    assert stage.person("Dana").submit(first).outcome == "closed"
    assert "was asked about C-1 a short while ago" in only_error(bob.submit(second))
    stage.quiet()
    assert len(cy_reads(stage)) == 1


def test_others_customers_and_our_own_people_get_nothing_by_it(stage: ServedStage) -> None:
    open_p3(stage)
    assert "I don't know a case C-1 here" in press_in_vain(stage, "Boris", "C0BOLT")
    assert "I don't know a case C-1 here" in press_in_vain(stage, "Boris", "C0BOTH")
    assert "This is the customer's way to <@U0CY>" in press_in_vain(stage, "Erin", "C0ACME")
    press_pinned(stage, stage.person("Boris"), "C0BOLT")
    stage.person("Boris").close(form_of(stage, stage.person("Boris")))
    form = ask_form(stage)
    mine = only_error(stage.person("Dana").submit(carrying(form, "99")))
    assert "I don't know a case C-99 here" in mine
    assert cy_reads(stage) == []


def test_a_case_that_is_done_asks_for_nobody(stage: ServedStage) -> None:
    open_p3(stage)
    erin = stage.person("Erin")
    press_newest(stage, erin, "C0TRIAGE", 1, "Claim")
    form = asked(stage, erin, lambda: erin.press(card(stage, "C0TRIAGE"), "Resolve…"))
    erin.fill(form, {"case:note": "Restarted it."})
    erin.submit(form)
    stage.quiet()
    assert not offers(card(stage, "C0ACME"), ASK)
    assert "C-1 has a solution offered" in press_in_vain(stage, "Dana", "C0ACME")


def test_the_button_is_there_only_where_somebody_is_named(tmp_path: Path) -> None:
    with ServedStage(tmp_path, ACME.replace("    csm: U0CY\n", "")) as stage:
        open_p3(stage)
        assert not offers(card(stage, "C0ACME"), ASK)
        assert "No Customer Success Manager is named for Acme" in press_in_vain(stage, "Dana", "C0ACME")
        erin = stage.person("Erin")
        assert "*Customer Success Manager*: still to be named" in command(stage, erin, "plan Acme", "C0TRIAGE")
        stage.bring(ACME)
        dana = stage.person("Dana")
        plan = told(stage, dana, lambda: dana.press(stage.slack.messages("C0ACME")[0], "Your plan"))
        assert "*Customer Success Manager*: <@U0CY>" in plan
        press_newest(stage, stage.person("Erin"), "C0TRIAGE", 1, "Claim")
        assert offers(card(stage, "C0ACME"), ASK)


def test_a_missed_deadline_is_told_once_and_not_each_time_again(stage: ServedStage) -> None:
    open_p3(stage)
    stage.move_to(MORNING + timedelta(hours=1, minutes=59))
    assert cy_reads(stage) == []
    stage.move_to(MORNING + timedelta(hours=2))
    (breach,) = cy_reads(stage)
    assert "The time promised is over, and nobody has answered" in breach
    assert "You are told because you look after Acme: <#C0ACME>." in breach
    assert not offers(newest(stage), "Claim")
    stage.move(hours=1)
    assert len(cy_reads(stage)) == 1
    assert len(stage.slack.dm("Max")) == 4

    press_newest(stage, stage.person("Erin"), "C0TRIAGE", 1, "Claim")
    assert "Claimed in the meantime: <@U0ERIN> is on it." in cy_reads(stage)[0]


def test_a_manager_of_support_who_is_the_success_manager_reads_it_once(tmp_path: Path) -> None:
    with ServedStage(tmp_path, ACME.replace("U0CY", "U0MAX")) as stage:
        open_p3(stage)
        stage.move_to(MORNING + timedelta(hours=2))
        breaches = [message for message in stage.slack.dm("Max") if "promised is over" in shown(message)]
        assert len(breaches) == 1


def test_another_customers_breach_is_no_business_of_theirs(stage: ServedStage) -> None:
    outage = auth0("Logins fail", "All of them.", "bolt-prod", "An outage, or unusable for all our users")
    by_button(stage, stage.person("Boris"), "C0BOTH", outage)
    stage.move(hours=30)
    assert said(stage, "C0TRIAGE", "promised is over")
    assert cy_reads(stage) == []
    assert not offers(card(stage, "C0BOTH"), ASK)


def test_the_managers_role_gives_them_no_more_than_their_team(stage: ServedStage) -> None:
    open_p3(stage)
    ask(stage)
    cy = stage.person("Cy")
    claim = button(newest(stage), "case_claim", "1")
    assert "Only the support team can claim a case." in told(stage, cy, lambda: cy.press(claim, "?"))
    call = button(newest(stage), "case_status", "1")
    assert "I don't know a case C-1 here" in told(stage, cy, lambda: cy.press(call, "?"))
