"""What a Web API method works with: the state, the app's identity, and where events go."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from workspace.model import Channel, JsonDict, Message, User, View
from workspace.state import State
from workspace.triggers import Triggers


@dataclass(frozen=True)
class AppIdentity:
    """The installed app: its ids and tokens. ``scopes`` None means that every scope was granted."""

    app_id: str
    bot_id: str
    bot_user: str
    host: str
    bot_token: str
    app_token: str
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


Publish = Callable[[str, Channel | None, JsonDict], None]
"""Sends an event: its subscription name (``message.channels``), where it happened, and the event itself."""


@dataclass
class World:
    """The state with the app that is installed in it. ``publish`` hands an event to the app's subscription."""

    state: State
    app: AppIdentity
    triggers: Triggers
    publish: Publish
    base_url: str = ""
    new_socket_url: Callable[[], str] = lambda: ""

    def sees(self, channel: Channel) -> bool:
        return self.app.bot_user in channel.members

    def bot(self) -> User:
        return self.state.users[self.app.bot_user]

    def is_external(self, user_id: str) -> bool:
        return self.state.user(user_id).team != self.app.host

    def view(self, view_id: str) -> View | None:
        return self.state.views.get(view_id)

    def owns(self, message: Message) -> bool:
        return message.bot_id == self.app.bot_id

    def missing(self, wanted: Collection[str]) -> bool:
        """Whether a scope list was given and none of the wanted scopes is in it."""
        return self.app.scopes is not None and not self.app.scopes & set(wanted)
