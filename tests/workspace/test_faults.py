"""Trouble on order, as the real client meets it."""

from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from workspace.server import Workspace


def test_a_rate_limit_says_when_to_come_back(slack: Workspace, client: WebClient) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError, match="ratelimited") as refused:
        client.chat_postMessage(channel="C0ACME", text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert client.chat_postMessage(channel="C0ACME", text="x")["ok"]
    assert [call.error for call in slack.calls("chat.postMessage")] == ["ratelimited", None]


def test_trouble_can_be_kept_to_one_channel(slack: Workspace, client: WebClient) -> None:
    slack.add_channel("triage", id="C0TRIAGE")
    slack.faults.fail("chat.postMessage", "fatal_error", times=2, channel="C0TRIAGE")
    assert client.chat_postMessage(channel="C0ACME", text="x")["ok"]
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            client.chat_postMessage(channel="C0TRIAGE", text="x")
    assert client.chat_postMessage(channel="C0TRIAGE", text="x")["ok"]


@pytest.mark.parametrize(("taken", "stands"), [(True, 1), (False, 0)])
def test_a_dropped_call_may_or_may_not_have_been_taken(
    slack: Workspace, client: WebClient, taken: bool, stands: int
) -> None:
    slack.faults.drop("chat.postMessage", taken=taken)
    with pytest.raises((RemoteDisconnected, ConnectionResetError, URLError)):
        client.chat_postMessage(channel="C0ACME", text="x")
    assert len(slack.messages("C0ACME")) == stands
    assert client.chat_postMessage(channel="C0ACME", text="y")["ok"]


def test_a_server_error_is_no_answer(slack: Workspace, client: WebClient) -> None:
    slack.faults.server_error("chat.postMessage", 502)
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0ACME", text="x")
    assert refused.value.response.status_code == 502
    assert not slack.messages("C0ACME")


def test_a_late_answer_can_outlast_the_clients_patience(slack: Workspace) -> None:
    slack.faults.delay("auth.test", seconds=0.2)
    with pytest.raises(TimeoutError):
        WebClient(slack.bot_token, base_url=slack.api_url, timeout=0.05, retry_handlers=[]).auth_test()  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["fatal_error", "internal_error"])
def test_a_call_may_be_carried_out_and_answered_with_an_error(slack: Workspace, client: WebClient, word: str) -> None:
    slack.faults.fail("chat.postMessage", word, taken=True)
    with pytest.raises(SlackApiError, match=word):
        client.chat_postMessage(channel="C0ACME", text="x")
    slack.faults.server_error("chat.postMessage", 503, taken=True)
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C0ACME", text="y")
    assert [message.text for message in slack.messages("C0ACME")] == ["x", "y"]
    assert [call.error for call in slack.calls("chat.postMessage")] == [word, "http 503"]


@pytest.mark.parametrize("asked", [None, "soon"])
def test_a_rate_limit_need_not_say_for_how_long(slack: Workspace, client: WebClient, asked: str | None) -> None:
    slack.faults.rate_limit("chat.postMessage", asked)
    with pytest.raises(SlackApiError, match="ratelimited") as refused:
        client.chat_postMessage(channel="C0ACME", text="x")
    assert refused.value.response.headers.get("Retry-After") == asked
