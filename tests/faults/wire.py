"""A wire between the bot and Slack's socket, that can fail without a sign: what is sent into it is swallowed."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from workspace.server import Workspace


class Wire:
    """All of the Slack's new sockets go through it, from `with` to its end."""

    def __init__(self, slack: Workspace) -> None:
        self._slack = slack
        self._to = urlsplit(slack.base_url).port or 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._black: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._url = slack.world.new_socket_url
        self.mute = False
        """Whether Slack's words stay out of sockets that are opened now, but for its consent to open them."""
        self.brief = False
        """Whether sockets that are opened now break as soon as Slack has greeted."""

    def __enter__(self) -> Self:
        self._slack.world.new_socket_url = self._new_url
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._slack.world.new_socket_url = self._url
        for end in (self._listening, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def go_black(self) -> None:
        """What is open now stays open, and nothing comes through any more. New connections work."""
        with self._lock:
            self._black.update(self._ends)

    def _new_url(self) -> str:
        port = self._listening.getsockname()[1]
        return urlunsplit(urlsplit(self._url())._replace(netloc=f"127.0.0.1:{port}"))

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                with self._lock:
                    self._ends += (near, far)
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                with self._lock:
                    if one in self._black:
                        continue
                if self.mute and data.startswith(b"HTTP/1.1 101"):
                    data = data[: data.index(b"\r\n\r\n") + 4]
                elif self.mute and one.getpeername()[1] == self._to:
                    continue
                other.sendall(data)
                greets = one.getpeername()[1] == self._to and not data.endswith(b"\r\n\r\n")
                if self.brief and greets:
                    break
            if one not in self._black:
                other.shutdown(socket.SHUT_WR)
