"""The local Slack itself: the one object that tests (and the demo) hold."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

from starlette.routing import BaseRoute

from workspace import events
from workspace.administration import Administration
from workspace.errors import PersonRefused
from workspace.faults import Faults
from workspace.http_app import Doors
from workspace.http_server import HttpServer
from workspace.identity import AppIdentity
from workspace.installations import Installations
from workspace.journal import Journal
from workspace.model import Channel, JsonDict, Message, Team, User, UserGroup, View
from workspace.payloads import Payloads
from workspace.people import Person
from workspace.response_urls import ResponseUrls
from workspace.socket_mode import SocketHub
from workspace.state import State
from workspace.traffic import Call
from workspace.triggers import Triggers
from workspace.world import World

T = TypeVar("T")


class Workspace:
    """A host team with the app installed, reachable at ``api_url`` between ``start`` and ``stop`` (or in a ``with``).

    ``clock`` gives the instants of messages and events. ``scopes`` limits what the app may call and hear (None: all),
    ``subscriptions`` the events it hears (``message.channels``, ``app_mention``, …). ``without`` switches method groups
    off (``usergroups``, ``pins``, ``bookmarks``). ``patience`` is how long a person waits for an acknowledgement,
    ``trigger_lifetime`` how long a trigger id lives, ``redeliver_after`` when an unacknowledged event is sent again:
    all in seconds of real time. ``port`` 0: any free one; raises ``OSError`` where it is taken.
    """

    bot_token = "xoxb-local-bot"  # noqa: S105 - made up, valid here alone
    app_token = "xapp-local-app"  # noqa: S105

    def __init__(
        self,
        clock: Callable[[], datetime],
        scopes: Collection[str] | None = None,
        subscriptions: Collection[str] | None = None,
        without: Collection[str] = (),
        patience: float = 3.0,
        trigger_lifetime: float = 3.0,
        redeliver_after: float = 3.0,
        port: int = 0,
    ) -> None:
        self.state = State(clock)
        self.app = AppIdentity(
            app_id="A0CASECLOCK",
            bot_id="B0CASECLOCK",
            bot_user="U0BOT",
            host="T0HOST",
            bot_token=self.bot_token,
            app_token=self.app_token,
            scopes=None if scopes is None else frozenset(scopes),
            events=None if subscriptions is None else frozenset(subscriptions),
            without=frozenset(without),
        )
        self._patience = patience
        self.journal = Journal(self.state)
        self.hub = SocketHub(self.state, self.journal, self.app, redeliver_after)
        self.faults = Faults(self.state)
        self.installations = Installations(self.state, self.app)
        triggers = Triggers(self.state, self.app.host, trigger_lifetime)
        self.world = World(self.state, self.app, triggers, self.installations, self._deliver)
        self.administration = Administration(self.world)
        self._responses = ResponseUrls(self.world)
        self._payloads = Payloads(self.world, self._responses)
        self._server = HttpServer(port)
        self._doors = Doors(self.world, self.hub, self.faults, self.journal, self._responses, self._server.abort)
        self.base_url = self.world.base_url = self.state.base_url = f"http://127.0.0.1:{self._server.port}"
        self.api_url = f"{self.base_url}/api/"
        self.world.new_socket_url = self._new_socket_url
        self.state.teams[self.app.host] = Team(self.app.host, "Host")
        self.state.users[self.app.bot_user] = User(self.app.bot_user, "Caseclock", self.app.host, "UTC", is_bot=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, pages: Sequence[BaseRoute] = ()) -> None:
        """``pages``: what else is served at ``base_url``, for people."""
        self.hub.loop = self._server.start(self._doors.app(pages))

    def stop(self) -> None:
        """Closes every socket and the server."""
        self.hub.broadcast(None)
        self._server.stop()

    def add_team(self, name: str, id: str | None = None) -> Team:
        team = Team(id or f"T0{_letters(name)}", name)
        self.state.teams[team.id] = team
        return team

    def add_user(
        self, name: str, team: str | Team | None = None, tz: str = "America/New_York", id: str | None = None
    ) -> Person:
        """A person of the host's team, or of another by its id."""
        home = team.id if isinstance(team, Team) else team or self.app.host
        user = User(id or f"U0{_letters(name)}", name, self.state.teams[home].id, tz)
        self.state.users[user.id] = user
        return self.user(user.id)

    def add_channel(
        self,
        name: str,
        id: str | None = None,
        shared_with: Collection[str | Team] = (),
        members: Collection[str | Person] = (),
        bot: bool = True,
        private: bool = False,
    ) -> Channel:
        """A channel, shared with other teams by id. Its members must be of one of its teams."""
        teams = [self.app.host, *(team.id if isinstance(team, Team) else team for team in shared_with)]
        people = [person.id if isinstance(person, Person) else self.user(person).id for person in members]
        for person in people:
            if self.state.users[person].team not in teams:
                raise ValueError(f"{person} is of a team that #{name} is not shared with")
        people += [self.app.bot_user] if bot else []
        channel = Channel(id or f"C0{_letters(name)}", name, teams, people, is_private=private)
        with self.state.change():
            self.state.channels[channel.id] = channel
        return channel

    def add_user_group(self, handle: str, users: Collection[str | Person], id: str | None = None) -> UserGroup:
        people = [self.user(person).id if isinstance(person, str) else person.id for person in users]
        group = UserGroup(id or f"S0{_letters(handle)}", handle, handle, people)
        with self.state.change():
            self.state.groups[group.id] = group
        return group

    def invite_bot(self, channel: str) -> None:
        """Makes the app a member of a channel; it hears of that."""
        place = self.channel(channel)
        with self.state.change():
            place.members.append(self.app.bot_user)
            events.member_joined(self.world, place, self.app.bot_user)

    def user(self, name: str) -> Person:
        """A person to act as, by id or name."""
        found = [user.id for user in self.state.users.values() if name in (user.id, user.name)]
        if not found:
            raise PersonRefused(f"there is no {name}")
        return Person(found[0], self.world, self._payloads, self.hub, self._responses, self._patience)

    def channel(self, channel: str | Channel) -> Channel:
        """A channel by its id or name."""
        if isinstance(channel, Channel):
            return channel
        named = [c for c in self.state.channels.values() if channel.lstrip("#") in (c.id, c.name)]
        return named[0] if named else self.state.channel(channel)

    def messages(self, channel: str | Channel) -> list[Message]:
        """What stands in a channel, oldest first, replies in threads included."""
        with self.state.lock:
            return list(self.channel(channel).messages.values())

    def thread(self, channel: str | Channel, ts: str) -> list[Message]:
        """A root message and its replies."""
        with self.state.lock:
            place = self.channel(channel)
            return [place.messages[ts], *self.state.replies(place.id, ts)]

    def ephemerals(self, user: str | Person, channel: str | Channel | None = None) -> list[Message]:
        """What only this person sees, oldest first; everywhere or in one channel."""
        person = user.id if isinstance(user, Person) else self.user(user).id
        with self.state.lock:
            place = self.channel(channel).id if channel else None
            return [m for m in self.state.ephemerals if m.ephemeral_for == person and place in (None, m.channel)]

    def dm(self, user: str | Person) -> list[Message]:
        """The direct messages between the app and this person."""
        person = user.id if isinstance(user, Person) else self.user(user).id
        with self.state.lock:
            return list(self.state.direct_message(self.app.host, self.app.bot_user, person).messages.values())

    def view_for(self, user: str | Person) -> View | None:
        """The modal on top of this person's screen."""
        person = user.id if isinstance(user, Person) else self.user(user).id
        with self.state.lock:
            stack = self.state.stacks.get(person)
            return self.state.views[stack[-1]] if stack else None

    def home(self, user: str | Person, team: str = "") -> View | None:
        """What the app published as this person's App Home, at its host's or in another workspace that has it."""
        person = user.id if isinstance(user, Person) else self.user(user).id
        return self.state.homes.get(self.world.within(team).home_key(person))

    def calls(self, method: str | None = None) -> list[Call]:
        """The Web API calls so far, of one method or all."""
        with self.state.lock:
            return [call for call in self.faults.calls if method in (None, call.method)]

    def wait_until(self, predicate: Callable[[], T | None], timeout: float = 20.0) -> T:
        """The predicate's first true answer, asked after each change. Raises ``TimeoutError``."""
        return self.state.wait_until(predicate, timeout)

    def connected(self, n: int = 1, timeout: float = 20.0) -> None:
        """Waits until at least ``n`` sockets of the app are open."""
        self.wait_until(lambda: len(self.hub.connections) >= n, timeout)

    def settled(self, timeout: float = 20.0) -> None:
        """Waits until every event was acknowledged."""
        self.wait_until(lambda: not self.hub.under_way, timeout)

    def drop_sockets(self, goodbye: bool = True) -> None:
        """Closes the sockets, or (without ``goodbye``) resets them. The built-in client comes back at its next ping."""
        if goodbye:
            self.hub.broadcast(None)
        else:
            self.hub.drop()

    def deliver_again(self) -> JsonDict:
        """Sends a person's last acknowledged event once more, with its own event id; its payload.

        ``PersonRefused``: there was none yet.
        """
        return self.hub.deliver_again()

    def _deliver(self, app: AppIdentity, subscription: str, channel: Channel | None, event: JsonDict) -> None:
        """Tells the app once, for one of the workspaces where it has the scope and is in the channel."""
        if app.events is not None and subscription not in app.events:
            return
        scope = events.SCOPES.get(subscription)
        for each in dict.fromkeys([app, *(self.installations.here() if channel else ())]):
            within = self.world.within(each.host)
            if (channel is None or within.sees(channel)) and not (scope and within.missing([scope])):
                self.hub.event(events.callback(each, self.state.number(), self.state.epoch(), channel, event))
                return

    def _new_socket_url(self) -> str:
        ticket = f"ticket-{self.state.number():06d}"
        self._doors.tickets.add(ticket)
        return f"ws://127.0.0.1:{self._server.port}/link?ticket={ticket}&app_id={self.app.app_id}"


def _letters(name: str) -> str:
    return "".join(letter for letter in name.upper() if letter.isalnum())
