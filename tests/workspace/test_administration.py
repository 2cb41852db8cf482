"""Channels archived, renamed, moved, left; people deactivated: as strict as Slack is, and the app hears of it."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.workspace.ear import Ear
from workspace.errors import PersonRefused
from workspace.model import JsonDict
from workspace.server import Workspace

POST = {"channel": "C0ACME", "text": "words"}


def heard(slack: Workspace, ear: Ear) -> list[JsonDict]:
    """The events that the app got, each once, by their time."""
    slack.settled()
    events = {request.payload["event_id"]: request.payload["event"] for request in ear.heard}
    return sorted(events.values(), key=lambda event: str(event["event_ts"]))


def refused(client: WebClient, method: str, **args: object) -> str:
    with pytest.raises(SlackApiError) as raised:
        client.api_call(method, json=args)
    return str(raised.value.response["error"])


def test_in_an_archived_channel_nothing_changes_and_everything_can_be_read(
    slack: Workspace, client: WebClient, ear: Ear
) -> None:
    ts = str(client.chat_postMessage(**POST)["ts"])  # type: ignore[arg-type]
    channel = slack.channel("C0ACME")
    slack.administration.archive(channel)
    assert refused(client, "chat.postMessage", **POST) == "is_archived"
    assert refused(client, "chat.postEphemeral", user="U0DANA", **POST) == "is_archived"
    assert refused(client, "chat.update", ts=ts, **POST) == "is_inactive"
    assert client.conversations_history(channel="C0ACME")["messages"]
    with pytest.raises(PersonRefused, match="archived"):
        slack.user("Dana").post("C0ACME", "hello?")
    slack.administration.unarchive(channel)
    client.chat_postMessage(**POST)  # type: ignore[arg-type]
    assert [e["type"] for e in heard(slack, ear) if "archive" in e["type"]] == ["channel_archive", "channel_unarchive"]


def test_a_channel_with_another_id_is_not_known_by_the_old_one(slack: Workspace, client: WebClient, ear: Ear) -> None:
    ts = str(client.chat_postMessage(**POST)["ts"])  # type: ignore[arg-type]
    slack.administration.change_id(slack.channel("C0ACME"), "C0WIDER")
    assert refused(client, "chat.postMessage", **POST) == "channel_not_found"
    client.chat_update(channel="C0WIDER", ts=ts, text="others")
    assert [message.text for message in slack.messages("C0WIDER")] == ["others"]
    moved = next(e for e in heard(slack, ear) if e["type"] == "channel_id_changed")
    assert (moved["old_channel_id"], moved["new_channel_id"]) == ("C0ACME", "C0WIDER")


def test_a_new_name_leaves_the_id(slack: Workspace, client: WebClient, ear: Ear) -> None:
    slack.administration.rename(slack.channel("C0ACME"), "acme-help")
    client.chat_postMessage(**POST)  # type: ignore[arg-type]
    renamed = heard(slack, ear)[0]["channel"]
    assert (renamed["id"], renamed["name"]) == ("C0ACME", "acme-help")


def test_a_bot_that_was_thrown_out_hears_that_and_no_more(slack: Workspace, client: WebClient, ear: Ear) -> None:
    slack.administration.remove_bot(slack.channel("C0ACME"))
    slack.user("Dana").post("C0ACME", "is it gone?")
    assert refused(client, "chat.postMessage", **POST) == "not_in_channel"
    assert [(e["type"], e["channel"]) for e in heard(slack, ear)] == [("channel_left", "C0ACME")]


def test_of_private_channels_the_events_have_other_names(slack: Workspace, ear: Ear) -> None:
    slack.invite_bot("C0BOARD")
    board = slack.channel("C0BOARD")
    for deed in (slack.administration.archive, slack.administration.unarchive, slack.administration.remove_bot):
        deed(board)
    assert [e["type"] for e in heard(slack, ear)][1:] == ["group_archive", "group_unarchive", "group_left"]


def test_whoever_is_deactivated_is_in_no_channel_and_what_an_app_writes_them_is_taken_all_the_same(
    slack: Workspace, client: WebClient, ear: Ear
) -> None:
    direct = str(client.conversations_open(users="U0MAX")["channel"]["id"])
    slack.administration.deactivate(slack.state.users["U0MAX"])
    assert refused(client, "conversations.open", users="U0MAX") == "user_disabled"
    client.chat_postMessage(channel=direct, text="nobody reads this")
    assert "U0MAX" not in slack.channel("C0ACME").members
    assert client.usergroups_users_list(usergroup="S0ONCALL")["users"] == []
    with pytest.raises(PersonRefused, match="can't sign in"):
        slack.user("Max").post("C0ACME", "hello")
    slack.administration.reactivate(slack.state.users["U0MAX"])
    assert [(e["user"]["id"], e["user"]["deleted"]) for e in heard(slack, ear) if e["type"] == "user_change"] == [
        ("U0MAX", True),
        ("U0MAX", False),
    ]


def test_whoever_comes_into_a_group_and_goes_is_told_of(slack: Workspace, client: WebClient, ear: Ear) -> None:
    slack.administration.regroup(slack.state.groups["S0ONCALL"], ["U0ERIN"])
    (event,) = heard(slack, ear)
    assert (event["type"], event["subteam_id"]) == ("subteam_members_changed", "S0ONCALL")
    assert (event["added_users"], event["removed_users"]) == (["U0ERIN"], ["U0MAX"])
    assert client.usergroups_users_list(usergroup="S0ONCALL")["users"] == ["U0ERIN"]


@pytest.mark.parametrize("scopes", [["chat:write"], ["channels:read", "users:read", "groups:read"]])
def test_without_its_scope_the_app_hears_nothing(scopes: list[str], ear: Ear, slack: Workspace) -> None:
    object.__setattr__(slack.app, "scopes", frozenset(scopes))
    slack.administration.archive(slack.channel("C0ACME"))
    slack.administration.deactivate(slack.state.users["U0MAX"])
    assert len(heard(slack, ear)) == (2 if "users:read" in scopes else 0)
