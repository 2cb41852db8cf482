"""Pasting app-manifest.yml into Slack gives an app that has what the handlers use, and nothing more."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema.validators import validator_for

import handlers
from bot.installing import REDIRECT_PATH
from bot.installing import SCOPES as SCOPES_ELSEWHERE
from handlers import ids
from workspace.model import JsonDict

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "tests" / "data" / "slack-app-manifest.schema.2.0.0.json"

HISTORY = {"channels:history", "groups:history", "im:history"}
"""Cases live in public and private channels; what managers are told, in direct messages."""

SCOPES: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": HISTORY,
    "conversations.open": {"im:write"},
    "conversations.replies": HISTORY,
    "files.completeUploadExternal": {"files:write"},
    "files.delete": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "pins.add": {"pins:write"},
    "reactions.get": {"reactions:read"},
    "usergroups.users.list": {"usergroups:read"},
    "users.getPresence": {"users:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.update": set(),
}
"""Scopes of the Web API methods, from their pages at docs.slack.dev/reference/methods."""

CONTENT = {"files:read"}
"""For a file's `url_private`, which is no method: `handlers.download`."""

EVENT_SCOPES: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_archive": {"channels:read"},
    "channel_id_changed": {"groups:read"},
    "channel_left": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_left": {"groups:read"},
    "group_rename": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "subteam_members_changed": {"usergroups:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}
"""Scopes of the events, from their pages at docs.slack.dev/reference/events."""


@pytest.fixture
def manifest() -> JsonDict:
    loaded: JsonDict = yaml.safe_load((ROOT / "app-manifest.yml").read_text())
    return loaded


def called() -> Iterator[str]:
    """Web API methods that the handlers' source calls on a client, as slack_sdk names them: `chat_postMessage`."""
    for file in sorted((ROOT / "handlers").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_client(node.func.value):
                yield node.func.attr


def _is_client(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.lstrip("_") == "client"


def test_slack_would_accept_the_manifest(manifest: JsonDict) -> None:
    schema = json.loads(SCHEMA.read_text())
    checker = validator_for(schema)(schema)
    assert [error.message for error in checker.iter_errors(manifest)] == []


def test_every_command_that_is_answered_can_be_typed(manifest: JsonDict) -> None:
    assert {each["command"] for each in manifest["features"]["slash_commands"]} == set(handlers.COMMANDS)


def test_every_shortcut_that_is_answered_stands_in_the_menu(manifest: JsonDict) -> None:
    shortcuts = manifest["features"]["shortcuts"]
    assert {each["callback_id"] for each in shortcuts} == set(handlers.SHORTCUTS)
    assert {each["type"] for each in shortcuts} == {"message"}


def test_slack_sends_the_events_that_are_handled_and_no_others(manifest: JsonDict) -> None:
    subscribed = {event.split(".")[0] for event in manifest["settings"]["event_subscriptions"]["bot_events"]}
    assert subscribed == set(handlers.EVENTS)


def test_the_app_asks_for_exactly_the_scopes_that_it_uses(manifest: JsonDict) -> None:
    methods = {method.replace("_", "."): SCOPES[method.replace("_", ".")] for method in called()}
    assert methods.keys() == SCOPES.keys(), "a method in the table is no longer called"
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    needed = set().union({"commands"}, CONTENT, *methods.values(), *(EVENT_SCOPES[event] for event in events))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed


def test_a_customers_workspace_is_asked_for_no_more_than_the_app_has(manifest: JsonDict) -> None:
    assert SCOPES_ELSEWHERE == ("commands",), "what is done in customers' channels is done by our own bot"
    assert set(SCOPES_ELSEWHERE) <= set(manifest["oauth_config"]["scopes"]["bot"])


def test_no_codes_of_slacks_are_sent_to_a_host_that_nobody_chose(manifest: JsonDict) -> None:
    assert "redirect_urls" not in manifest["oauth_config"]
    shown = "\n".join(line.removeprefix("  # ") for line in (ROOT / "app-manifest.yml").read_text().splitlines())
    assert f"redirect_urls:\n  - https://your.host{REDIRECT_PATH}\n" in shown


def test_everything_runs_over_socket_mode(manifest: JsonDict) -> None:
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"]
    assert settings["interactivity"] == {"is_enabled": True}, "no request URL is needed"


def test_every_id_of_a_button_and_of_a_form_is_answered() -> None:
    quiet = {ids.OPEN_VALUE, ids.SETUP_VALUE, ids.FORM_VALUE, ids.CLOSING_VIEW, ids.NEW_INTAKE}
    prefixes = {ids.OPEN_BLOCK, ids.SETUP_BLOCK, ids.CASE_BLOCK, ids.ANNOUNCE_BLOCK}
    known = {value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)}
    answered = {*handlers.COMMANDS, *handlers.SHORTCUTS, *handlers.ACTIONS, *handlers.VIEWS}
    assert known - quiet - prefixes == answered
