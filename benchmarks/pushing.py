"""The peer of a message that appears: a bare WebSocket on Starlette, whose page puts what it hears into a text node."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from workspace.http_server import HttpServer

PAGE = """<!doctype html><title>peer</title><p id="log"></p><script>
const socket = new WebSocket(`ws://${location.host}/push`);
socket.onmessage = (news) => document.getElementById("log").append(new Text(news.data));
socket.onopen = () => { document.title = "open"; };
</script>"""


@contextmanager
def pushing() -> Iterator[tuple[str, Callable[[str], None]]]:
    """The page's address, and what sends a text to it."""
    texts: asyncio.Queue[str] = asyncio.Queue()

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(PAGE)

    async def push(socket: WebSocket) -> None:
        await socket.accept()
        while True:
            await socket.send_text(await texts.get())

    server = HttpServer()
    loop = server.start(Starlette(routes=[Route("/", page), WebSocketRoute("/push", push)]))
    try:
        yield f"http://127.0.0.1:{server.port}", lambda text: _put(loop, texts, text)
    finally:
        server.stop()


def _put(loop: asyncio.AbstractEventLoop, texts: "asyncio.Queue[str]", text: str) -> None:
    loop.call_soon_threadsafe(texts.put_nowait, text)
