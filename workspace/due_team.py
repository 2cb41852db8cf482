"""The support team as the settings name it, and everybody's names."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import Settings
from cases.change import Places
from workspace.state import State


@dataclass(frozen=True, slots=True)
class Team:
    """Who hears of what; all by id."""

    places: Places
    on_call: tuple[str, ...]
    managers: tuple[str, ...]
    name: Callable[[str], str]
    """Of a channel, a person or a group: `#triage`, `@Dana`, `@on-call`."""


def team_of(settings: Settings, state: State) -> Team:
    """Of a bot with these settings in that Slack."""
    return Team(
        places=settings.places,
        on_call=settings.support_engineers,
        managers=settings.support_managers,
        name=lambda id: _name(state, id),
    )


def _name(state: State, id: str) -> str:
    if id in state.channels:
        return f"#{state.channels[id].name}"
    if id in state.groups:
        return f"@{state.groups[id].handle}"
    return f"@{state.users[id].name}" if id in state.users else id
