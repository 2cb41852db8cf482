"""Several Socket Mode connections at once, each replaced before it is left."""

import random
import time
from collections.abc import Callable
from threading import Event, Lock, Thread

import structlog
from websockets.exceptions import WebSocketException

from bot.slack_socket import NoHello, SlackSocket
from cases.messages import SendError, SendRateLimited, SendRefused
from cases.queues import Json

WANTED = 2
"""Slack allows an app ten, and sends each payload through one of them. While they are replaced there are twice as many:
four processes have room."""
AGE_SECONDS = 3600.0
"""Slack renews each after some hours. Sooner here: of one that Slack has forgotten nothing else would tell."""
PASSED_OVER = 30
"""Payloads through others since one brought something: by chance, of two, that is once in a thousand million times."""
SILENT_SECONDS = 300.0
"""So long one that is passed over is borne with: should Slack mean it, new addresses are asked for no oftener."""
LAST_WORDS_SECONDS = 10.0
"""How long one that is replaced is still listened to: what Slack sent through it may be on its way."""
BRIEF_SECONDS = 10.0
"""One that breaks so soon after Slack's hello is as good as one that was never open: the next waits its turn."""
HUNG_SECONDS = 20.0
"""A reading thread that has not come round for so long doesn't read."""
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
LOOK_SECONDS = 1.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Sockets:
    """Keeps as many open as are wanted, from `start` to `stop`, whatever becomes of each."""

    def __init__(
        self,
        new_url: Callable[[], str],
        hand_over: Callable[[SlackSocket, Json], None],
        wanted: int = WANTED,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`new_url` asks Slack where to connect; raises SendRefused, SendRateLimited, SendUncertain."""
        self._new_url = new_url
        self._hand_over = hand_over
        self._wanted = wanted
        self._seconds = seconds
        self._lock = Lock()
        self._sockets: list[SlackSocket] = []
        self._failures = 0
        self._again_at = self._heard_at = seconds()
        self._woken = Event()
        self._stopping = False
        self._thread = Thread(target=self._keep, name="sockets", daemon=True)
        self.doubts = 0
        """How often something that Slack sent may have been lost: one broke, or hung, or none was open."""

    def start(self) -> None:
        """Raises SendRefused: Slack refuses the token. Out of reach, Slack is tried again and again."""
        try:
            self._open_one()
        except SendRefused:
            raise
        except SendError as error:
            self._put_off(error)
        self._thread.start()

    def stop(self) -> None:
        """Nothing is handed over after this. Safe where it was never started."""
        self._stopping = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()
        for socket in self._taken(lambda _: True):
            socket.close()

    @property
    def open(self) -> int:
        """How many hear Slack now, as far as this side knows."""
        with self._lock:
            return sum(socket.is_open and not self._hangs(socket) for socket in self._sockets)

    @property
    def quiet_seconds(self) -> float:
        """Since Slack sent something last, over any of them."""
        with self._lock:
            self._heard_at = max([self._heard_at, *(socket.heard_at for socket in self._sockets)])
            return self._seconds() - self._heard_at

    def renew(self) -> None:
        """Another in the place of each that is open now."""
        with self._lock:
            old = [socket for socket in self._sockets if not socket.makes_way]
        for socket in old:
            socket.ask_to_make_way()

    def send(self, text: str, through: SlackSocket) -> None:
        """Answer through the one by which it was asked or, where that is gone, through another: Slack takes both.

        Raises:
            OSError, websockets.exceptions.WebSocketException: none is open.
        """
        try:
            through.send(text)
        except (OSError, WebSocketException):
            with self._lock:
                others = [socket for socket in self._sockets if socket.is_open and socket is not through]
            if not others:
                raise
            others[-1].send(text)

    def _keep(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                self._look()
            except SendError as error:
                self._put_off(error)
            except Exception:
                log.exception("sockets_failed")
            self._woken.wait(LOOK_SECONDS)

    def _look(self) -> None:
        self._bury()
        self._leave_silent()
        for _ in range(self._missing()):
            if not self._stopping and self._seconds() >= self._again_at:
                self._open_one()
        self._leave_old()

    def _bury(self) -> None:
        """Forget those that ended, and end those that hang."""
        gone = self._taken(lambda socket: not socket.is_open or self._hangs(socket))
        for socket in gone:
            if socket.is_open:
                log.error("socket_hangs", seconds=round(self._seconds() - socket.looked_at))
                Thread(target=socket.close, name="hung", daemon=True).start()
                self.doubts += 1
            elif socket.broke:
                self.doubts += 1
        if gone and not self.open:
            self.doubts += 1
            log.warning("no_socket_open")
        if any(socket.broke and self._is_new(socket) for socket in gone):
            self._put_off(SendError("Slack ended it at once"))
        with self._lock:
            if not all(self._is_new(socket) for socket in self._sockets):
                self._failures = 0

    def _heard(self, socket: SlackSocket, message: Json) -> None:
        with self._lock:
            for other in self._sockets:
                other.passed_over += 1
            socket.passed_over = 0
        self._hand_over(socket, message)

    def _leave_silent(self) -> None:
        """Of two that seem well Slack's payloads may go into one and be lost: who brings nothing is replaced."""
        with self._lock:
            silent = [socket for socket in self._sockets if self._is_fresh(socket) and self._is_passed_over(socket)]
        for socket in silent:
            log.warning("socket_silent", passed_over=socket.passed_over)
            socket.ask_to_make_way()

    def _missing(self) -> int:
        with self._lock:
            return self._wanted - sum(self._is_fresh(socket) for socket in self._sockets)

    def _open_one(self) -> None:
        socket = SlackSocket(self._new_url(), self._heard, self._woken.set, self._seconds)
        try:
            socket.open()
        except NoHello as error:
            raise SendError("Slack didn't say hello") from error
        with self._lock:
            self._sockets.append(socket)
        log.info("socket_opened", open=self.open)

    def _leave_old(self) -> None:
        """Those that have others in their place, once they had time for last words; of many, the latest alone."""
        with self._lock:
            old = [socket for socket in self._sockets if not self._is_fresh(socket)]
            newest = max((socket.opened_at for socket in self._sockets), default=0.0)
        spoken = not self._missing() and self._seconds() - newest >= LAST_WORDS_SECONDS
        leaving = old if spoken else old[: -self._wanted]
        for socket in self._taken(lambda socket: socket in leaving):
            socket.close()

    def _taken(self, which: Callable[[SlackSocket], bool]) -> list[SlackSocket]:
        """Out of the list, with when they heard last kept."""
        with self._lock:
            gone = [socket for socket in self._sockets if which(socket)]
            self._sockets = [socket for socket in self._sockets if socket not in gone]
            self._heard_at = max([self._heard_at, *(socket.heard_at for socket in gone)])
        return gone

    def _is_fresh(self, socket: SlackSocket) -> bool:
        young = self._seconds() - socket.opened_at < AGE_SECONDS
        return socket.is_open and young and not socket.makes_way

    def _is_passed_over(self, socket: SlackSocket) -> bool:
        return socket.passed_over >= PASSED_OVER and self._seconds() - socket.opened_at >= SILENT_SECONDS

    def _is_new(self, socket: SlackSocket) -> bool:
        return self._seconds() - socket.opened_at < BRIEF_SECONDS

    def _hangs(self, socket: SlackSocket) -> bool:
        return self._seconds() - socket.looked_at > HUNG_SECONDS

    def _put_off(self, error: SendError) -> None:
        """The next try a little later each time, and not all replicas at once; as late as Slack asks."""
        pause = min(FIRST_PAUSE_SECONDS * 2**self._failures, LONGEST_PAUSE_SECONDS) * random.uniform(0.8, 1.0)  # noqa: S311
        if isinstance(error, SendRateLimited):
            pause = max(pause, error.retry_after_seconds)
        self._failures = min(self._failures + 1, 10)
        self._again_at = self._seconds() + pause
        say = log.error if not self.open else log.warning
        say("socket_not_opened", reason=str(error), open=self.open, again_in_seconds=round(pause, 1))
