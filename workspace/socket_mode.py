"""Socket Mode: envelopes to the app over WebSockets, their acknowledgements, and delivery again without these."""

import asyncio
import json
from contextlib import suppress

from workspace.errors import AppDidNotRespond, PersonRefused
from workspace.events import author
from workspace.identity import AppIdentity
from workspace.journal import Journal
from workspace.model import JsonDict
from workspace.state import State
from workspace.traffic import Connection, Envelope, Fate, SocketNews

EVENT_RETRIES = 3


class SocketHub:
    """The app's sockets and what is under way to it. ``redeliver_after`` is seconds without an acknowledgement."""

    def __init__(self, state: State, journal: Journal, app: AppIdentity, redeliver_after: float) -> None:
        self._state = state
        self._journal = journal
        self._app = app
        self._redeliver_after = redeliver_after
        self.loop: asyncio.AbstractEventLoop | None = None
        self.connections: list[Connection] = []
        self.under_way: list[Envelope] = []
        self.given_up: list[Envelope] = []
        self.delivered: list[Envelope] = []

    def event(self, payload: JsonDict) -> None:
        """Sends an event now, or when a socket connects."""
        self._begin(Envelope("events_api", payload))

    def deliver_again(self) -> JsonDict:
        """Sends the last acknowledged event of a person once more, with its own event id; its payload.

        Raises ``PersonRefused`` while there is none. The app's own doings are passed over: every reaction to a person
        ends in them.
        """
        with self._state.lock:
            last = next((envelope for envelope in reversed(self.delivered) if self._is_a_persons(envelope)), None)
            if last is None:
                raise PersonRefused("the app has acknowledged nothing of anybody yet: there is none to deliver again")
            self._begin(Envelope("events_api", last.payload, redelivered=True))
            return last.payload

    def _is_a_persons(self, envelope: Envelope) -> bool:
        return envelope.kind == "events_api" and author(envelope.payload["event"]) != self._app.bot_user

    def ask(self, kind: str, payload: JsonDict, timeout: float) -> JsonDict:
        """Sends a command or interaction and waits for the app's answer. Never retried; raises ``AppDidNotRespond``."""
        envelope = Envelope(kind, payload)
        if not self._begin(envelope):
            raise AppDidNotRespond("no socket of the app is connected")
        with suppress(TimeoutError):
            self._state.wait_until(lambda: envelope.fate in (Fate.ACKNOWLEDGED, Fate.SOCKET_GONE), timeout)
        self._stop_waiting_for(envelope)
        if envelope.fate is Fate.ACKNOWLEDGED:
            return envelope.answer or {}
        why = "its socket went away" if envelope.fate is Fate.SOCKET_GONE else f"nothing came within {timeout:g} s"
        raise AppDidNotRespond(f"{kind} was not acknowledged: {why}")

    def connect(self, connection: Connection) -> None:
        with self._state.change():
            self.connections.append(connection)
            hello = self._hello()
            connection.send(json.dumps(hello))
            self._tell("hello", hello)
            for old in [c for c in self.connections if c.leaving]:
                old.send(None)
            for envelope in [e for e in self.under_way if e.sent_to is None and e.kind == "events_api"]:
                self._send(envelope)

    def disconnect(self, connection: Connection) -> None:
        """Forgets a socket; events that it left unacknowledged go to another, or wait for one. Clicks are lost with it,
        unless it was asked to leave: then the answer may still come over its successor."""
        with self._state.change():
            self.connections.remove(connection)
            self._tell("socket closed", {})
            for envelope in [e for e in self.under_way if e.sent_to is connection]:
                envelope.sent_to = None
                if envelope.kind == "events_api":
                    envelope.reason = "timeout"
                    envelope.fate = Fate.WAITING
                    self._send(envelope)
                elif not connection.leaving:
                    envelope.fate = Fate.SOCKET_GONE

    def received(self, text: str) -> None:
        """An acknowledgement. One for an envelope that is no longer under way is ignored."""
        body = json.loads(text)
        with self._state.change():
            for envelope in [e for e in self.under_way if body.get("envelope_id") in e.sendings]:
                envelope.acknowledged(body["envelope_id"], body.get("payload") or {})
                self.under_way.remove(envelope)
                self.delivered.append(envelope)

    def broadcast(self, body: JsonDict | None) -> None:
        """Says something to every socket; None closes them."""
        with self._state.lock:
            for connection in self.connections:
                connection.send(json.dumps(body) if body is not None else None)

    def ask_to_reconnect(self, reason: str = "refresh_requested", which: Connection | None = None) -> None:
        """Tells one socket, or every one, to make way for a new one, as Slack does from time to time (or ``warning``
        beforehand)."""
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
        with self._state.lock:
            for connection in self.connections if which is None else [which]:
                connection.leaving = reason == "refresh_requested"
                connection.send(json.dumps(goodbye))
            self._tell("disconnect", goodbye)

    def drop(self) -> None:
        """Cuts every socket without a word."""
        with self._state.lock:
            for connection in list(self.connections):
                connection.abort()

    def _hello(self) -> JsonDict:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": self._app.app_id},
            "debug_info": {"host": "local", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _tell(self, title: str, said: JsonDict) -> None:
        self._journal.add(SocketNews(title, len(self.connections), said))

    def _begin(self, envelope: Envelope) -> bool:
        """Puts it on its way. False where it is lost at once: a command or click, and no socket is open."""
        with self._state.change():
            self._journal.add(envelope)
            if envelope.kind != "events_api" and not self.connections:
                envelope.fate = Fate.NO_SOCKET
                return False
            self.under_way.append(envelope)
            self._send(envelope)
            return True

    def _stop_waiting_for(self, envelope: Envelope) -> None:
        with self._state.change():
            if envelope in self.under_way:
                self.under_way.remove(envelope)
                if envelope.fate is not Fate.SOCKET_GONE:
                    envelope.fate = Fate.UNANSWERED

    def _send(self, envelope: Envelope) -> None:
        ready = [c for c in self.connections if not c.leaving]
        if not ready or self.loop is None:
            return
        number = self._state.number()
        connection = ready[number % len(ready)]
        envelope.sent(f"envelope-{number:06d}", connection)
        connection.send(envelope.text())
        if envelope.kind == "events_api":
            tried = len(envelope.sendings)
            self.loop.call_soon_threadsafe(
                lambda loop: loop.call_later(self._redeliver_after, self._retry, envelope, tried), self.loop
            )

    def _retry(self, envelope: Envelope, tried: int) -> None:
        """Sends an event again, unless it was acknowledged, is waiting for a socket, or was sent anew meanwhile."""
        with self._state.change():
            if envelope not in self.under_way or envelope.sent_to is None or len(envelope.sendings) != tried:
                return
            if envelope.retries == EVENT_RETRIES:
                self.under_way.remove(envelope)
                self.given_up.append(envelope)
                envelope.fate = Fate.GIVEN_UP
                return
            envelope.retries += 1
            envelope.reason = "timeout"
            self._send(envelope)
