"""Socket Mode: envelopes to the app over WebSockets, their acknowledgements, and delivery again without these."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from workspace.errors import AppDidNotRespond
from workspace.model import JsonDict
from workspace.state import State

EVENT_RETRIES = 3


@dataclass(eq=False)
class Envelope:
    """One thing sent to the app. An unacknowledged event is tried again under a new envelope id; nothing else is."""

    kind: str
    payload: JsonDict
    ids: list[str] = field(default_factory=list)
    sent_to: "Connection | None" = None
    retries: int = 0
    reason: str = ""
    acked: bool = False
    lost: bool = False
    answer: JsonDict = field(default_factory=dict)

    def text(self) -> str:
        body: JsonDict = {"envelope_id": self.ids[-1], "payload": self.payload, "type": self.kind}
        body["accepts_response_payload"] = self.kind != "events_api"
        if self.kind == "events_api":
            body |= {"retry_attempt": self.retries, "retry_reason": self.reason}
        return json.dumps(body)


@dataclass(eq=False)
class Connection:
    """One open socket: ``send`` (any thread) puts a text on its way, None closes it; ``abort`` resets it.

    A ``leaving`` one was told to make way: it is closed when the next one has come.
    """

    send: Callable[[str | None], None]
    abort: Callable[[], None]
    leaving: bool = False


class SocketHub:
    """The app's sockets and what is under way to it. ``redeliver_after`` is seconds without an acknowledgement."""

    def __init__(self, state: State, app_id: str, redeliver_after: float) -> None:
        self._state = state
        self._app_id = app_id
        self._redeliver_after = redeliver_after
        self.loop: asyncio.AbstractEventLoop | None = None
        self.connections: list[Connection] = []
        self.under_way: list[Envelope] = []
        self.given_up: list[Envelope] = []
        self.delivered: list[Envelope] = []

    def event(self, payload: JsonDict) -> None:
        """Sends an event now, or when a socket connects."""
        with self._state.change():
            envelope = Envelope("events_api", payload)
            self.under_way.append(envelope)
            self._send(envelope)

    def ask(self, kind: str, payload: JsonDict, timeout: float) -> JsonDict:
        """Sends a command or interaction and waits for the app's answer. Never retried; raises ``AppDidNotRespond``."""
        with self._state.change():
            if not self.connections:
                raise AppDidNotRespond("no socket of the app is connected")
            envelope = Envelope(kind, payload)
            self.under_way.append(envelope)
            self._send(envelope)
        with suppress(TimeoutError):
            self._state.wait_until(lambda: envelope.acked or envelope.lost, timeout)
        with self._state.change():
            if envelope.acked:
                return envelope.answer
            self.under_way.remove(envelope)
            why = "its socket went away" if envelope.lost else f"nothing came within {timeout:g} s"
            raise AppDidNotRespond(f"{kind} was not acknowledged: {why}")

    def connect(self, connection: Connection) -> None:
        with self._state.change():
            self.connections.append(connection)
            connection.send(json.dumps(self._hello()))
            for old in [c for c in self.connections if c.leaving]:
                old.send(None)
            for envelope in [e for e in self.under_way if e.sent_to is None and e.kind == "events_api"]:
                self._send(envelope)

    def disconnect(self, connection: Connection) -> None:
        """Forgets a socket; events that it left unacknowledged go to another, or wait for one. Clicks are lost with it,
        unless it was asked to leave: then the answer may still come over its successor."""
        with self._state.change():
            self.connections.remove(connection)
            for envelope in [e for e in self.under_way if e.sent_to is connection]:
                envelope.sent_to = None
                if envelope.kind == "events_api":
                    envelope.reason = "timeout"
                    self._send(envelope)
                else:
                    envelope.lost = not connection.leaving

    def received(self, text: str) -> None:
        """An acknowledgement. One for an envelope that is no longer under way is ignored."""
        body = json.loads(text)
        with self._state.change():
            for envelope in [e for e in self.under_way if body.get("envelope_id") in e.ids]:
                envelope.acked = True
                envelope.answer = body.get("payload") or {}
                self.under_way.remove(envelope)
                self.delivered.append(envelope)

    def broadcast(self, body: JsonDict | None) -> None:
        """Says something to every socket; None closes them."""
        with self._state.lock:
            for connection in self.connections:
                connection.send(json.dumps(body) if body is not None else None)

    def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tells every socket to make way for a new one, as Slack does from time to time (or ``warning`` beforehand)."""
        with self._state.lock:
            for connection in self.connections:
                connection.leaving = reason == "refresh_requested"
            self.broadcast({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    def drop(self) -> None:
        """Cuts every socket without a word."""
        with self._state.lock:
            for connection in list(self.connections):
                connection.abort()

    def _hello(self) -> JsonDict:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "local", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _send(self, envelope: Envelope) -> None:
        ready = [c for c in self.connections if not c.leaving]
        if not ready or self.loop is None:
            return
        number = self._state.number()
        envelope.ids.append(f"envelope-{number:06d}")
        envelope.sent_to = ready[number % len(ready)]
        envelope.sent_to.send(envelope.text())
        if envelope.kind == "events_api":
            tried = len(envelope.ids)
            self.loop.call_soon_threadsafe(
                lambda loop: loop.call_later(self._redeliver_after, self._retry, envelope, tried), self.loop
            )

    def _retry(self, envelope: Envelope, tried: int) -> None:
        """Sends an event again, unless it was acknowledged, is waiting for a socket, or was sent anew meanwhile."""
        with self._state.change():
            if envelope not in self.under_way or envelope.sent_to is None or len(envelope.ids) != tried:
                return
            if envelope.retries == EVENT_RETRIES:
                self.under_way.remove(envelope)
                self.given_up.append(envelope)
                return
            envelope.retries += 1
            envelope.reason = "timeout"
            self._send(envelope)
