"""Slack's events are answered one after another, in the order of their coming; whatever else comes waits for none."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.doors import HttpDoor
from bot.socket_door import SocketDoor
from tests.journeys.http_stage import FORM, JSON, SIGNING_SECRET, ask, signed
from workspace.server import Workspace

LINES = [f"line {number}" for number in range(12)]


class Reader:
    """Takes the first line into its hands and doesn't let go of it before it is told to."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()

    def reads(self, event: dict[str, str]) -> None:
        self.began.append(event["text"])
        self.has_begun.set()
        assert self.may_go_on.wait(30)


def app_of(slack: Workspace, reader: Reader) -> App:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    app = App(client=client, process_before_response=True, request_verification_enabled=False)
    app.event("message")(reader.reads)
    app.command("/case")(_answers)
    return app


def _answers(ack: Ack) -> None:
    ack("Here I am.")


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.may_go_on.set()


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with Workspace(lambda: datetime(2026, 7, 2, 13, tzinfo=UTC), patience=30, redeliver_after=60) as running:
        running.add_channel("triage", "C0TRIAGE", members=[running.add_user("Max")])
        yield running


@pytest.fixture
def socket(slack: Workspace, reader: Reader) -> Iterator[SocketDoor]:
    door = SocketDoor(app_of(slack, reader), slack.app_token, slack.api_url)
    door.open()
    slack.connected()
    yield door
    reader.may_go_on.set()
    door.close()


@pytest.fixture
def http(slack: Workspace, reader: Reader) -> Iterator[HttpDoor]:
    door = HttpDoor(app_of(slack, reader), SIGNING_SECRET, ("127.0.0.1", 0), ())
    door.open()
    yield door
    reader.may_go_on.set()
    door.close()


@pytest.mark.usefixtures("socket")
def test_over_a_socket_no_event_overtakes_one_that_has_to_wait(slack: Workspace, reader: Reader) -> None:
    max_ = slack.user("Max")
    for line in LINES:
        max_.post("C0TRIAGE", line)
    assert reader.has_begun.wait(30)
    assert max_.command("/case", "help", "C0TRIAGE") is not None
    assert reader.began == LINES[:1], "what was said before the command waits, and the command doesn't"
    reader.may_go_on.set()
    slack.settled(30)
    assert reader.began == LINES


@pytest.mark.usefixtures("socket")
def test_an_event_that_comes_again_while_it_waits_is_read_once_and_each_envelope_answered(
    slack: Workspace, reader: Reader
) -> None:
    max_ = slack.user("Max")
    for line in LINES:
        max_.post("C0TRIAGE", line)
    assert reader.has_begun.wait(30)
    for envelope in list(slack.hub.under_way):
        for _ in range(3):
            slack.hub.event(envelope.payload)
    for _ in range(len(slack.hub.connections) * 2):
        max_.command("/case", "help", "C0TRIAGE")
    reader.may_go_on.set()
    slack.settled(30)
    assert reader.began == LINES


def test_by_http_no_event_overtakes_one_that_has_to_wait(http: HttpDoor, reader: Reader) -> None:
    def post(body: str, kind: str) -> int:
        return ask(http.server.port, "/slack/events", body.encode(), signed(body, kind))[0]

    with ThreadPoolExecutor(2) as senders:
        events = [senders.submit(post, event(line), JSON) for line in LINES[:2]]
        assert reader.has_begun.wait(30)
        try:
            assert post("command=%2Fcase&text=help&team_id=T0HOST&user_id=U0MAX&channel_id=C0TRIAGE", FORM) == 200
            assert len(reader.began) == 1, "one event waits for the other, and the command for none"
        finally:
            reader.may_go_on.set()
        assert [sent.result() for sent in events] == [200, 200]
    assert sorted(reader.began) == LINES[:2]


def event(text: str) -> str:
    """As Slack sends it."""
    said = {"type": "message", "user": "U0MAX", "channel": "C0TRIAGE", "text": text, "ts": "1.1", "team": "T0HOST"}
    authorized = [{"team_id": "T0HOST", "user_id": "U0BOT", "is_bot": True}]
    whole = {"type": "event_callback", "team_id": "T0HOST", "event_id": text, "event": said}
    return json.dumps({**whole, "authorizations": authorized})
