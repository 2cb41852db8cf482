"""One Socket Mode connection, from Slack's hello to its end, read in one thread."""

import json
import logging
from collections.abc import Callable
from threading import Event, Thread

import structlog
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from cases.queues import Json

OPEN_SECONDS = 5.0
"""For the connection, and once more for Slack's hello."""
PING_SECONDS = 5.0
PONG_SECONDS = 10.0
"""A ping without an answer for so long, and the connection is dead: a black hole is known within 16 s."""
GOODBYE_SECONDS = 1.0
"""Slack doesn't always answer a goodbye."""
LOOK_SECONDS = 1.0
LONGEST_BYTES = 16 * 2**20
"""Of one payload. Slack names no limit; a full modal with its state stays far below."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class NoHello(Exception):
    """Slack took the connection and didn't begin to speak, as when the app has too many of them."""


class SlackSocket:
    """Hands over what Slack sends in the order in which it came, in one thread of its own.

    `hand_over` must not wait: nothing is read meanwhile.
    """

    def __init__(
        self,
        url: str,
        hand_over: Callable[["SlackSocket", Json], None],
        changed: Callable[[], None],
        seconds: Callable[[], float],
    ) -> None:
        """`changed` is called when it begins to make way and when it ends; `seconds` never jump."""
        self._url = url
        self._hand_over = hand_over
        self._changed = changed
        self._seconds = seconds
        self._greeted = Event()
        self._over = Event()
        self._closing = False
        self._connection: ClientConnection | None = None
        self._thread = Thread(target=self._live, name="socket", daemon=True)
        self.opened_at = self.looked_at = self.heard_at = seconds()
        self.passed_over = 0
        """Payloads that Slack sent through others since the last one through this."""
        self.makes_way = False
        """Slack, or this side, wants another in its place; until that is there it goes on hearing."""

    def open(self) -> None:
        """Returns when Slack has said hello; raises NoHello: it didn't, and nothing is left open."""
        self._thread.start()
        if not self._greeted.wait(2 * OPEN_SECONDS) or not self.is_open:
            self.close()
            raise NoHello
        self.opened_at = self._seconds()

    @property
    def is_open(self) -> bool:
        """Slack has said hello, and neither side has ended it, as far as is known."""
        return self._greeted.is_set() and not self._over.is_set() and not self._closing

    @property
    def broke(self) -> bool:
        """It ended, and nobody had meant it to: what was on its way may be lost."""
        return self._over.is_set() and self._greeted.is_set() and not (self._closing or self.makes_way)

    def send(self, text: str) -> None:
        """Raises OSError, websockets.exceptions.WebSocketException: it is not open any more."""
        if self._connection is None:
            raise ConnectionError("not open")
        self._connection.send(text)

    def ask_to_make_way(self) -> None:
        """As Slack does: it is left as soon as another is open in its place."""
        self.makes_way = True
        self._changed()

    def close(self) -> None:
        """Ends it; returns at once or after the goodbye. What was handed over goes on."""
        self._closing = True
        if self._connection is not None:
            self._connection.close()

    def _live(self) -> None:
        try:
            with connect(
                self._url,
                open_timeout=OPEN_SECONDS,
                ping_interval=PING_SECONDS,
                ping_timeout=PONG_SECONDS,
                close_timeout=GOODBYE_SECONDS,
                max_size=LONGEST_BYTES,
                logger=logging.getLogger("websockets"),
            ) as self._connection:
                self._read(self._connection)
        except ConnectionClosed as end:
            code = end.rcvd.code if end.rcvd else None
            if not self._closing and not self.makes_way:
                log.warning("socket_ended", code=code, kind=type(end).__name__)
        except Exception as error:
            # Its words may hold the address, which is as good as a key. Beyond Slack and the network, a proxy's
            # settings can be wrong in many ways.
            log.warning("socket_failed", kind=type(error).__name__)
        finally:
            self._over.set()
            self._greeted.set()
            self._changed()

    def _read(self, connection: ClientConnection) -> None:
        while not self._closing:
            try:
                text = connection.recv(timeout=LOOK_SECONDS)
            except TimeoutError:
                text = None
            self.looked_at = self._seconds()
            if text is not None:
                self._take(text)

    def _take(self, text: str | bytes) -> None:
        try:
            message: Json = json.loads(text)
            kind = message.get("type")
            if kind == "hello":
                self._greeted.set()
            elif kind == "disconnect":
                log.info("socket_makes_way", reason=str(message.get("reason")))
                self.ask_to_make_way()
            else:
                self.heard_at = self._seconds()
                self._hand_over(self, message)
        except Exception as error:
            log.error("not_handed_over", kind=type(error).__name__)
