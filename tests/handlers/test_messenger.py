"""What sending to Slack comes to, told exactly: posted, refused, slowed down, or nobody knows."""

import pytest
from slack_sdk import WebClient

from cases.messages import Drawn, SendRateLimited, SendRefused, SendUncertain
from cases.queues import Post
from handlers.messenger import SlackMessenger
from workspace.server import Workspace

HELLO = Drawn("hello", ())


@pytest.fixture
def client(slack: Workspace) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def messenger(client: WebClient) -> SlackMessenger:
    return SlackMessenger(client, "U0BOT")


def test_a_post_unfurls_nothing_and_is_found_again_by_its_token(slack: Workspace, messenger: SlackMessenger) -> None:
    post = messenger.post("C0ACME", HELLO, "token-1", None)
    assert post == Post("C0ACME", slack.messages("C0ACME")[0].ts)
    (call,) = slack.calls("chat.postMessage")
    assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)
    assert "link_names" not in call.args
    assert messenger.find_by_token("C0ACME", None, "token-1") == post
    assert messenger.find_by_token("C0ACME", None, "token-2") is None


def test_a_reply_is_found_in_its_thread(slack: Workspace, messenger: SlackMessenger) -> None:
    root = slack.user("Dana").post("C0ACME", "help")
    post = messenger.post("C0ACME", HELLO, "token-1", root.ts)
    assert messenger.find_by_token("C0ACME", root.ts, "token-1") == post
    assert messenger.find_by_token("C0ACME", None, "token-1") is None


def test_a_post_of_unknown_outcome_is_found_if_slack_took_it(slack: Workspace, messenger: SlackMessenger) -> None:
    slack.faults.drop("chat.postMessage", taken=True)
    with pytest.raises(SendUncertain):
        messenger.post("C0ACME", HELLO, "token-1", None)
    assert messenger.find_by_token("C0ACME", None, "token-1") is not None
    assert len(slack.calls("chat.postMessage")) == 1, "the SDK did not try again by itself"


def test_a_token_far_back_is_found(slack: Workspace, messenger: SlackMessenger) -> None:
    post = messenger.post("C0ACME", HELLO, "token-1", None)
    for number in range(250):
        slack.user("Dana").post("C0ACME", f"message {number}")
    assert messenger.find_by_token("C0ACME", None, "token-1") == post


def test_a_thread_that_is_gone_holds_nothing(messenger: SlackMessenger) -> None:
    assert messenger.find_by_token("C0ACME", "1.000001", "token-1") is None


@pytest.mark.parametrize("error", ["fatal_error", "internal_error", "request_timeout", "service_unavailable"])
def test_slacks_own_trouble_leaves_the_outcome_open(slack: Workspace, messenger: SlackMessenger, error: str) -> None:
    slack.faults.fail("chat.postMessage", error)
    with pytest.raises(SendUncertain):
        messenger.post("C0ACME", HELLO, "token-1", None)


def test_a_5xx_and_a_cut_connection_leave_the_outcome_open(slack: Workspace, messenger: SlackMessenger) -> None:
    slack.faults.server_error("chat.update")
    with pytest.raises(SendUncertain):
        messenger.update(Post("C0ACME", "1.1"), HELLO)
    slack.faults.drop("chat.update", taken=False)
    with pytest.raises(SendUncertain):
        messenger.update(Post("C0ACME", "1.1"), HELLO)


def test_slacks_own_word_is_passed_on_where_it_refuses(messenger: SlackMessenger) -> None:
    with pytest.raises(SendRefused) as refused:
        messenger.post("C0NOWHERE", HELLO, "token-1", None)
    assert refused.value.reason == "channel_not_found"
    with pytest.raises(SendRefused):
        messenger.post_ephemeral("C0TRIAGE", "U0DANA", HELLO, None)


def test_a_rate_limit_says_how_long_to_wait(slack: Workspace, messenger: SlackMessenger) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=7)
    with pytest.raises(SendRateLimited) as limited:
        messenger.post("C0ACME", HELLO, "token-1", None)
    assert limited.value.retry_after_seconds == 7


def test_a_pin_is_a_pin_the_second_time_and_none_where_it_cannot_be(
    slack: Workspace, messenger: SlackMessenger
) -> None:
    post = messenger.post("C0ACME", HELLO, "token-1", None)
    assert messenger.pin(post)
    assert messenger.pin(post)
    slack.faults.fail("pins.add", "missing_scope", times=2)
    assert not messenger.pin(post)


def test_a_direct_message_is_opened_and_searched(messenger: SlackMessenger) -> None:
    channel = messenger.open_dm("U0MAX")
    post = messenger.post(channel, HELLO, "token-1", None)
    assert messenger.find_by_token(channel, None, "token-1") == post


def test_where_no_direct_channel_can_be_opened_the_message_goes_to_the_person(
    messenger: SlackMessenger, slack: Workspace
) -> None:
    slack.faults.fail("conversations.open", "unknown_method")

    messenger.post(messenger.open_dm("U0MAX"), HELLO, "token-1", None)

    assert [message.text for message in slack.dm("U0MAX")] == [HELLO.text]


def test_a_client_that_retries_by_itself_is_not_taken(slack: Workspace) -> None:
    with pytest.raises(ValueError, match="posted twice"):
        SlackMessenger(WebClient(slack.bot_token, base_url=slack.api_url), "U0BOT")
