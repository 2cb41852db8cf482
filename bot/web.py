"""A small web server in a thread of its own, for Slack's requests and for those who look after the bot."""

import socket
import threading

from starlette.types import ASGIApp

CLOSING_SECONDS = 3
"""Slack's own patience: a request that takes longer is sent again anyway."""
LOOK_SECONDS = 0.005


class AddressTaken(Exception):
    """Another program listens there, or the address isn't this machine's; the message is fit to be read."""


def address_of(text: str) -> tuple[str, int]:
    """`:3000` (on every interface) or `127.0.0.1:3000`. Raises ValueError, whose message is fit to be read."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise ValueError(f"expected an address such as :3000 or 127.0.0.1:3000, found {text!r}")
    return host.strip("[]"), int(port)


class WebServer:
    """Listens from `start` to `stop`."""

    def __init__(self, address: tuple[str, int], app: ASGIApp) -> None:
        """`address` is host (empty: every interface) and port (0: any free one)."""
        # Imported here: a bot on Socket Mode that nobody watches over HTTP serves nothing.
        import uvicorn

        self._address = address
        # Without its loggers: a request's line may hold what nobody should read.
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=CLOSING_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None
        self.port = address[1]

    def start(self) -> None:
        """Returns when requests are taken. Raises AddressTaken."""
        try:
            listening = socket.create_server(self._address)
        except OSError as error:
            raise AddressTaken(f"can't listen at {':'.join(map(str, self._address))}: {error.strerror}") from None
        self.port = int(listening.getsockname()[1])
        self._thread = threading.Thread(target=self._server.run, args=([listening],), name="web")
        self._thread.start()
        while self._thread.is_alive() and not self._server.started:
            self._thread.join(LOOK_SECONDS)

    def stop(self) -> None:
        """Finishes the requests under way. Safe where it was never started."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()

    def is_up(self) -> bool:
        """Whether requests are taken."""
        return self._thread is not None and self._thread.is_alive() and self._server.started
