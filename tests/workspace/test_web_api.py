"""The Web API through the real client: what it does, and what it refuses."""

from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.workspace.conftest import HandClock, furnish
from tests.workspace.kit import modal, section
from workspace.server import Workspace


def test_the_client_learns_who_it_is(client: WebClient) -> None:
    who = client.auth_test()
    assert (who["user_id"], who["bot_id"], who["team_id"]) == ("U0BOT", "B0CASECLOCK", "T0HOST")


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-someone-else", "invalid_auth"), (Workspace.app_token, "not_allowed_token_type")],
)
def test_a_wrong_token_is_refused(slack: Workspace, token: str, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        WebClient(token or None, base_url=slack.api_url).auth_test()


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        client.api_call("chat.shout")


REFUSALS: dict[str, tuple[str, Callable[[WebClient], object]]] = {
    "an unknown channel": ("channel_not_found", lambda c: c.chat_postMessage(channel="C0NONE", text="x")),
    "a public channel without the bot": ("not_in_channel", lambda c: c.chat_postMessage(channel="C0LOUNGE", text="x")),
    "a private channel without the bot": (
        "channel_not_found",
        lambda c: c.chat_postMessage(channel="C0BOARD", text="x"),
    ),
    "nothing to say": ("no_text", lambda c: c.api_call("chat.postMessage", json={"channel": "C0ACME"})),
    "an unknown thread": (
        "thread_not_found",
        lambda c: c.chat_postMessage(channel="C0ACME", text="x", thread_ts="1.000001"),
    ),
    "blocks that are no JSON": (
        "invalid_blocks_format",
        lambda c: c.chat_postMessage(channel="C0ACME", text="x", blocks="[oops"),
    ),
    "metadata without a type": (
        "invalid_metadata_format",
        lambda c: c.chat_postMessage(channel="C0ACME", text="x", metadata={"event_payload": {}}),
    ),
    "a whisper to someone who is not there": (
        "user_not_in_channel",
        lambda c: c.chat_postEphemeral(channel="C0ACME", user="U0BOB", text="x"),
    ),
    "a whisper to nobody": (
        "user_not_found",
        lambda c: c.chat_postEphemeral(channel="C0ACME", user="U0NONE", text="x"),
    ),
    "history of a channel without the bot": ("not_in_channel", lambda c: c.conversations_history(channel="C0LOUNGE")),
    "an unknown person": ("user_not_found", lambda c: c.users_info(user="U0NONE")),
    "an unknown group": ("no_such_subteam", lambda c: c.usergroups_users_list(usergroup="S0NONE")),
    "an unknown message": (
        "message_not_found",
        lambda c: c.reactions_add(channel="C0ACME", timestamp="1.000001", name="eyes"),
    ),
    "joining a private channel": ("channel_not_found", lambda c: c.conversations_join(channel="C0BOARD")),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_slack_refuses(slack: Workspace, client: WebClient, case: str) -> None:
    slack.add_user("Bob")
    error, call = REFUSALS[case]
    with pytest.raises(SlackApiError, match=f"'error': '{error}'"):
        call(client)
    assert not slack.calls()[-1].ok


def test_timestamps_follow_the_clock_and_never_repeat(client: WebClient, clock: HandClock) -> None:
    first = client.chat_postMessage(channel="C0ACME", text="one")["ts"]
    second = client.chat_postMessage(channel="C0ACME", text="two")["ts"]
    clock.advance(hours=-1)
    third = client.chat_postMessage(channel="C0ACME", text="three")["ts"]
    assert first == f"{int(HandClock().now.timestamp())}.000000"
    assert first < second < third


def test_a_message_is_updated_only_by_its_author(slack: Workspace, client: WebClient) -> None:
    own = client.chat_postMessage(channel="C0ACME", text="one")["ts"]
    client.chat_update(channel="C0ACME", ts=own, text="two", blocks=[section("two")])
    other = slack.user("Dana").post("C0ACME", "mine")
    assert [m.text for m in slack.messages("C0ACME")] == ["two", "mine"]
    with pytest.raises(SlackApiError, match="cant_update_message"):
        client.chat_update(channel="C0ACME", ts=other.ts, text="yours")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        client.chat_delete(channel="C0ACME", ts=other.ts)
    client.chat_delete(channel="C0ACME", ts=own)
    assert [m.text for m in slack.messages("C0ACME")] == ["mine"]


def test_metadata_is_found_again_in_history_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "said", "event_payload": {"row": "7"}}
    client.chat_postMessage(channel="C0ACME", text="x", metadata=metadata)
    told = client.conversations_history(channel="C0ACME", include_all_metadata=True)["messages"][0]
    silent = client.conversations_history(channel="C0ACME")["messages"][0]
    assert told["metadata"] == metadata
    assert "metadata" not in silent


def test_history_is_read_page_by_page_newest_first_without_replies(slack: Workspace, client: WebClient) -> None:
    root = client.chat_postMessage(channel="C0ACME", text="0")["ts"]
    client.chat_postMessage(channel="C0ACME", text="reply", thread_ts=root)
    for number in range(1, 5):
        client.chat_postMessage(channel="C0ACME", text=str(number))
    pages = [p["messages"] for p in client.conversations_history(channel="C0ACME", limit=2)]
    assert [m["text"] for p in pages for m in p] == ["4", "3", "2", "1", "0"]
    thread = client.conversations_replies(channel="C0ACME", ts=root)["messages"]
    assert [m["text"] for m in thread] == ["0", "reply"]
    assert thread[0]["reply_count"] == 1


def test_history_can_begin_after_a_message(client: WebClient) -> None:
    first = client.chat_postMessage(channel="C0ACME", text="1")["ts"]
    client.chat_postMessage(channel="C0ACME", text="2")
    after = client.conversations_history(channel="C0ACME", oldest=first)["messages"]
    with_it = client.conversations_history(channel="C0ACME", oldest=first, inclusive=True)["messages"]
    assert [len(after), len(with_it)] == [1, 2]


def test_a_reaction_counts_once_a_person(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0ACME", text="x")["ts"]
    client.reactions_add(channel="C0ACME", timestamp=ts, name="eyes")
    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(channel="C0ACME", timestamp=ts, name="eyes")
    client.reactions_remove(channel="C0ACME", timestamp=ts, name="eyes")
    with pytest.raises(SlackApiError, match="no_reaction"):
        client.reactions_remove(channel="C0ACME", timestamp=ts, name="eyes")


def test_a_message_is_pinned_once(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0ACME", text="x")["ts"]
    client.pins_add(channel="C0ACME", timestamp=ts)
    with pytest.raises(SlackApiError, match="already_pinned"):
        client.pins_add(channel="C0ACME", timestamp=ts)
    assert [item["message"]["ts"] for item in client.pins_list(channel="C0ACME")["items"]] == [ts]


def test_someone_of_another_organisation_is_known_by_their_team(client: WebClient) -> None:
    dana = client.users_info(user="U0DANA")["user"]
    assert (dana["team_id"], dana["is_stranger"]) == ("T0ACME", False)
    assert "U0DANA" not in {member["id"] for member in client.users_list()["members"]}
    assert client.conversations_info(channel="C0ACME")["channel"]["is_ext_shared"]


def test_someone_who_shares_no_channel_with_the_app_is_a_stranger(slack: Workspace, client: WebClient) -> None:
    slack.add_user("Zoe", team="T0ACME")
    assert client.users_info(user="U0ZOE")["user"]["is_stranger"]


def test_a_person_can_be_written_to_directly(slack: Workspace, client: WebClient) -> None:
    channel = client.conversations_open(users="U0MAX")["channel"]["id"]
    client.chat_postMessage(channel=channel, text="psst")
    client.chat_postMessage(channel="U0MAX", text="again")
    assert [m.text for m in slack.dm("Max")] == ["psst", "again"]


def test_a_group_names_its_people(client: WebClient) -> None:
    assert client.usergroups_users_list(usergroup="S0ONCALL")["users"] == ["U0MAX"]


def test_optional_methods_can_be_missing(clock: HandClock) -> None:
    with Workspace(clock=clock, without=["usergroups", "pins"]) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError, match="unknown_method"):
            client.usergroups_users_list(usergroup="S0ONCALL")
        assert client.users_info(user="U0BOT")["ok"]


def test_a_missing_scope_is_named(clock: HandClock) -> None:
    with Workspace(clock=clock, scopes=["chat:write", "channels:read"]) as slack:
        furnish(slack)
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        assert client.chat_postMessage(channel="C0ACME", text="x")["ok"]
        with pytest.raises(SlackApiError, match="missing_scope") as refused:
            client.conversations_history(channel="C0ACME")
        assert refused.value.response["needed"] == "channels:history"


def test_a_trigger_opens_one_view(slack: Workspace, client: WebClient) -> None:
    trigger = slack.world.triggers.issue("U0DANA")
    client.views_open(trigger_id=trigger, view=modal(section()))
    for used, error in ((trigger, "exchanged_trigger_id"), ("1.2.3", "invalid_trigger_id")):
        with pytest.raises(SlackApiError, match=error):
            client.views_open(trigger_id=used, view=modal(section()))


def test_a_trigger_expires(clock: HandClock) -> None:
    with Workspace(clock=clock, trigger_lifetime=0) as slack:
        furnish(slack)
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=modal(section()))


def test_a_view_that_changed_meanwhile_is_not_overwritten(slack: Workspace, client: WebClient) -> None:
    opened = client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=modal(section()))["view"]
    updated = client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(section("new")))["view"]
    assert updated["hash"] != opened["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(section("newer")))
    with pytest.raises(SlackApiError, match="not_found"):
        client.views_update(view_id="V0NONE", view=modal(section()))


def test_views_stack_three_high(slack: Workspace, client: WebClient) -> None:
    client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=modal(section()))
    for _ in range(2):
        client.views_push(trigger_id=slack.world.triggers.issue("U0DANA"), view=modal(section()))
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=slack.world.triggers.issue("U0DANA"), view=modal(section()))
