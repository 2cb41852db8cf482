"""The doors by which Slack comes in: Socket Mode (`bot/socket_door.py`), or signed HTTP requests."""

from asyncio import wrap_future
from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import Protocol, cast
from uuid import uuid4

import structlog
from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from bot.hands import Hands
from bot.web import WebServer
from cases.causes import because_of
from cases.meters import UNMETERED, Meter
from cases.queues import Json
from handlers.payloads import word

EVENTS_PATH = "/slack/events"
"""Where Slack sends events, commands, shortcuts and what people do in views."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Door(Protocol):
    """Where Slack comes in, between `open` and `close`."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def is_open(self) -> bool:
        """Slack can come in now, as far as this side knows."""
        ...


class HttpDoor:
    """Slack calls the bot; what isn't signed by Slack is refused before anything else looks at it."""

    def __init__(
        self,
        app: App,
        signing_secret: str,
        address: tuple[str, int],
        routes: Sequence[BaseRoute],
        meter: Meter = UNMETERED,
    ) -> None:
        """`routes` are served beside Slack's."""
        self._hands = Hands()
        slack = Mount("/", app=cast(ASGIApp, _Signed(app, signing_secret, self._hands, meter)))
        self.server = WebServer(address, Starlette(routes=[*routes, slack]))

    def open(self) -> None:
        """Raises bot.web.AddressTaken."""
        self.server.start()

    def close(self) -> None:
        """What is under way is answered first."""
        self.server.stop()
        self._hands.fold()

    def is_open(self) -> bool:
        """As `Door`."""
        return self.server.is_up()


class _Signed(SlackRequestHandler):
    """Bolt's adapter, with a check of the signature before it and threads behind it.

    Bolt's own check writes body and signature of what it refuses to the log, and fails on a time that is no number.
    The adapter runs listeners in the loop, one after the other; they wait for a database, so they get threads.
    Events take turns as their bodies arrived.
    """

    def __init__(self, app: App, signing_secret: str, hands: Hands, meter: Meter) -> None:
        super().__init__(app, EVENTS_PATH)
        self._meter = meter
        self._verifier = SignatureVerifier(signing_secret)
        self._hands = hands

    async def dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        """One request of Slack's; 401 for anybody else's."""
        try:
            body = await request.get_raw_body()
        except UnicodeDecodeError:
            return BoltResponse(status=401, body="")
        if not self._is_slacks(request, body):
            return BoltResponse(status=401, body="")
        asked = BoltRequest(body=body, query=request.query_string, headers=request.get_headers())
        is_event = asked.body.get("type") == "event_callback"
        return await wrap_future(self._hands.take(partial(self._answer, asked, monotonic()), event=is_event))

    def _answer(self, asked: BoltRequest, heard_at: float) -> BoltResponse:
        event = word(asked.body, "event_id")
        with because_of(event or f"request:{uuid4().hex}"):
            response = self.app.dispatch(asked)
            answered(self._meter, _kind(asked.body), response, heard_at)
            return response

    def _is_slacks(self, request: AsgiHttpRequest, body: str) -> bool:
        try:
            headers = {name: str(value) for name, value in request.get_headers().items()}
            return self._verifier.is_valid_request(body, headers)
        except (ValueError, TypeError, OverflowError):
            return False


def _kind(body: Json) -> str:
    """As Socket Mode calls them."""
    if word(body, "type") == "event_callback":
        return "events_api"
    return "slash_commands" if word(body, "command") else "interactive"


def answered(meter: Meter, kind: str, response: BoltResponse | None, heard_at: float) -> None:
    """Counts and logs what a door has answered; `heard_at` is `monotonic` of when it came."""
    ok, seconds = response is not None and response.status == 200, monotonic() - heard_at
    meter.answered(kind, seconds, ok=ok)
    log.info("answered", request=kind, ok=ok, milliseconds=round(seconds * 1000))
