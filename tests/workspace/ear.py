"""The simplest app: it listens, and says no more than that it heard."""

from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from workspace.model import JsonDict
from workspace.server import Workspace


class Ear:
    """A bare Socket Mode client that keeps what it hears and acknowledges only when told to."""

    def __init__(self, slack: Workspace) -> None:
        self.heard: list[SocketModeRequest] = []
        self.acknowledges = True
        self._slack = slack
        web = WebClient(slack.bot_token, base_url=slack.api_url)
        self.client = SocketModeClient(slack.app_token, web_client=web, ping_interval=0.3)
        self.client.socket_mode_request_listeners.append(self._hear)

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._slack.state.change():
            self.heard.append(request)
        if self.acknowledges:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    def events(self, kind: str) -> list[JsonDict]:
        return [r.payload for r in self.heard if r.payload.get("event", {}).get("type") == kind]
