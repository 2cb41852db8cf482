"""The bot at work in a local Slack: real storage, policies and sockets. Time stands still until a test moves it."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
import yaml
from slack_bolt import App
from slack_sdk import WebClient

from bot.front import Slack, front_of
from bot.socket_door import SocketDoor
from bot.workspaces import Workspaces
from cases.accounts import Account
from cases.calendars import CalendarBook
from cases.ports import Policies
from cases.refusals import Refusals
from cases.room import Room
from cases.timekeeping import Timekeeping
from cases.whereabouts import Whereabouts
from handlers import register
from handlers.directory import Directory, identify
from handlers.events import Events
from handlers.front import Front
from handlers.messenger import SlackMessenger
from handlers.renderer import Renderer
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from scheduling.service import Scheduling
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import PLACES
from workspace.model import Message, View
from workspace.people import Person
from workspace.server import Workspace
from workspace.stage import settings_for

REACH = "Which of your business resources can you still reach?"

PATIENCE = 20
"""Seconds. A busy machine takes longer than Slack or the bot would wait: what isn't the story must not become it."""

MANIFEST = Path(__file__).parents[2] / "app-manifest.yml"

ACME = Account(0, "Acme", "okta", "premier", "America/New_York", ("C0ACME",), ("T0ACME",))


@dataclass
class HandClock:
    """Moved by hand."""

    at: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, **amount: float) -> None:
        self.at += timedelta(**amount)


@dataclass
class Bot:
    """The running bot, and the people around it."""

    slack: Workspace
    front: Front
    clock: HandClock
    scheduling: Scheduling
    database: Path

    def settle(self) -> None:
        """Until every event is stored, handled and answered."""
        self.slack.settled()
        self.scheduling.run_pending(self.clock.now())

    def someone(self, name: str) -> Person:
        return self.slack.user(name)

    def modal(self, name: str, shows: str = "") -> View:
        """The modal on a person's screen, once it shows these words."""

        def shown() -> View | None:
            view = self.slack.view_for(self.someone(name))
            return view if view is not None and shows in str(view.body) else None

        found = self.slack.wait_until(shown)
        assert found is not None
        return found

    def whispered(self, name: str, words: str) -> Message:
        """What only this person sees, once it holds these words."""

        def said() -> Message | None:
            seen = self.slack.ephemerals(self.someone(name))
            return next((m for m in seen if words in m.text or words in str(m.blocks)), None)

        found = self.slack.wait_until(said)
        assert found is not None
        return found

    def said(self, channel: str) -> str:
        """All that stands in a channel, blocks included."""
        return "\n".join(f"{m.text} {m.blocks}" for m in self.slack.messages(channel))

    def card(self, channel: str) -> Message:
        """The newest message of the bot there that has buttons."""
        own = [m for m in self.slack.messages(channel) if m.bot_id and "'type': 'button'" in str(m.blocks)]
        return own[-1]

    def form(self, name: str = "Dana", channel: str = "C0ACME", text: str = "nobody can sign in") -> View:
        """This person mentions the bot and opens the form that it offers."""
        person = self.someone(name)
        person.post(channel, f"<@U0BOT> {text}")
        self.settle()
        person.press(self.card(channel), "Open a case")
        return self.modal(name, "Which product?")

    def answered(self, view: View, name: str = "Dana", reach: str = "almost-all") -> View:
        """The form with its guiding question answered, as far as a recommendation."""
        person = self.someone(name)
        person.choose(view, "Which product?", "service")
        self.modal(name, REACH)
        person.choose(view, REACH, reach)
        return self.modal(name, "Recommended")

    def opens_case(self, name: str = "Dana", channel: str = "C0ACME") -> int:
        """This person opens a case of priority 3; its number."""
        view = self.answered(self.form(name, channel), name)
        sent = self.someone(name).submit(view)
        assert sent.view is not None
        assert sent.view.title == "Your case is open"
        self.settle()
        with self.front.units() as uow:
            return max(case.number for case in uow.cases.listing())


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def slack(clock: HandClock) -> Iterator[Workspace]:
    """The app as its manifest installs it; Acme's shared channel with Dana and Bob.

    On the support side: Erin and Frank (engineers), Max (a manager), and Hanna, who is no support.
    """
    manifest = yaml.safe_load(MANIFEST.read_text())
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    heard = manifest["settings"]["event_subscriptions"]["bot_events"]
    with Workspace(
        clock.now, scopes, heard, patience=PATIENCE, trigger_lifetime=PATIENCE, redeliver_after=1
    ) as running:
        acme = running.add_team("Acme")
        customers = [running.add_user("Dana", team=acme), running.add_user("Bob", team=acme)]
        engineers = [running.add_user("Erin", tz="Asia/Jerusalem"), running.add_user("Frank")]
        team = [*engineers, running.add_user("Max"), running.add_user("Hanna")]
        running.add_channel("acme-support", id="C0ACME", shared_with=[acme], members=[*customers, *team])
        running.add_channel("elsewhere", id="C0ELSE", shared_with=[acme], members=[*customers, *team])
        running.add_channel("triage", id="C0TRIAGE", members=team)
        running.add_channel("managers", id="C0MANAGERS", members=team)
        running.add_user_group("oncall", engineers, id="S0ONCALL")
        yield running


@pytest.fixture
def linked() -> tuple[Account, ...]:
    """The accounts there are."""
    return (ACME,)


@contextmanager
def fronted(
    slack: Workspace, clock: HandClock, linked: Iterable[Account], database: Path, policies: Policies | None = None
) -> Iterator[tuple[Front, Room]]:
    """All that stands behind the listeners, over a new SQLite file."""
    url = f"sqlite:///{database}"
    settings = settings_for(slack, url).model_copy(update={"report_timezone": "UTC"})
    upgrade(url)
    engine = make_engine(url, patience=0.3)
    units = SqlUnitsOfWork(engine)
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    identity = identify(client)
    directory = Directory(client, identity, clock, ["S0ONCALL"], ["U0MAX"], _leaping(), PATIENCE)
    policies = policies or load_policies()
    room = Room(units, policies, CalendarBook(holiday_names), directory, PLACES)
    messenger = SlackMessenger(client, identity.user)
    with units() as uow:
        for account in linked:
            uow.accounts.put(account)
    with ThreadPoolExecutor(4) as pool:
        whole = Slack(client, directory, messenger, Workspaces(client, identity.teams, None, WebClient))
        yield front_of(room, settings, whole, Whereabouts(room), clock, pool, lambda _: ()), room
    engine.dispose()


def scheduled(front: Front, room: Room) -> Scheduling:
    """All that time does, in steps that a test takes."""
    return Scheduling(
        units=front.units,
        fire=Timekeeping(room).fire_next,
        handle=Events(front).handle,
        renderer=Renderer(front.directory.on_call),
        messenger=front.messenger,
        clock=front.clock,
        wall=front.clock,
        monotonic=_leaping(),
        settled=front.announcing.settled,
        refused=Refusals(room).refused,
    )


@pytest.fixture
def bot(slack: Workspace, clock: HandClock, linked: tuple[Account, ...], tmp_path: Path) -> Iterator[Bot]:
    database = tmp_path / "cases.db"
    with fronted(slack, clock, linked, database) as (front, room):
        app = App(client=front.client, process_before_response=True, request_verification_enabled=False)
        register(app, front)
        scheduling = scheduled(front, room)
        door = SocketDoor(app, slack.app_token, slack.api_url)
        door.open()
        slack.connected()
        yield Bot(slack, front, clock, scheduling, database)
        door.close()
    scheduling.stop()
    app.listener_runner.listener_executor.shutdown()


def _leaping() -> Callable[[], float]:
    """Monotonic seconds that leap ahead, so that the pace of one post a second holds nothing back."""
    return partial(next, count(0.0, 10.0))
