"""Events over the real socket: delivered, acknowledged, and delivered again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import App, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler

from tests.workspace.conftest import HandClock, furnish
from tests.workspace.ear import Ear
from workspace.errors import AppDidNotRespond
from workspace.hang_up import hang_up
from workspace.model import JsonDict
from workspace.server import Workspace


def test_a_message_of_an_external_person_tells_their_team(slack: Workspace, ear: Ear) -> None:
    slack.user("Dana").post("C0ACME", "hello")
    slack.wait_until(lambda: ear.events("message"))
    body = ear.events("message")[0]
    assert body["is_ext_shared_channel"]
    assert body["authorizations"][0]["team_id"] == body["team_id"] == "T0HOST"
    assert body["event"]["user_team"] == body["event"]["team"] == "T0ACME"


def test_a_mention_comes_as_message_and_as_mention(slack: Workspace, ear: Ear) -> None:
    said = slack.user("Dana").post("C0ACME", "<@U0BOT> it is <b>broken</b> & slow")
    slack.settled()
    mention = ear.events("app_mention")[0]["event"]
    assert (mention["ts"], mention["text"]) == (said.ts, "<@U0BOT> it is &lt;b&gt;broken&lt;/b&gt; &amp; slow")
    assert len(ear.events("message")) == 1


def test_reactions_are_told_when_given_and_taken_back(slack: Workspace, ear: Ear) -> None:
    max_ = slack.user("Max")
    said = slack.user("Dana").post("C0ACME", "hello")
    max_.react(said, "eyes")
    max_.unreact(said, "eyes")
    slack.settled()
    added, removed = ear.events("reaction_added")[0]["event"], ear.events("reaction_removed")[0]["event"]
    assert added["item"] == removed["item"] == {"type": "message", "channel": "C0ACME", "ts": said.ts}
    assert (added["user"], added["item_user"]) == ("U0MAX", "U0DANA")


def test_an_edit_and_a_deletion_are_told(slack: Workspace, ear: Ear) -> None:
    dana = slack.user("Dana")
    said = dana.post("C0ACME", "hello")
    dana.edit(said, "hello!")
    dana.delete(said)
    slack.settled()
    subtypes = {body["event"].get("subtype"): body["event"] for body in ear.events("message")}
    assert subtypes["message_changed"]["message"]["text"] == "hello!"
    assert subtypes["message_changed"]["previous_message"]["text"] == "hello"
    assert subtypes["message_deleted"]["deleted_ts"] == said.ts


def test_nothing_is_heard_from_where_the_bot_is_not(slack: Workspace, ear: Ear) -> None:
    slack.user("Max").post("C0LOUNGE", "gossip about <@U0BOT>")
    slack.user("Max").post("C0ACME", "hello")
    slack.settled()
    assert [body["event"]["text"] for body in ear.events("message")] == ["hello"]
    assert not ear.events("app_mention")


def test_an_event_is_sent_again_until_acknowledged_with_the_same_event_id(slack: Workspace, ear: Ear) -> None:
    ear.acknowledges = False
    slack.user("Dana").post("C0ACME", "hello")
    slack.wait_until(lambda: len(ear.heard) >= 2)
    ear.acknowledges = True
    slack.settled()
    first, second = ear.heard[0], ear.heard[1]
    assert first.payload["event_id"] == second.payload["event_id"]
    assert first.envelope_id != second.envelope_id
    assert [(r.retry_attempt, r.retry_reason) for r in (first, second)] == [(0, ""), (1, "timeout")]


def test_an_event_that_is_never_acknowledged_is_given_up(slack: Workspace, ear: Ear) -> None:
    ear.acknowledges = False
    slack.user("Dana").post("C0ACME", "hello")
    slack.wait_until(lambda: slack.hub.given_up)
    slack.wait_until(lambda: len(ear.heard) == 4)


def test_events_wait_for_the_app_to_connect(slack: Workspace) -> None:
    slack.user("Dana").post("C0ACME", "anyone?")
    late = Ear(slack)
    late.client.connect()
    slack.wait_until(lambda: late.events("message"))
    slack.settled()
    hang_up(slack, late.client)


def test_what_a_lost_app_left_unacknowledged_goes_to_the_next(clock: HandClock) -> None:
    with Workspace(clock=clock, redeliver_after=60) as slack:
        furnish(slack)
        lost, following = Ear(slack), Ear(slack)
        lost.acknowledges = False
        lost.client.connect()
        slack.connected()
        slack.user("Dana").post("C0ACME", "hello")
        slack.wait_until(lambda: lost.heard)
        lost.client.auto_reconnect_enabled = lost.client.default_auto_reconnect_enabled = False
        slack.drop_sockets()
        slack.wait_until(lambda: not slack.hub.connections)
        following.client.connect()
        slack.wait_until(lambda: following.heard)
        assert following.heard[0].payload == lost.heard[0].payload
        hang_up(slack, lost.client)
        hang_up(slack, following.client)


def test_what_is_not_acknowledged_is_sent_again_over_every_new_socket(clock: HandClock) -> None:
    with Workspace(clock=clock, redeliver_after=60) as slack:
        furnish(slack)
        ear = Ear(slack)
        ear.acknowledges = False
        ear.client.connect()
        slack.connected()
        slack.user("Dana").post("C0ACME", "hello")
        slack.wait_until(lambda: len(ear.heard) == 1)
        slack.drop_sockets()
        slack.wait_until(lambda: len(ear.heard) == 2)
        slack.drop_sockets()
        slack.wait_until(lambda: len(ear.heard) == 3)
        assert len({request.payload["event_id"] for request in ear.heard}) == 1
        assert len({request.envelope_id for request in ear.heard}) == 3
        hang_up(slack, ear.client)


def test_a_click_is_lost_with_the_app_and_not_sent_again(slack: Workspace, ear: Ear) -> None:
    ear.acknowledges = False
    with ThreadPoolExecutor() as pool:
        click = pool.submit(slack.user("Max").command, "/case", "open", "C0ACME")
        slack.wait_until(lambda: ear.heard)
        slack.drop_sockets()
        with pytest.raises(AppDidNotRespond, match="went away"):
            click.result()
    slack.connected()
    ear.acknowledges = True
    slack.user("Max").post("C0ACME", "hello?")
    slack.wait_until(lambda: ear.events("message"))
    assert [request.type for request in ear.heard] == ["slash_commands", "events_api"]


@pytest.mark.parametrize("goodbye", [True, False])
def test_the_client_comes_back_after_its_socket_is_dropped(slack: Workspace, ear: Ear, goodbye: bool) -> None:
    slack.drop_sockets(goodbye)
    slack.wait_until(lambda: not slack.hub.connections)
    slack.connected()
    slack.user("Dana").post("C0ACME", "still there?")
    slack.wait_until(lambda: ear.events("message"))


def test_the_client_makes_way_when_asked_and_misses_nothing(slack: Workspace, ear: Ear) -> None:
    (before,) = slack.hub.connections
    slack.hub.ask_to_reconnect()
    slack.user("Dana").post("C0ACME", "hello")
    slack.wait_until(lambda: ear.events("message") and before not in slack.hub.connections)
    assert len(slack.hub.connections) == 1


def test_an_event_can_be_delivered_twice(slack: Workspace, ear: Ear) -> None:
    slack.user("Dana").post("C0ACME", "hello")
    slack.settled()
    again = slack.deliver_again()
    slack.wait_until(lambda: len(slack.hub.delivered) == 2)
    assert len(ear.heard) >= 2
    assert {request.payload["event_id"] for request in ear.heard} == {again["event_id"]}


def test_a_bolt_app_answers_in_the_thread(slack: Workspace, app: App, connected: SocketModeHandler) -> None:
    @app.event("app_mention")
    def answer(event: JsonDict, say: Say) -> None:
        say(text="Hello!", thread_ts=event["ts"])

    asked = slack.user("Dana").post("C0ACME", "<@U0BOT>?")
    slack.wait_until(lambda: len(slack.thread("C0ACME", asked.ts)) == 2)
    slack.wait_until(lambda: slack.calls("chat.postMessage"))
    assert [m.user for m in slack.thread("C0ACME", asked.ts)] == ["U0DANA", "U0BOT"]
