"""Every way into a case leads to the same form, and the same message to the same case."""

import pytest

from tests.journeys.acting import commit, fill_p1, only, open_p1
from workspace.acting import card, form_of, press_pinned, said, words
from workspace.errors import PersonRefused
from workspace.model import JsonDict, View
from workspace.stage import Stage


def test_the_pinned_button_opens_a_case_for_a_customer_of_another_organisation(stage: Stage) -> None:
    assert stage.slack.channel("C0ACME").pins
    open_p1(stage)

    assert "Nobody can sign in" in words(card(stage, "C0ACME"))
    assert "Nobody can sign in" in words(card(stage, "C0TRIAGE"))


def test_the_command_prefills_the_text_and_is_not_there_for_other_organisations(stage: Stage) -> None:
    erin = stage.person("Erin")
    erin.command("/case", "open Nobody of Acme can sign in", "C0ACME")

    assert "Nobody of Acme can sign in" in str(form_of(stage, erin).values)
    with pytest.raises(PersonRefused):
        stage.person("Dana").command("/case", "", "C0ACME")


def test_the_shortcut_quotes_the_message_and_its_own_time_starts_the_clock(stage: Stage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    message = dana.post("C0ACME", "Nobody can sign in since nine")
    stage.move(minutes=10)

    erin.shortcut("open_case", message)
    form = fill_p1(stage, erin)
    assert "Nobody can sign in since nine" in words_of_form(form.blocks)
    commit_for_dana(stage)

    opened = card(stage, "C0ACME")
    assert opened.thread_ts == message.ts
    with stage.units() as uow:
        case = uow.cases.get(1)
    assert case.source is not None
    assert case.source.permalink
    assert f"{case.started_at.timestamp():.0f}" == message.ts.split(".")[0]
    assert case.account_name == "Acme"


def test_a_mention_is_answered_in_its_thread_with_the_button(stage: Stage) -> None:
    dana = stage.person("Dana")
    message = dana.post("C0ACME", "<@U0BOT> nobody can sign in")
    stage.quiet()

    invite = only([m for m in stage.slack.thread("C0ACME", message.ts) if m.bot_id])
    dana.press(invite, "Open a case")
    fill_p1(stage, dana)
    commit(stage, dana)

    assert "Nobody can sign in" in words(card(stage, "C0TRIAGE"))


@pytest.mark.parametrize("who", ["Dana", "Erin"])
def test_the_ticket_reaction_is_answered_in_the_messages_thread(stage: Stage, who: str) -> None:
    message = stage.person("Dana").post("C0ACME", "nobody can sign in")
    stage.person(who).react(message, "ticket")
    stage.quiet()

    invite = only([m for m in stage.slack.thread("C0ACME", message.ts) if m.bot_id])
    stage.person("Dana").press(invite, "Open a case")
    assert "nobody can sign in" in str(form_of(stage, stage.person("Dana")).body)


def test_opening_twice_from_one_message_finds_the_existing_case(stage: Stage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    message = dana.post("C0ACME", "<@U0BOT> nobody can sign in")
    stage.quiet()
    invite = only([m for m in stage.slack.thread("C0ACME", message.ts) if m.bot_id])
    dana.press(invite, "Open a case")
    form_of(stage, dana)
    erin.shortcut("open_case", message)
    form_of(stage, erin)
    fill_p1(stage, dana)
    commit(stage, dana)

    fill_p1(stage, erin)
    done = commit_for_dana(stage)

    assert "C-1" in words_of_form(done.blocks)
    with stage.units() as uow:
        assert len(uow.cases.listing()) == 1
    erin.shortcut("open_case", message)
    assert "C-1" in words_of_form(form_of(stage, erin).blocks)


def test_a_channel_of_two_customers_resolves_by_the_persons_team(stage: Stage) -> None:
    dana, boris = stage.person("Dana"), stage.person("Boris")
    buttons = said(stage, "C0BOTH", "Open a case")

    dana.press(buttons[0], "Open a case")
    boris.press(buttons[0], "Open a case")

    assert "Which product?" in words_of_form(form_of(stage, dana).blocks)
    assert "tenant" in words_of_form(form_of(stage, boris).blocks)


def test_a_case_from_a_reply_lives_in_that_replys_thread(stage: Stage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    root = dana.post("C0ACME", "Good morning")
    reply = dana.post("C0ACME", "<@U0BOT> nobody can sign in", thread_ts=root.ts)
    stage.quiet()
    invite = only([m for m in stage.slack.thread("C0ACME", root.ts) if m.bot_id])
    dana.press(invite, "Open a case")
    fill_p1(stage, dana)
    commit(stage, dana)
    assert card(stage, "C0ACME").thread_ts == root.ts

    erin.post("C0ACME", "On it.", thread_ts=root.ts)
    stage.quiet()

    with stage.units() as uow:
        case = uow.cases.get(1)
    assert case.response is not None
    assert case.source is not None
    assert case.source.ts == reply.ts


def commit_for_dana(stage: Stage) -> View:
    erin = stage.person("Erin")
    form = form_of(stage, erin)
    erin.fill(form, {"open:consent": ["yes"], "open:available": "U0DANA"})
    done = erin.submit(form)
    stage.quiet()
    assert done.view is not None
    return done.view


def words_of_form(blocks: list[JsonDict]) -> str:
    return str(blocks)


def test_the_button_works_again_after_a_case_was_opened(stage: Stage) -> None:
    open_p1(stage)
    press_pinned(stage, stage.person("Dana"), "C0ACME")
