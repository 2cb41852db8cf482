"""One browser that is told of changes: the page drawn anew, whenever it isn't what it was."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from workspace.state import State

REST_SECONDS = 0.03
"""Between two drawings, so that a burst of changes is drawn once or twice and not each by itself."""


class Live:
    """``draw`` makes the document of an address's query. The browser sends a new query when it looks elsewhere."""

    def __init__(self, socket: WebSocket, state: State, draw: Callable[[str], str]) -> None:
        self._socket, self._state, self._draw = socket, state, draw
        self._query = ""
        self._changed = asyncio.Event()

    async def serve(self, query: str) -> None:
        """Until the browser goes away."""
        await self._socket.accept()
        self._query = query
        self._changed.set()
        loop = asyncio.get_running_loop()
        end = self._state.subscribe(lambda: _tell(loop, self._changed))
        work = [asyncio.create_task(self._listen()), asyncio.create_task(self._redraw())]
        try:
            await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        finally:
            end()
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            with suppress(RuntimeError):  # closed by the other side
                await self._socket.close()

    async def _listen(self) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                self._query = await self._socket.receive_text()
                self._changed.set()

    async def _redraw(self) -> None:
        """Ends only by an error of the drawing; the browser then comes back for another try."""
        shown = ""
        while True:
            await self._changed.wait()
            self._changed.clear()
            document = await run_in_threadpool(self._draw, self._query)
            if document != shown:
                await self._socket.send_text(document)
                shown = document
            await asyncio.sleep(REST_SECONDS)


def _tell(loop: asyncio.AbstractEventLoop, changed: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the server is closing, and its loop is gone
        loop.call_soon_threadsafe(changed.set)
