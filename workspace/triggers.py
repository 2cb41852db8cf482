"""Trigger ids: three seconds of real time, one use, one person."""

import time
from dataclasses import dataclass

from workspace.errors import ApiError
from workspace.state import State


@dataclass
class _Trigger:
    user: str
    team: str
    born: float
    used: bool = False


class Triggers:
    """Issues trigger ids and takes each once. ``lifetime`` is in seconds; ``home`` is the host's team."""

    def __init__(self, state: State, home: str, lifetime: float = 3.0) -> None:
        self._home = home
        self._state = state
        self._lifetime = lifetime
        self._known: dict[str, _Trigger] = {}

    def issue(self, user: str, team: str = "") -> str:
        """For the app in this workspace; empty: in its host's."""
        with self._state.lock:
            trigger_id = f"{self._state.number()}.{user[2:]}.{self._state.epoch():x}"
            self._known[trigger_id] = _Trigger(user, team or self._home, time.monotonic())
            return trigger_id

    def take(self, trigger_id: str, team: str) -> str:
        """The person it was issued to. Raises Slack's errors for one unknown here, expired or used."""
        trigger = self._known.get(trigger_id)
        if trigger is None or trigger.team != team:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if time.monotonic() - trigger.born > self._lifetime:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger.user
