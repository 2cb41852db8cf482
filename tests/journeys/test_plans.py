"""What a plan brings, for whoever asks; and a request that the programme doesn't cover, left without a clock."""

from tests.journeys.acting import open_p1
from tests.journeys.trying import command, page, shown, told
from workspace.acting import answer, card, form_of, press_pinned, said, words
from workspace.model import Message
from workspace.stage import Stage


def pinned(stage: Stage, channel: str) -> Message:
    return stage.slack.messages(channel)[0]


def ask_plan(stage: Stage, name: str, channel: str) -> str:
    who = stage.person(name)
    return told(stage, who, lambda: who.press(pinned(stage, channel), "Your plan"))


def test_a_customer_of_another_organisation_presses_your_plan_and_reads_it_alone(stage: Stage) -> None:
    before = len(stage.slack.messages("C0ACME"))
    answered = ask_plan(stage, "Dana", "C0ACME")
    assert "Acme: Okta Premier" in answered
    assert "Priority 1: within *1 hour*, round the clock" in answered
    assert "20% off the Premier Learning Pass" in answered
    assert "www.okta.com/trust" in answered
    assert len(stage.slack.messages("C0ACME")) == before


def test_in_a_shared_channel_each_customer_reads_their_own_plan_and_support_both(stage: Stage) -> None:
    dana, boris = ask_plan(stage, "Dana", "C0BOTH"), ask_plan(stage, "Boris", "C0BOTH")
    assert "Acme" in dana
    assert "Bolt" not in dana
    assert "Bolt: Auth0 Enterprise" in boris
    assert "Acme" not in boris
    assert "20%" not in boris
    erin = ask_plan(stage, "Erin", "C0BOTH")
    assert "Acme: Okta Premier" in erin
    assert "Bolt: Auth0 Enterprise" in erin


def test_support_asks_by_command_for_this_channel_or_by_name(stage: Stage) -> None:
    erin = stage.person("Erin")
    assert "Orchard: Oko Standard" in command(stage, erin, "plan", "C0ORCHARD")
    assert "Bolt: Auth0 Enterprise" in command(stage, erin, "plan bolt", "C0TRIAGE")
    assert "/case plan Acme" in command(stage, erin, "plan", "C0TRIAGE")
    assert "no account of that name" in command(stage, erin, "plan Nobody", "C0TRIAGE")
    assert "Besides this channel" in command(stage, erin, "help", "C0BOLT")
    assert "Besides this channel" not in command(stage, erin, "help", "C0TRIAGE")


def test_a_priority_one_names_the_line_in_the_confirmation_and_on_both_cards(stage: Stage) -> None:
    dana = stage.person("Dana")
    open_p1(stage)
    assert "Priority phone line" in words(card(stage, "C0ACME"))
    assert "Priority phone line" in words(card(stage, "C0TRIAGE"))
    form = press_pinned(stage, dana, "C0ACME")
    dana.fill(form, {"Title": "A small thing", "What happens?": "One app is slow."})
    answer(stage, dana, "Which product?", "Okta Service")
    answer(stage, dana, "Which of your business resources can you still reach?", "Almost all")
    dana.submit(form_of(stage, dana))
    stage.quiet()
    confirmed = page(form_of(stage, dana))
    assert "Besides this channel" in confirmed
    assert "Priority phone line: ask us here for the number" in confirmed.replace("*", "")
    assert "https://support.okta.com" in confirmed
    assert "Priority phone line" not in words(card(stage, "C0ACME", 2))


def test_an_outage_on_enterprise_names_the_portal_in_the_confirmation_and_on_both_cards(stage: Stage) -> None:
    boris = stage.person("Boris")
    form = press_pinned(stage, boris, "C0BOLT")
    boris.fill(form, {"Title": "Nobody gets in", "What happens?": "Since nine.", "open:tenant": "bolt-prod"})
    answer(stage, boris, "open:production", "yes")
    answer(stage, boris, "What is the impact in production?", "outage")
    boris.submit(form_of(stage, boris))
    stage.quiet()
    portal = "https://support.auth0.com"
    assert portal in page(form_of(stage, boris))
    assert portal in words(card(stage, "C0BOLT"))
    assert f"The customer also has\n• *Support portal*: <{portal}|" in shown(card(stage, "C0TRIAGE"))
    assert "855-243-9894" not in words(card(stage, "C0BOLT")), "that line is Premier's"


def test_a_welcome_pinned_before_there_were_plans_still_opens_a_case(stage: Stage) -> None:
    old = pinned(stage, "C0ACME")
    with stage.slack.state.change():
        for block in old.blocks:
            if block["type"] == "actions":
                block["elements"] = block["elements"][:1]
    press_pinned(stage, stage.person("Dana"), "C0ACME")


def leave(stage: Stage, title: str | None) -> None:
    boris = stage.person("Boris")
    form = press_pinned(stage, boris, "C0BOLT")
    boris.fill(form, {"Title": title, "What happens?": "Since the test deploy.", "open:tenant": "bolt-dev"})
    answer(stage, boris, "open:production", "no")
    boris.submit(form_of(stage, boris))
    stage.quiet()


def test_a_request_about_a_tenant_outside_production_is_left_with_the_team_without_a_clock(stage: Stage) -> None:
    leave(stage, "Login page is blank")
    closing = page(form_of(stage, stage.person("Boris")))
    assert "tenants that are in production" in closing
    assert "no time is promised" in closing

    (left,) = said(stage, "C0TRIAGE", "Login page is blank")
    for fact in ("request without a clock", "bolt-dev", "<@U0BORIS>", "Bolt", "<#C0BOLT>", "Since the test deploy."):
        assert fact in words(left)
    with stage.units() as uow:
        assert list(uow.cases.listing()) == []
        assert uow.timers.next_due_at() is None
    assert said(stage, "C0BOLT", "Login page is blank") == []
    assert said(stage, "C0MANAGERS", "Login page is blank") == []


def test_before_it_is_left_the_form_says_that_nothing_is_promised_and_asks_for_words(stage: Stage) -> None:
    boris = stage.person("Boris")
    press_pinned(stage, boris, "C0BOLT")
    form = answer(stage, boris, "open:production", "no")
    assert form.body["submit"]["text"] == "Leave the request"
    assert "no time is promised" in page(form)
    assert set(boris.submit(form).errors) == {"open:title", "open:details"}
    stage.quiet()
    assert said(stage, "C0TRIAGE", "without a clock") == []
