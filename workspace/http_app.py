"""The doors of the local Slack: ``/api/<method>``, ``/response/<key>`` and the ``/link`` WebSocket."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from workspace import api_files, web_api
from workspace.args import decode
from workspace.callers import bearer, client_of
from workspace.errors import ApiError
from workspace.faults import Fault, Faults, Kind
from workspace.journal import Journal
from workspace.model import JsonDict
from workspace.response_urls import ResponseUrls
from workspace.socket_mode import SocketHub
from workspace.traffic import BACKGROUND, Call, Connection
from workspace.world import World

SECRET = frozenset({"token", "client_secret", "code"})
"""Arguments that are not recorded."""

Abort = Callable[[tuple[str, int]], Awaitable[None]]
"""Cuts the connection of this client address, without an answer."""


class Doors:
    """Endpoints over one world. ``tickets`` are the one-use keys of WebSocket addresses that were handed out."""

    def __init__(
        self, world: World, hub: SocketHub, faults: Faults, journal: Journal, responses: ResponseUrls, abort: Abort
    ) -> None:
        self._world, self._hub, self._faults, self._journal = world, hub, faults, journal
        self._responses, self._abort = responses, abort
        self.tickets: set[str] = set()

    def app(self, pages: Sequence[BaseRoute] = ()) -> Starlette:
        """``pages``: what else is served, for people."""
        return Starlette(
            routes=[
                Route("/api/{method}", self.call, methods=["GET", "POST"]),
                Route("/response/{key}", self.respond, methods=["POST"]),
                Route("/upload/v1/{key}", self.upload, methods=["POST"]),
                Route("/files/{id}/{name}", self.download),
                Route("/files-pri/{id}/{name:path}", self.private),
                WebSocketRoute("/link", self.link),
                *pages,
            ],
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        )

    async def call(self, request: Request) -> Response:
        """One Web API call, through the trouble that was ordered for it."""
        method = request.path_params["method"]
        kind = request.headers.get("content-type", "")
        try:
            args = decode(request.url.query, await request.body(), kind)
        except ApiError as refusal:
            return self._answered(self._heard(method, {}), web_api.refused(refusal))
        call = self._heard(method, args)
        call.team = self._world.installations.team_of(bearer(request))
        fault = self._faults.next_for(method, args)
        if fault and fault.kind is Kind.DELAY and not fault.taken:
            await asyncio.sleep(fault.value)
        if fault and fault.kind in SPOILED and not fault.taken:
            return await self._spoil(request, fault, call)
        answer = web_api.answer(self._world, method, bearer(request), args | client_of(request))
        if fault and fault.kind is Kind.DROP_AFTER:
            self._faults.record(call, answer, error="dropped")
            return await self._cut(request)
        if fault and fault.taken:
            return await self._take_and_spoil(fault, call, answer)
        return self._answered(call, answer, bearer(request))

    async def _take_and_spoil(self, fault: Fault, call: Call, answer: JsonDict) -> Response:
        """The call was carried out, and its caller doesn't hear so: a late answer, an error word, a 5xx."""
        self._faults.record(call, answer, error=_word(fault))
        if fault.kind is Kind.DELAY:
            await asyncio.sleep(fault.value)
            return JSONResponse(answer)
        return _spoilt(fault)

    def _heard(self, method: str, args: JsonDict) -> Call:
        call = Call(method, {key: value for key, value in args.items() if key not in SECRET})
        if method not in BACKGROUND:
            self._journal.add(call)
        return call

    def _answered(self, call: Call, answer: JsonDict, token: str | None = None) -> Response:
        """With this Slack's own time, and the scopes of the token."""
        self._faults.record(call, answer)
        now = self._world.state.clock().astimezone(UTC)
        return JSONResponse(answer, headers={"date": format_datetime(now, usegmt=True), **self._granted(token)})

    def _granted(self, token: str | None) -> dict[str, str]:
        try:
            scopes = self._world.installations.by_token(token or "").scopes
        except ApiError:
            return {}
        return {} if scopes is None else {"x-oauth-scopes": ",".join(sorted(scopes))}

    async def _spoil(self, request: Request, fault: Fault, call: Call) -> Response:
        """The call is not carried out: a 429, an error word, a 5xx, or a cut connection."""
        if fault.retry_after is not None and fault.retry_after.isdecimal():
            call.retry_after = int(fault.retry_after)
        self._faults.record(call, {"ok": False, "error": _word(fault)})
        if fault.kind is Kind.DROP_BEFORE:
            return await self._cut(request)
        return _spoilt(fault)

    async def _cut(self, request: Request) -> Response:
        if request.client:
            await self._abort((request.client.host, request.client.port))
        return Response()

    async def respond(self, request: Request) -> Response:
        """What the app posts to a ``response_url``; 404 where that is used up or expired."""
        body = await request.body()
        with self._world.state.change():
            call = self._heard("response_url", {})
            call.ended(self._responded(request.path_params["key"], body, call))
        if call.error:
            return JSONResponse(call.answer, status_code=404 if call.error in {"expired_url", "used_url"} else 400)
        return PlainTextResponse("ok")

    async def upload(self, request: Request) -> Response:
        """A file's content, sent to the place that was given out for it, through the trouble that was ordered."""
        content = await request.body()
        call = self._heard("upload", {"length": len(content)})
        fault = self._faults.next_for("upload", {})
        if fault and fault.kind in SPOILED:
            return await self._spoil(request, fault, call)
        answer: JsonDict = {"ok": True}
        with self._world.state.change():
            try:
                api_files.take(self._world, request.path_params["key"], content)
            except ApiError as refusal:
                answer = web_api.refused(refusal)
        self._faults.record(call, answer)
        return PlainTextResponse("OK" if answer["ok"] else answer["error"], status_code=200 if answer["ok"] else 400)

    async def download(self, request: Request) -> Response:
        """A file that the app shared, for who follows its link on the page."""
        file = self._world.state.files.get(request.path_params["id"])
        if file is None or file.content is None or file.name != request.path_params["name"]:
            return PlainTextResponse("there is no such file", status_code=404)
        kind = "image/png" if file.is_picture else "application/octet-stream"
        return Response(file.content, media_type=kind, headers=_attached(file.name))

    async def private(self, request: Request) -> Response:
        """``url_private``: a file's content, for the app's token. Whoever may not read it is led to sign in."""
        call = self._heard("url_private", {"file": request.path_params["id"]})
        fault = self._faults.next_for("url_private", {})
        if fault and fault.kind in SPOILED:
            return await self._spoil(request, fault, call)
        with self._world.state.lock:
            content = self._private(request.path_params["id"].rpartition("-")[2], bearer(request))
        self._faults.record(call, {"ok": content is not None})
        if content is None:
            return RedirectResponse(f"{self._world.base_url}/?redir=", status_code=302)
        return Response(content, media_type="application/octet-stream")

    def _private(self, id: str, token: str | None) -> bytes | None:
        try:
            app = self._world.installations.by_token(token or "")
        except ApiError:
            return None
        file = api_files.readable(replace(self._world, app=app), id)
        return file.content if file else None

    def _responded(self, key: str, body: bytes, call: Call) -> JsonDict:
        try:
            call.args = decode("", body, "application/json")
            self._responses.take(key, call.args)
        except ApiError as refusal:
            return web_api.refused(refusal)
        return {"ok": True}

    async def link(self, socket: WebSocket) -> None:
        """One Socket Mode connection, from hello to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self.tickets:
            await socket.close()
            return
        self.tickets.remove(ticket)
        await socket.accept()
        await self._serve(socket)

    async def _serve(self, socket: WebSocket) -> None:
        loop = asyncio.get_running_loop()
        outgoing: asyncio.Queue[str | None] = asyncio.Queue()
        client = (socket.client.host, socket.client.port) if socket.client else ("", 0)

        def cut() -> None:
            asyncio.run_coroutine_threadsafe(_awaited(self._abort(client)), loop)

        connection = Connection(lambda text: _put(loop, outgoing, text), cut)
        self._hub.connect(connection)
        writer = asyncio.create_task(_write(socket, outgoing))
        try:
            while True:
                self._hub.received(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._hub.disconnect(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)


SPOILED = frozenset({Kind.RATE_LIMIT, Kind.ERROR, Kind.STATUS, Kind.DROP_BEFORE})
WORDS = {Kind.RATE_LIMIT: "ratelimited", Kind.DROP_BEFORE: "dropped", Kind.DELAY: "late"}


def _word(fault: Fault) -> str:
    return WORDS.get(fault.kind) or fault.error or f"http {fault.value:.0f}"


def _spoilt(fault: Fault) -> Response:
    body: JsonDict = {"ok": False, "error": _word(fault)}
    if fault.kind is Kind.RATE_LIMIT:
        headers = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
        return JSONResponse(body, status_code=429, headers=headers)
    if fault.kind is Kind.STATUS:
        return PlainTextResponse("upstream trouble", status_code=int(fault.value))
    return JSONResponse(body)


def _put(loop: asyncio.AbstractEventLoop, queue: "asyncio.Queue[str | None]", text: str | None) -> None:
    loop.call_soon_threadsafe(queue.put_nowait, text)


async def _awaited(work: Awaitable[None]) -> None:
    await work


async def _write(socket: WebSocket, outgoing: "asyncio.Queue[str | None]") -> None:
    while (text := await outgoing.get()) is not None:
        await socket.send_text(text)
    await socket.close(1001)


def _attached(name: str) -> dict[str, str]:
    """To be kept, whatever is in it, and never shown."""
    named = f"attachment; filename*=UTF-8''{quote(name)}"
    return {"Content-Disposition": named, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
