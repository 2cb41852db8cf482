"""Trouble on order: what the next calls of a method run into. And the log of every call that was made."""

from dataclasses import dataclass
from enum import Enum

from workspace.model import JsonDict
from workspace.state import State
from workspace.traffic import BACKGROUND, Call


class Kind(Enum):
    RATE_LIMIT = "rate limit"
    ERROR = "error"
    STATUS = "status"
    DROP_BEFORE = "drop before"
    DROP_AFTER = "drop after"
    DELAY = "delay"


@dataclass
class Fault:
    """One order: ``left`` more calls of ``method`` (in ``channel``, if given) meet it. ``value``: seconds or status.

    ``taken``: the call is carried out all the same.
    """

    kind: Kind
    method: str
    left: int
    channel: str | None = None
    value: float = 0
    error: str = ""
    retry_after: str | None = None
    taken: bool = False

    def concerns(self, method: str, args: JsonDict) -> bool:
        meant = self.method == method or (self.method == "*" and method not in BACKGROUND)
        return self.left > 0 and meant and self.channel in (None, args.get("channel"))


class Faults:
    """Orders trouble. ``times`` counts calls; ``channel`` narrows to calls with that channel; method ``*`` is any."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._orders: list[Fault] = []
        self.calls: list[Call] = []

    def rate_limit(
        self, method: str, retry_after: int | str | None = 1, times: int = 1, channel: str | None = None
    ) -> None:
        """Answer HTTP 429 with ``Retry-After`` (seconds; a word that is no number; None: without the header)."""
        header = None if retry_after is None else str(retry_after)
        self._order(Fault(Kind.RATE_LIMIT, method, times, channel, retry_after=header))

    def fail(
        self,
        method: str,
        error: str = "fatal_error",
        times: int = 1,
        channel: str | None = None,
        taken: bool = False,
    ) -> None:
        """Answer ``ok: false`` with this error word; the call is carried out only if ``taken``."""
        self._order(Fault(Kind.ERROR, method, times, channel, error=error, taken=taken))

    def server_error(
        self, method: str, status: int = 503, times: int = 1, channel: str | None = None, taken: bool = False
    ) -> None:
        """Answer with an HTTP 5xx; the call is carried out only if ``taken``."""
        self._order(Fault(Kind.STATUS, method, times, channel, status, taken=taken))

    def drop(self, method: str, taken: bool, times: int = 1, channel: str | None = None) -> None:
        """Cut the connection without an answer, after the call was carried out (``taken``) or before."""
        self._order(Fault(Kind.DROP_AFTER if taken else Kind.DROP_BEFORE, method, times, channel))

    def delay(
        self, method: str, seconds: float, times: int = 1, channel: str | None = None, taken: bool = False
    ) -> None:
        """Answer late. The call is carried out when the wait is over; before it, if ``taken``."""
        self._order(Fault(Kind.DELAY, method, times, channel, seconds, taken=taken))

    def clear(self, channel: str | None = None) -> None:
        """All orders are over, or those for one channel."""
        with self._state.change():
            self._orders = [fault for fault in self._orders if channel and fault.channel != channel]

    def _order(self, fault: Fault) -> None:
        with self._state.change():
            self._orders.append(fault)

    def next_for(self, method: str, args: JsonDict) -> Fault | None:
        """The order that this call meets, used up by one."""
        with self._state.lock:
            fault = next((f for f in self._orders if f.concerns(method, args)), None)
            if fault:
                fault.left -= 1
            return fault

    def record(self, call: Call, answer: JsonDict, error: str | None = None) -> None:
        """A call was answered; ``error`` says what kept an answer from the app."""
        with self._state.change():
            call.ended(answer, error)
            self.calls.append(call)
