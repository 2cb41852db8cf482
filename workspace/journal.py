"""The inspector's log: the latest of what passed between this Slack and the app, in order, in words and as JSON."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from workspace.journal_titles import title
from workspace.journal_words import status, verdict
from workspace.model import JsonDict
from workspace.state import State
from workspace.traffic import Call, Passing, SocketNews

KEPT = 500


@dataclass(frozen=True)
class Entry:
    """One thing as it stands now. ``direction``: ``in`` to the app, ``out`` from it. ``at``: this Slack's clock.

    ``ok`` is None while it is not decided. ``milliseconds``: until the app acknowledged an envelope, or what a call
    took in the server. ``payload`` and ``answer`` show no token; ``answer`` is None until there is one.
    """

    number: int
    at: datetime
    direction: Literal["in", "out"]
    title: str
    status: str
    ok: bool | None
    milliseconds: float | None
    what: Passing

    @property
    def payload(self) -> JsonDict:
        return _shown(self.what.args if isinstance(self.what, Call) else self.what.payload)

    @property
    def answer(self) -> JsonDict | None:
        if isinstance(self.what, SocketNews) or self.milliseconds is None:
            return None
        return _shown(self.what.answer or {})


class Journal:
    """Keeps the latest five hundred. Whoever changes what it holds does so under ``State.change``."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._kept: deque[tuple[int, datetime, Passing]] = deque(maxlen=KEPT)
        self._count = 0

    def add(self, what: Passing) -> None:
        with self._state.change():
            self._count += 1
            self._kept.append((self._count, self._state.clock(), what))

    def latest(self, limit: int) -> list[Entry]:
        """The newest first."""
        with self._state.lock:
            newest = list(reversed(self._kept))[:limit]
            return [self._entry(*kept) for kept in newest]

    def entry(self, number: int) -> Entry | None:
        """None where there is none, or none any more."""
        with self._state.lock:
            return next((self._entry(*kept) for kept in self._kept if kept[0] == number), None)

    def _entry(self, number: int, at: datetime, what: Passing) -> Entry:
        direction: Literal["in", "out"] = "out" if isinstance(what, Call) else "in"
        milliseconds = None if isinstance(what, SocketNews) else what.milliseconds
        words = title(self._state, what), status(what)
        return Entry(number, at, direction, *words, verdict(what), milliseconds, what)


def _shown(payload: JsonDict) -> JsonDict:
    return {key: _within(value) for key, value in payload.items() if key != "token"}


def _within(value: object) -> object:
    if isinstance(value, dict):
        return _shown(value)
    return [_within(each) for each in value] if isinstance(value, list) else value
