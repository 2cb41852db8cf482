"""A local Slack with a shared channel, the real client, and a small app connected over the real socket."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.workspace.ear import Ear
from workspace.hang_up import hang_up
from workspace.server import Workspace


@dataclass
class HandClock:
    """A clock that a test moves by hand."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 27, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def furnish(slack: Workspace) -> Workspace:
    """Dana of Acme and Max of the host's team, both in the shared #acme-support; a channel without the bot."""
    acme = slack.add_team("Acme")
    dana = slack.add_user("Dana", team=acme)
    max_ = slack.add_user("Max", tz="Asia/Jerusalem")
    slack.add_channel("acme-support", id="C0ACME", shared_with=[acme], members=[dana, max_])
    slack.add_channel("lounge", id="C0LOUNGE", members=[max_], bot=False)
    slack.add_channel("board", id="C0BOARD", members=[max_], bot=False, private=True)
    slack.add_user_group("oncall", [max_], id="S0ONCALL")
    return slack


@pytest.fixture
def slack(clock: HandClock) -> Iterator[Workspace]:
    with Workspace(clock=clock, redeliver_after=0.7) as running:
        yield furnish(running)


@pytest.fixture
def client(slack: Workspace) -> WebClient:
    """The real client, without its own retries."""
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def app(client: WebClient) -> App:
    """A Bolt app without listeners: a test adds its own, then uses ``connected``."""
    return App(client=client, process_before_response=True, raise_error_for_unhandled_request=False)


@pytest.fixture
def connected(slack: Workspace, app: App) -> Iterator[SocketModeHandler]:
    """The app on a real socket; listeners may still be added."""
    handler = SocketModeHandler(app, slack.app_token, ping_interval=0.3)
    handler.client.connect()
    slack.connected()
    yield handler
    hang_up(slack, handler.client)


@pytest.fixture
def ear(slack: Workspace) -> Iterator[Ear]:
    listening = Ear(slack)
    listening.client.connect()
    slack.connected()
    yield listening
    hang_up(slack, listening.client)
