"""The door by which the bot calls Slack: Socket Mode."""

import logging
from functools import partial
from time import monotonic

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.clock import SystemClock
from bot.doors import answered
from bot.envelopes import Envelopes
from bot.hands import Hands
from bot.slack_socket import SlackSocket
from bot.sockets import Sockets
from cases.causes import because_of
from cases.messages import SendRefused
from cases.meters import UNMETERED, Meter
from cases.queues import Json
from handlers.payloads import answer, word
from handlers.slack_errors import as_send_errors

CALL_SECONDS = 5
"""How long Slack may take to say where to connect."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SocketDoor:
    """Socket Mode: the bot calls Slack, and needs no address of its own."""

    def __init__(self, app: App, app_token: str, slack_api_url: str, meter: Meter = UNMETERED) -> None:
        self._app = app
        self._meter = meter
        self._web = WebClient(token=app_token, base_url=slack_api_url, timeout=CALL_SECONDS, retry_handlers=[])
        self._hands = Hands()
        self._envelopes: Envelopes[tuple[SlackSocket, str]] = Envelopes()
        self.sockets = Sockets(self._new_url, self._take)

    def open(self) -> None:
        """Raises slack_sdk.errors.SlackApiError: Slack refuses the token. Where it is out of reach, it is tried again
        until it is there."""
        try:
            self.sockets.start()
        except SendRefused as refusal:
            raise refusal.__cause__ or refusal from None

    def close(self) -> None:
        """No more requests after this; those under way are answered, as far as Slack still hears."""
        self.sockets.stop()
        self._hands.fold()

    def is_open(self) -> bool:
        """As `Door`."""
        return self.sockets.open > 0

    @property
    def doubts(self) -> int:
        """As `Door`."""
        return self.sockets.doubts

    @property
    def quiet_seconds(self) -> float:
        """As `Door`."""
        return self.sockets.quiet_seconds

    def renew(self) -> None:
        """As `Door`."""
        self.sockets.renew()

    def _new_url(self) -> str:
        with as_send_errors():
            return word(answer(self._web.apps_connections_open(app_token=str(self._web.token))), "url")

    def _take(self, socket: SlackSocket, message: Json) -> None:
        """One after the other, as they came through this socket."""
        request = SocketModeRequest.from_dict(dict(message))
        if request is None:
            return
        id, is_event = _id(request), request.type == "events_api"
        if self._envelopes.put(id, (socket, request.envelope_id)):
            self._hands.take(partial(self._hear, id, request, monotonic()), event=is_event)

    def _hear(self, id: str, request: SocketModeRequest, heard_at: float) -> None:
        with because_of(id):
            response = None
            try:
                response = run_bolt_app(self._app, request)
            except Exception as error:
                # Slack sends an event again; a person sees that their click came to nothing.
                log.error("request_not_answered", request=request.type, exc_info=error)
            for socket, envelope in self._envelopes.take(id):
                if response is not None:
                    self._answer(socket, SocketModeRequest(request.type, envelope, {}), response)
            answered(self._meter, request.type, response, heard_at)

    def _answer(self, socket: SlackSocket, request: SocketModeRequest, response: BoltResponse) -> None:
        try:
            send_response(_Answer(self.sockets, socket), request, response, SystemClock().now().timestamp())
        except Exception as error:
            log.error("request_not_answered", request=request.type, exc_info=error)


def _id(request: SocketModeRequest) -> str:
    """An event's own, which stays when it comes again; of anything else, its envelope's."""
    return word(request.payload, "event_id") or request.envelope_id


class _Answer(BaseSocketModeClient):
    """What Bolt answers through: the socket by which it was asked."""

    def __init__(self, sockets: Sockets, socket: SlackSocket) -> None:
        self._sockets = sockets
        self._socket = socket
        self.logger = logging.getLogger("slack_bolt")

    def send_message(self, message: str) -> None:
        self._sockets.send(message, self._socket)
