"""What the app's own manifest offers people: commands, shortcuts, tabs; and what it may call and hear."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

MANIFEST = Path(__file__).parents[1] / "app-manifest.yml"


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, with what may follow it."""

    name: str
    description: str
    usage: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of the menu on a message, or of the composer's."""

    name: str
    callback: str
    on_message: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """As it would be pasted into Slack."""

    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    has_home: bool
    messages_are_read_only: bool
    scopes: frozenset[str]
    events: frozenset[str]


@cache
def manifest() -> Manifest:
    """Reads it once."""
    body = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    features = body["features"]
    return Manifest(
        tuple(Command(c["command"], c["description"], c["usage_hint"]) for c in features["slash_commands"]),
        tuple(Shortcut(s["name"], s["callback_id"], s["type"] == "message") for s in features["shortcuts"]),
        features["app_home"]["home_tab_enabled"],
        features["app_home"]["messages_tab_read_only_enabled"],
        frozenset(body["oauth_config"]["scopes"]["bot"]),
        frozenset(body["settings"]["event_subscriptions"]["bot_events"]),
    )
