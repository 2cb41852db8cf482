"""What the inspector tells of the calls of the app, and of the answers that it sends later."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.workspace.test_journal import entry, press, watched
from workspace.journal import KEPT
from workspace.server import Workspace


def test_the_next_call_of_any_method_is_rate_limited_and_the_one_after_is_not(
    slack: Workspace, client: WebClient
) -> None:
    with ThreadPoolExecutor() as page:
        page.submit(slack.faults.rate_limit, "*", retry_after=7).result()
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.users_info(user="U0DANA")
    client.users_info(user="U0DANA")
    second, first = slack.journal.latest(2)
    assert first.title == second.title == "users.info for Dana"
    assert (first.status, first.ok) == ("rate limited: come back in 7 s", False)
    assert second.ok


@pytest.mark.parametrize(
    ("taken", "status"), [(True, "carried out, its answer cut off"), (False, "cut off without an answer")]
)
def test_a_call_that_was_cut_off_says_whether_it_was_carried_out(
    slack: Workspace, client: WebClient, taken: bool, status: str
) -> None:
    slack.faults.drop("chat.postMessage", taken=taken)
    with pytest.raises(OSError, match=r"reset|closed"):
        client.chat_postMessage(channel="C0ACME", text="x")
    called = entry(slack, "chat.postMessage in #acme-support")
    assert (called.status, called.ok) == (status, False)


def test_a_slow_call_is_under_way_until_it_is_answered(slack: Workspace, client: WebClient) -> None:
    seen = watched(slack, "auth.test")
    slack.faults.delay("auth.test", 0.05)
    client.auth_test()
    assert seen[0] == "under way"
    assert seen[-1].startswith("ok in ")


@pytest.mark.usefixtures("connected")
def test_posts_to_a_response_url_are_told_until_it_is_used_up(slack: Workspace, app: App, client: WebClient) -> None:
    @app.action("open")
    def answer(ack: Ack, respond: Respond) -> None:
        for _ in range(6):
            respond(text="Only you see this.", replace_original=False)
        ack()

    press(slack, client)
    sixth, fifth = [entry for entry in slack.journal.latest(KEPT) if entry.title == "response_url"][:2]
    assert fifth.ok
    assert fifth.payload["text"] == "Only you see this."
    assert (sixth.status, sixth.ok) == ("refused: used_url", False)
