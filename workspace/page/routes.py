"""The page's doors: the page itself, the news of its changes, and what is asked from it."""

import logging
from collections.abc import Sequence
from json import JSONDecodeError
from pathlib import Path
from secrets import compare_digest
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from workspace.errors import PersonRefused
from workspace.house import House
from workspace.page.emoji_names import find_emoji
from workspace.page.errands import run_errand
from workspace.page.live import Live
from workspace.page.look import Look
from workspace.page.looking import look_from
from workspace.page.page import Page
from workspace.page.story import Story

log = logging.getLogger(__name__)

SECRET = "local-slack"  # noqa: S105 - fixed, and no secret from who is at this machine
"""Comes with whatever the page asks for, in a header: a page of another origin can't send that."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
OFFERED_EMOJI = 48


class PageDoors:
    """What is served to people at a house's address. ``start`` is the look of an address that says nothing."""

    def __init__(self, house: House, story: Story, start: Look) -> None:
        self._house, self._start = house, start
        self._page = Page(house, story, SECRET)

    def routes(self) -> Sequence[BaseRoute]:
        return (
            Route("/", self.page),
            WebSocketRoute("/live", self.live),
            Route("/do/{verb}", self.do, methods=["POST"]),
            Route("/emoji", self.emoji),
            Mount("/static", StaticFiles(directory=Path(__file__).with_name("static"))),
        )

    async def page(self, request: Request) -> Response:
        """The document for the address's look."""
        look = look_from(request.query_params, self._house.slack, self._start)
        return HTMLResponse(await run_in_threadpool(self._html, look), headers=HEADERS)

    async def live(self, socket: WebSocket) -> None:
        """The document anew, whenever it has changed."""
        if socket.headers.get("origin") != f"http://{socket.headers.get('host')}":
            await socket.close()
            return
        await Live(socket, self._house.slack.state, self._draw).serve(socket.url.query)

    def _draw(self, query: str) -> str:
        asked = dict(parse_qsl(query.lstrip("?")))
        return self._html(look_from(asked, self._house.slack, self._start))

    def _html(self, look: Look) -> str:
        try:
            return self._page.html(look).encode("utf-8", "replace").decode()  # half a character can be typed
        except Exception:
            log.exception("This look can't be drawn: %s", look.url())
            raise

    async def do(self, request: Request) -> Response:
        """One errand of a person; what to tell them, and whether it was refused, which is no failure of the page."""
        if not compare_digest(request.headers.get("x-workspace-secret", "").encode(), SECRET.encode()):
            return JSONResponse({"say": "This didn't come from the local Slack's own page."}, status_code=403)
        try:
            wish = await request.json()
            told = await run_in_threadpool(run_errand, self._house, request.path_params["verb"], wish)
            return JSONResponse({"say": told})
        except JSONDecodeError:
            return JSONResponse({"say": "This is no JSON."}, status_code=400)
        except PersonRefused as refusal:
            return JSONResponse({"say": f"{refusal}", "refused": True})
        finally:
            self._house.announce()

    async def emoji(self, request: Request) -> Response:
        """Names and characters that fit some words."""
        words = request.query_params.get("words", "")
        return JSONResponse(await run_in_threadpool(find_emoji, words, OFFERED_EMOJI))
