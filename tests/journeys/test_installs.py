"""A customer installs the app to their own workspace, works with it there, and sees no more than before."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.http_stage import signed
from tests.journeys.install_stage import ELSEWHERE, InstallStage, install
from tests.journeys.trying import asked, command, page, press_pinned, told
from workspace.acting import answer, card, form_of, said
from workspace.api_oauth import revoke, uninstall
from workspace.errors import PersonRefused
from workspace.model import JsonDict, View
from workspace.people import Person

ACME, BOLT, HOST = "T0ACME", "T0BOLT", "T0HOST"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[InstallStage]:
    with InstallStage(tmp_path) as running:
        yield running


def opens(stage: InstallStage, who: Person, form: View) -> int:
    """The form filled in and sent; the number of the case."""
    who.fill(form, {"Title": "Nobody can sign in", "What happens?": "Since nine."})
    answer(stage, who, "Which product?", "Okta Service")
    answer(stage, who, "Which of your business resources can you still reach?", "Almost all")
    assert who.submit(form_of(stage, who)).outcome == "updated"
    stage.quiet()
    with stage.units() as uow:
        return max(case.number for case in uow.cases.listing())


def used_tokens(stage: InstallStage, method: str) -> set[str]:
    """Of which workspaces the tokens were that a method was called with."""
    return {call.team for call in stage.slack.calls(method)}


def test_before_the_install_there_is_no_command_and_afterwards_it_opens_a_case(stage: InstallStage) -> None:
    dana = stage.person("Dana")
    with pytest.raises(PersonRefused):
        dana.command("/case", "open it hangs", "C0ACME")
    done = install(stage, "Dana")
    assert done.status == 200
    assert "Caseclock is installed in Acme" in done.words

    form = asked(stage, dana, lambda: dana.command("/case", "open it hangs", "C0ACME"))
    assert "it hangs" in str(form.values)
    number = opens(stage, dana, form)
    assert "C-1" in command(stage, dana, "list", "C0ACME")
    assert "Nobody can sign in" in command(stage, dana, f"show C-{number}", "C0ACME")
    assert used_tokens(stage, "views.open") == used_tokens(stage, "views.update") == {ACME}
    assert used_tokens(stage, "chat.postMessage") == {HOST}


def test_a_shortcut_opens_the_form_with_the_message_in_it(stage: InstallStage) -> None:
    install(stage, "Dana")
    bob = stage.person("Bob")
    message = stage.person("Dana").post("C0ACME", "Nobody can sign in since nine")
    form = asked(stage, bob, lambda: bob.shortcut("open_case", message))
    assert "Nobody can sign in since nine" in page(form)
    opens(stage, bob, form)
    assert card(stage, "C0ACME").thread_ts == message.ts
    assert used_tokens(stage, "views.open") == {ACME}


def test_the_buttons_of_our_own_bot_are_answered_by_it_as_before(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    assert used_tokens(stage, "views.open") == used_tokens(stage, "views.update") == {HOST}


def test_a_button_under_an_answer_of_the_customers_own_app_is_answered_by_it(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    before = len(stage.slack.ephemerals(dana))
    dana.command("/case", "show C-1", "C0ACME")
    shown = stage.slack.wait_until(lambda: stage.slack.ephemerals(dana)[before:])[-1]
    view = asked(stage, dana, lambda: dana.press(shown, "Ask for another priority"))
    assert view.app_team == ACME


def test_each_workspace_shows_a_home_of_its_own(stage: InstallStage) -> None:
    dana = stage.person("Dana")
    dana.open_home()
    stage.slack.wait_until(lambda: stage.slack.home("Dana", HOST))
    install(stage, "Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    dana.open_home()
    own = stage.slack.wait_until(lambda: stage.slack.home("Dana", ACME))
    assert "C-1" in page(own)
    assert "C-1" not in page(stage.slack.home("Dana", HOST) or own)
    assert used_tokens(stage, "views.publish") == {HOST, ACME}


def test_in_a_channel_of_their_own_they_are_shown_the_way_to_the_shared_one(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    assert "opens its cases in <#C0ACME>" in told(stage, dana, lambda: dana.command("/case", "open help", ELSEWHERE))
    for typed in ("list", "show C-1", "find sign", "plan"):
        assert "sign in" not in command(stage, dana, typed, ELSEWHERE)


def test_another_customers_cases_stay_theirs_wherever_both_are(stage: InstallStage) -> None:
    install(stage, "Dana")
    install(stage, "Boris")
    dana, boris = stage.person("Dana"), stage.person("Boris")
    opens(stage, dana, asked(stage, dana, lambda: dana.command("/case", "open", "C0BOTH")))
    hidden = command(stage, boris, "show C-99", "C0BOTH")
    for channel in ("C0BOTH", "C0BOLT"):
        assert "sign in" not in command(stage, boris, "list", channel)
        assert "sign in" not in command(stage, boris, "find sign", channel)
        assert command(stage, boris, "show C-1", channel) == hidden.replace("C-99", "C-1")
    boris.open_home()
    own = stage.slack.wait_until(lambda: stage.slack.home("Boris", BOLT))
    assert "sign in" not in page(own)
    assert "sign in" in command(stage, dana, "list", "C0BOTH")


def test_what_is_support_s_stays_support_s(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    with stage.units() as uow:
        before = uow.cases.get(1)
    for typed in ("resolve C-1", "priority C-1 1 now", "note C-1 ours", "wait C-1 what?", "away"):
        assert "Only the support team can" in command(stage, dana, typed, "C0ACME"), typed
    for typed in ("setup", "announce"):
        assert "for support managers" in command(stage, dana, typed, "C0ACME"), typed
    stage.quiet()
    with stage.units() as uow:
        assert uow.cases.get(1) == before


def test_a_workspace_that_no_account_names_may_install_and_sees_nothing(stage: InstallStage) -> None:
    stage.slack.add_team("Evil")
    eve = stage.slack.add_user("Eve", "T0EVIL")
    stage.slack.channel("C0ACME").teams.append("T0EVIL")
    stage.slack.channel("C0ACME").members.append(eve.id)
    dana = stage.person("Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    assert install(stage, "Eve").status == 200
    for typed in ("list", "show C-1", "find sign", "plan", "open", "review"):
        assert "sign in" not in command(stage, eve, typed, "C0ACME")
    assert stage.slack.view_for(eve) is None
    eve.open_home()
    assert "C-1" not in page(stage.slack.wait_until(lambda: stage.slack.home("Eve", "T0EVIL")))


def test_uninstalled_the_installation_is_gone_and_other_workspaces_are_not(stage: InstallStage) -> None:
    install(stage, "Dana")
    install(stage, "Boris")
    uninstall(stage.slack.world, ACME)
    stage.slack.settled()
    assert stage.installed() == [BOLT]
    boris = stage.person("Boris")
    asked(stage, boris, lambda: boris.command("/case", "open", "C0BOLT"))
    with pytest.raises(PersonRefused):
        stage.person("Dana").command("/case", "list", "C0ACME")
    press_pinned(stage, stage.person("Dana"), "C0ACME")


def test_a_revoked_token_is_forgotten_and_the_person_is_told_what_to_do(stage: InstallStage) -> None:
    install(stage, "Dana")
    revoke(stage.slack.world, ACME)
    stage.slack.settled()
    assert stage.installed() == []


def test_a_token_that_ended_without_a_word_is_told_kindly(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    stage.slack.faults.fail("views.open", "token_revoked")
    words = told(stage, dana, lambda: dana.command("/case", "open", "C0ACME"))
    assert "isn't connected to your workspace any more" in words


def test_what_slack_tells_late_of_an_earlier_install_leaves_the_new_one(stage: InstallStage) -> None:
    install(stage, "Dana")
    late = ended(stage, "app_uninstalled", ACME)
    stage.move(seconds=5)
    install(stage, "Dana")
    assert stage.post(late, signed(late))[0] == 200
    assert stage.installed() == [ACME]


def test_nobody_else_s_uninstall_and_no_other_token_takes_one_away(stage: InstallStage) -> None:
    install(stage, "Dana")
    told = [ended(stage, "app_uninstalled", team) for team in (HOST, "T0NOBODY", "")]
    others: list[JsonDict] = [{"oauth": ["U0DANA"]}, {"oauth": ["U0DANA"], "bot": []}, {"bot": ["U0BOT"]}, {}]
    told += [ended(stage, "tokens_revoked", ACME, tokens=tokens) for tokens in others]
    for body in told:
        assert stage.post(body, signed(body))[0] == 200
    forged = ended(stage, "app_uninstalled", ACME)
    assert stage.post(forged, {"Content-Type": "application/json"})[0] == 401
    assert stage.installed() == [ACME]
    erin = stage.person("Erin")
    asked(stage, erin, lambda: erin.command("/case", "open", "C0ACME"))


def test_a_mention_of_their_own_workspaces_bot_is_heard_by_ours(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    first = dana.post("C0ACME", "<@U0BOTACME> it hangs")
    below = dana.post("C0ACME", "<@U0BOTACME> and here", dana.post("C0ACME", "a talk").ts)
    stage.quiet()
    for asks in (first, below):
        assert len([m for m in stage.slack.thread("C0ACME", asks.thread_ts or asks.ts) if m.bot_id]) == 1
    assert "it hangs" in str(form_after(stage, dana, first.ts).values)

    both = dana.post("C0ACME", "<@U0BOT> <@U0BOTACME> twice?")
    dana.post("C0ACME", "<@U0ERIN> not for the bot")
    told(stage, dana, lambda: dana.post("C0ACME", "<@U0BOTACME> status"))
    stage.quiet()
    assert len([m for m in stage.slack.thread("C0ACME", both.ts) if m.bot_id]) == 1


def test_in_the_thread_of_a_case_such_a_mention_is_read_by_the_team(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    root = card(stage, "C0ACME")
    dana.post("C0ACME", "<@U0BOTACME> are you there?", root.thread_ts or root.ts)
    stage.quiet()
    assert said(stage, "C0TRIAGE", "are you there?")


def form_after(stage: InstallStage, who: Person, ts: str) -> View:
    """The form that the button under a message opens."""
    invite = next(m for m in stage.slack.thread("C0ACME", ts) if m.bot_id)
    return asked(stage, who, lambda: who.press(invite, "Open a case"))


def test_one_message_told_for_both_workspaces_is_answered_once(stage: InstallStage) -> None:
    """Slack tells an app once; if it did twice, under two ids and for two installations, it is one message still."""
    install(stage, "Dana")
    dana = stage.person("Dana")
    asks = dana.post("C0ACME", "<@U0BOT> it hangs")
    stage.quiet()
    shown = len(said(stage, "C0ACME"))
    event = {"type": "app_mention", "user": dana.id, "channel": "C0ACME", "text": asks.text, "ts": asks.ts}
    again = told_for(ACME, {**event, "event_ts": asks.ts})
    for _ in range(2):
        assert stage.post(again, signed(again))[0] == 200
    stage.quiet()
    assert len(said(stage, "C0ACME")) == shown


def test_what_our_bot_says_is_no_message_of_a_customer_when_told_for_their_workspace(stage: InstallStage) -> None:
    install(stage, "Dana")
    dana = stage.person("Dana")
    opens(stage, dana, press_pinned(stage, dana, "C0ACME"))
    root = card(stage, "C0ACME")
    triage = len(said(stage, "C0TRIAGE"))
    for user, bot in (("U0BOT", "B0CASECLOCK"), ("U0BOTACME", "B0ACME")):
        event = {"type": "message", "user": user, "bot_id": bot, "channel": "C0ACME", "text": "an echo"}
        body = told_for(ACME, {**event, "ts": "1.000200", "thread_ts": root.ts, "event_ts": "1.000200"})
        assert stage.post(body, signed(body))[0] == 200
    stage.quiet()
    assert len(said(stage, "C0TRIAGE")) == triage


def ended(stage: InstallStage, kind: str, team: str, **more: JsonDict) -> str:
    """As Slack tells that the app was uninstalled, or its tokens revoked, now."""
    body = {"type": "event_callback", "event_id": f"Ev0{kind}", "team_id": team, "api_app_id": "A0CASECLOCK"}
    return json.dumps({**body, "event_time": stage.slack.state.epoch(), "event": {"type": kind, **more}})


def told_for(team: str, event: JsonDict) -> str:
    """An event that came through the installation of a workspace."""
    where = {"team_id": team, "user_id": "U0BOTACME", "is_bot": True, "is_enterprise_install": False}
    body = {"type": "event_callback", "event_id": f"Ev0{team}", "team_id": team, "authorizations": [where]}
    return json.dumps({**body, "is_ext_shared_channel": True, "event": event})
