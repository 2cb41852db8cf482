"""What the inspector tells of what passed between the app and this Slack."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from tests.workspace.conftest import HandClock, furnish
from tests.workspace.ear import Ear
from tests.workspace.kit import actions, button
from workspace.acting import card
from workspace.errors import AppDidNotRespond, PersonRefused
from workspace.hang_up import hang_up
from workspace.journal import KEPT, Entry
from workspace.payloads import TOKEN
from workspace.server import Workspace
from workspace.stage import Stage


def entry(slack: Workspace, title: str) -> Entry:
    """The newest one with this title."""
    return next(entry for entry in slack.journal.latest(KEPT) if entry.title == title)


def becomes(slack: Workspace, title: str, status: str) -> Entry:
    """The newest one with this title, once its status begins so."""
    slack.wait_until(lambda: entry(slack, title).status.startswith(status))
    return entry(slack, title)


def watched(slack: Workspace, title: str) -> list[str]:
    """What a page that looks after each change sees become of the newest one with this title, as it goes on."""
    seen: list[str] = []

    def look() -> None:
        newest = [entry.status for entry in slack.journal.latest(KEPT) if entry.title == title][:1]
        if newest != seen[-1:]:
            seen.extend(newest)

    slack.state.subscribe(look)
    return seen


def comes_back(slack: Workspace, ear: Ear) -> None:
    """The app has a socket again, and listens to it."""
    ear.acknowledges = True
    slack.connected()
    slack.user("Dana").post("C0ACME", "still there?")
    slack.settled()


def press(slack: Workspace, client: WebClient) -> None:
    """Dana presses the button of a card that the app just posted."""
    card = client.chat_postMessage(channel="C0ACME", text="card", blocks=[actions(button("Open a case", "open"))])
    message = next(m for m in slack.messages("C0ACME") if m.ts == card["ts"])
    slack.user("Dana").press(message, "Open a case")


@pytest.mark.usefixtures("connected")
def test_a_click_is_told_with_its_payload_and_the_time_to_its_acknowledgement(
    slack: Workspace, app: App, client: WebClient
) -> None:
    app.action("open")(lambda ack: ack())
    press(slack, client)
    click = entry(slack, "block_actions open by Dana")
    assert (click.direction, click.ok, click.at) == ("in", True, slack.state.clock())
    assert click.status.startswith("acknowledged in ")
    assert click.milliseconds is not None
    assert click.payload["actions"][0]["action_id"] == "open"
    assert slack.journal.entry(click.number) == click


@pytest.mark.usefixtures("connected")
def test_what_came_with_an_acknowledgement_is_its_answer(slack: Workspace, app: App) -> None:
    app.command("/case")(lambda ack: ack(text="None is open."))
    slack.user("Max").command("/case", "list", "C0ACME")
    assert entry(slack, "/case list in #acme-support by Max").answer == {"text": "None is open."}


def test_a_call_stands_before_what_it_set_off(slack: Workspace, client: WebClient, ear: Ear) -> None:
    posted = client.chat_postMessage(channel="C0ACME", text="Good morning")
    heard, called = slack.journal.latest(2)
    assert (called.title, called.direction, called.ok) == ("chat.postMessage in #acme-support", "out", True)
    assert called.status.startswith("ok in ")
    assert called.milliseconds is not None
    assert called.payload == {"channel": "C0ACME", "text": "Good morning"}
    assert called.answer is not None
    assert called.answer["ts"] == posted["ts"]
    assert heard.title == "message in #acme-support by Caseclock"
    assert heard.number == called.number + 1


def test_a_refusal_is_told_in_slacks_word(slack: Workspace, client: WebClient) -> None:
    with pytest.raises(SlackApiError):
        client.reactions_add(channel="C0NONE", name="eyes", timestamp="1.0")
    called = entry(slack, "reactions.add eyes in C0NONE")
    assert (called.status, called.ok) == ("refused: channel_not_found", False)


def test_an_event_without_a_socket_waits_and_then_goes_out(clock: HandClock) -> None:
    with Workspace(clock=clock, redeliver_after=60) as slack:
        furnish(slack)
        title = "message in #acme-support by Dana"
        seen = watched(slack, title)
        slack.user("Dana").post("C0ACME", "anyone?")
        waiting = entry(slack, title)
        assert (waiting.ok, waiting.answer, waiting.milliseconds) == (None, None, None)
        late = Ear(slack)
        late.client.connect()
        slack.settled()
        assert seen[:2] == ["waiting for a socket", "sent"]
        assert seen[2].startswith("acknowledged in ")
        assert entry(slack, title).number == waiting.number
        hang_up(slack, late.client)


def test_an_event_that_nobody_acknowledges_is_sent_again_and_at_last_given_up(slack: Workspace, ear: Ear) -> None:
    ear.acknowledges = False
    title = "message in #acme-support by Dana"
    seen = watched(slack, title)
    slack.user("Dana").post("C0ACME", "hello")
    slack.wait_until(lambda: slack.hub.given_up)
    assert [status for status in seen if status != "waiting for a socket"] == [
        "sent",
        "sent again (retry 1)",
        "sent again (retry 2)",
        "sent again (retry 3)",
        "given up after retry 3",
    ]
    assert entry(slack, title).ok is False


def test_a_retry_that_is_heard_says_which_it_was(slack: Workspace, ear: Ear) -> None:
    ear.acknowledges = False
    said = slack.user("Dana").post("C0ACME", "hello")
    slack.wait_until(lambda: len(ear.heard) == 2)
    ear.acknowledges = True
    slack.settled()
    slack.user("Max").react(said, "eyes")
    slack.settled()
    heard = entry(slack, "message in #acme-support by Dana")
    assert heard.status.startswith("acknowledged in ")
    assert "(retry " in heard.status
    assert "(retry " not in entry(slack, "reaction_added eyes in #acme-support by Max").status


def test_an_event_outlives_its_socket(clock: HandClock) -> None:
    with Workspace(clock=clock, redeliver_after=60) as slack:
        furnish(slack)
        ear = Ear(slack)
        ear.acknowledges = False
        ear.client.connect()
        slack.connected()
        title = "message in #acme-support by Dana"
        seen = watched(slack, title)
        slack.user("Dana").post("C0ACME", "hello")
        slack.wait_until(lambda: ear.heard)
        ear.acknowledges = True
        slack.drop_sockets(goodbye=False)
        slack.settled()
        assert seen[-4:-1] == ["sent", "waiting for a socket", "sent again"]
        assert seen[-1].startswith("acknowledged in ")
        hang_up(slack, ear.client)


def test_a_click_is_lost_with_its_socket(slack: Workspace, ear: Ear) -> None:
    ear.acknowledges = False
    with ThreadPoolExecutor() as page:
        click = page.submit(slack.user("Max").command, "/case", "open", "C0ACME")
        slack.wait_until(lambda: ear.heard)
        page.submit(slack.drop_sockets, goodbye=False).result()
        with pytest.raises(AppDidNotRespond):
            click.result()
    comes_back(slack, ear)
    lost = entry(slack, "/case open in #acme-support by Max")
    assert (lost.status, lost.ok, lost.answer) == ("lost: its socket went away", False, None)


def test_a_click_that_no_socket_takes_is_told_too(slack: Workspace) -> None:
    seen = watched(slack, "/case in #acme-support by Max")
    with pytest.raises(AppDidNotRespond):
        slack.user("Max").command("/case", "", "C0ACME")
    assert seen[-1] == "lost: no socket was open"


def test_a_click_that_is_not_answered_in_time_is_lost(clock: HandClock) -> None:
    with Workspace(clock=clock, patience=0.05) as slack:
        furnish(slack)
        ear = Ear(slack)
        ear.acknowledges = False
        ear.client.connect()
        slack.connected()
        seen = watched(slack, "/case list in #acme-support by Max")
        with pytest.raises(AppDidNotRespond):
            slack.user("Max").command("/case", "list", "C0ACME")
        assert seen[-1] == "lost: not acknowledged in time"
        hang_up(slack, ear.client)


def test_a_dropped_socket_and_its_successor_are_told(slack: Workspace, ear: Ear) -> None:
    with ThreadPoolExecutor() as page:
        page.submit(slack.drop_sockets, goodbye=False).result()
    slack.wait_until(lambda: not slack.hub.connections)
    gone = entry(slack, "socket closed")
    assert (gone.status, gone.ok) == ("no sockets open", False)
    comes_back(slack, ear)
    hello = entry(slack, "hello")
    assert (hello.status, hello.ok, hello.payload["type"]) == ("1 socket open", True, "hello")
    assert hello.number > gone.number


def test_nothing_is_delivered_again_before_anything_was_acknowledged(slack: Workspace) -> None:
    slack.user("Dana").post("C0ACME", "anyone?")
    with pytest.raises(PersonRefused, match="none to deliver again"):
        slack.deliver_again()


def test_a_claim_delivered_again_is_acknowledged_and_changes_nothing(tmp_path: Path) -> None:
    title = "reaction_added eyes in #triage by Erin"
    with Stage(tmp_path, MORNING) as stage:
        open_p1(stage)
        stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
        stage.quiet()
        stands = [len(stage.slack.messages(channel)) for channel in ("C0ACME", "C0TRIAGE", "C0MANAGERS")]
        with ThreadPoolExecutor() as page:
            page.submit(stage.slack.deliver_again).result()
        stage.quiet()
        first, again = entry(stage.slack, title), entry(stage.slack, f"{title} (delivered again)")
        assert again.status.startswith("acknowledged in ")
        assert again.payload == first.payload
        assert [len(stage.slack.messages(channel)) for channel in ("C0ACME", "C0TRIAGE", "C0MANAGERS")] == stands


def test_no_token_is_in_any_entry(slack: Workspace, app: App, client: WebClient, connected: SocketModeHandler) -> None:
    app.action("open")(lambda ack: ack())
    app.command("/case")(lambda ack: ack())
    press(slack, client)
    slack.user("Max").command("/case", "", "C0ACME")
    client.api_call("auth.test", params={"token": slack.bot_token})
    everything = [[each.title, each.payload, each.answer] for each in slack.journal.latest(KEPT)]
    assert {"apps.connections.open", "auth.test", "message in #acme-support by Caseclock"} <= {e[0] for e in everything}
    for secret in (slack.bot_token, slack.app_token, TOKEN):
        assert secret not in json.dumps(everything)


def test_the_latest_are_kept_and_numbers_only_rise(slack: Workspace, clock: HandClock) -> None:
    dana = slack.user("Dana")
    for _ in range(KEPT + 1):
        clock.now += timedelta(seconds=1)
        dana.post("C0ACME", "hello")
    numbers = [entry.number for entry in slack.journal.latest(KEPT + 1)]
    assert numbers == list(range(KEPT + 1, 1, -1))
    assert [entry.number for entry in slack.journal.latest(2)] == numbers[:2]
    assert slack.journal.latest(1)[0].at == clock.now
    assert slack.journal.entry(1) is None
    assert slack.journal.entry(KEPT + 2) is None
