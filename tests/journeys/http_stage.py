"""The stage with a bot that hears Slack by HTTP: what the local Slack sends over a socket is carried to it, signed."""

import itertools
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.doors import HttpDoor
from bot.settings import Settings
from bot.wiring import Caseclock
from tests.journeys.conftest import MORNING
from workspace.hang_up import hang_up
from workspace.model import JsonDict
from workspace.stage import Stage, settings_for

SIGNING_SECRET = "a signing secret of the story"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Answer = tuple[int, str]
"""Status and body."""


class HttpStage(Stage):
    """As `Stage`; `post` sends any request to the bot, signed or not."""

    def __init__(self, folder: Path, database_url: str | None = None) -> None:
        super().__init__(folder, MORNING, database_url=database_url)
        self.port = 0

    def start_bot(self) -> None:
        """The bot listens; the courier begins."""
        leaps = itertools.count(0, 5)
        here = ("127.0.0.1", self.port)
        pace = lambda: float(next(leaps))  # noqa: E731
        bot = Caseclock(self.settings(), self.policies, self.clock, pace, self.busy_seconds, http=here)
        bot.start()
        assert isinstance(bot.door, HttpDoor)
        self._bot, self.port = bot, bot.door.server.port
        web = WebClient(token=self.slack.app_token, base_url=self.slack.api_url)
        self._courier = SocketModeClient(app_token=self.slack.app_token, web_client=web)
        self._courier.socket_mode_request_listeners.append(self._carry)
        self._courier.connect()
        self.slack.connected()
        self.quiet()

    def stop_bot(self) -> None:
        """The courier goes first."""
        hang_up(self.slack, self._courier)
        super().stop_bot()

    def settings(self) -> Settings:
        """Those of the bot."""
        secret = {"slack_app_token": None, "slack_signing_secret": SecretStr(SIGNING_SECRET)}
        return settings_for(self.slack, self.database_url).model_copy(update=secret)

    def post(self, body: str, headers: Mapping[str, str], path: str = "/slack/events") -> Answer:
        """One request, with these headers alone."""
        return ask(self.port, path, body.encode(), headers)

    def _carry(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        body, kind = _as_http(request.type, request.payload)
        status, said = self.post(body, signed(body, kind))
        if status == 200:
            payload = json.loads(said) if said.startswith("{") else {"text": said} if said else None
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


def signed(body: str, kind: str = JSON, at: float | None = None) -> dict[str, str]:
    """The headers of a request of Slack's, signed at this time (seconds); None: now."""
    seconds = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=seconds, body=body)
    assert signature is not None
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": seconds, "X-Slack-Signature": signature}


def ask(port: int, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """GET, or POST where there is a body."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def _as_http(kind: str, payload: JsonDict) -> tuple[str, str]:
    """Body and content type, as Slack sends it to a Request URL."""
    if kind == "events_api":
        return json.dumps(payload), JSON
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)}), FORM
