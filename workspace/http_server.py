"""The HTTP server in a thread of its own, on 127.0.0.1 alone, which can also cut a connection in mid-call."""

import asyncio
import socket
import struct
import threading

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class HttpServer:
    """``start`` returns when it listens; ``stop`` when everything is closed."""

    def __init__(self, port: int = 0) -> None:
        """``port`` 0: any free one. Raises ``OSError`` where it is taken."""
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self._open: dict[tuple[str, int], asyncio.Transport] = {}
        self.port = int(self._socket.getsockname()[1])
        self.loop: asyncio.AbstractEventLoop | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, app: ASGIApp) -> asyncio.AbstractEventLoop:
        ready = threading.Event()
        config = uvicorn.Config(
            app,
            http=self._protocol(),
            ws="websockets-sansio",
            lifespan="off",
            log_level="critical",
            access_log=False,
            date_header=False,
            timeout_graceful_shutdown=1,
            ws_ping_interval=None,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, args=(self._server, ready), name="local-slack", daemon=True)
        self._thread.start()
        ready.wait()
        if self.loop is None:
            raise RuntimeError("the server's loop did not start")
        return self.loop

    def stop(self) -> None:
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        self._socket.close()

    async def abort(self, client: tuple[str, int]) -> None:
        """Cuts this client's connection; nothing more is written to it."""
        transport = self._open.get(client)
        if transport:
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            transport.abort()
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    def _run(self, server: uvicorn.Server, ready: threading.Event) -> None:
        asyncio.run(self._serve(server, ready))

    async def _serve(self, server: uvicorn.Server, ready: threading.Event) -> None:
        self._socket.listen(128)
        self.loop = asyncio.get_running_loop()
        ready.set()
        await server.serve(sockets=[self._socket])

    def _protocol(self) -> type[H11Protocol]:
        open_connections = self._open

        class Remembered(H11Protocol):
            """Keeps the transport of each client by its address."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                if self.client:
                    open_connections[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client:
                    open_connections.pop(self.client, None)
                super().connection_lost(exc)

        return Remembered
