"""What passes between this Slack and the app: envelopes to it, its calls, its sockets. Changed under ``State.lock``."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from workspace.model import JsonDict

BACKGROUND = frozenset({"users.getPresence"})
"""What a bot asks by itself all the time, whatever people do: neither logged for people, nor met by trouble for “any”
call."""


@dataclass(eq=False)
class Connection:
    """One open socket: ``send`` (any thread) puts a text on its way, None closes it; ``abort`` resets it.

    A ``leaving`` one was told to make way: it is closed when the next one has come. Out of a ``deaf`` one
    nothing comes.
    """

    send: Callable[[str | None], None]
    abort: Callable[[], None]
    leaving: bool = False
    deaf: bool = False


class Fate(Enum):
    """Where an envelope is, in words. Only an event waits for a socket; a command or click is lost without one."""

    WAITING = "waiting for a socket"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    GIVEN_UP = "given up"
    NO_SOCKET = "lost: no socket was open"
    SOCKET_GONE = "lost: its socket went away"
    UNANSWERED = "lost: not acknowledged in time"


@dataclass(eq=False)
class Envelope:
    """One thing sent to the app. An unacknowledged event is tried again under a new envelope id; nothing else is.

    ``sendings`` holds when each envelope id was sent, by ``time.perf_counter``; ``redelivered`` is true of one that was
    acknowledged before and is sent once more on order; ``milliseconds`` counts from the acknowledged sending.
    """

    kind: str
    payload: JsonDict
    redelivered: bool = False
    fate: Fate = Fate.WAITING
    sendings: dict[str, float] = field(default_factory=dict)
    sent_to: Connection | None = None
    retries: int = 0
    reason: str = ""
    answer: JsonDict | None = None
    milliseconds: float | None = None

    def sent(self, envelope_id: str, connection: Connection) -> None:
        self.sendings[envelope_id] = time.perf_counter()
        self.sent_to = connection
        self.fate = Fate.SENT

    def acknowledged(self, envelope_id: str, answer: JsonDict) -> None:
        self.milliseconds = (time.perf_counter() - self.sendings[envelope_id]) * 1000
        self.answer = answer
        self.fate = Fate.ACKNOWLEDGED

    def text(self) -> str:
        body: JsonDict = {"envelope_id": next(reversed(self.sendings)), "payload": self.payload, "type": self.kind}
        body["accepts_response_payload"] = self.kind != "events_api"
        if self.kind == "events_api":
            body |= {"retry_attempt": self.retries, "retry_reason": self.reason}
        return json.dumps(body)


@dataclass(eq=False)
class Call:
    """One call of the Web API (or a ``response_url``) as it came in, without its token; ``ended`` when it is answered.

    ``error`` is Slack's word, ``dropped`` or ``http 503``. ``milliseconds`` is what the server took, None till then;
    ``retry_after`` (seconds) goes with a rate limit.
    """

    method: str
    args: JsonDict
    team: str = ""
    """Of the workspace whose token it came with; empty: of none."""
    retry_after: int | None = None
    ok: bool = False
    error: str | None = None
    answer: JsonDict = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)
    milliseconds: float | None = None

    def ended(self, answer: JsonDict, error: str | None = None) -> None:
        """``error`` is for an answer that says ``ok`` and never reached the app."""
        self.ok = bool(answer["ok"])
        self.error = error or answer.get("error")
        self.answer = answer
        self.milliseconds = (time.perf_counter() - self.began) * 1000


@dataclass(frozen=True, eq=False)
class SocketNews:
    """A socket opened, is asked to make way, or closed; ``payload`` is what was said over it."""

    title: str
    open_sockets: int
    payload: JsonDict


Passing = Envelope | Call | SocketNews
