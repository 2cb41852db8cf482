"""What a Web API method works with: the state, the app's identity, and where events go."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from workspace.identity import AppIdentity
from workspace.installations import Installations
from workspace.model import Channel, JsonDict, Message, User, View
from workspace.state import State
from workspace.triggers import Triggers

Deliver = Callable[[AppIdentity, str, Channel | None, JsonDict], None]
"""Sends an event to the app in a workspace: its subscription name (``message.channels``), where it happened, itself."""


@dataclass
class World:
    """The state with the app that is installed in it, as it is known in one workspace: ``app`` says in which."""

    state: State
    app: AppIdentity
    triggers: Triggers
    installations: Installations
    deliver: Deliver
    base_url: str = ""
    new_socket_url: Callable[[], str] = lambda: ""

    def publish(self, subscription: str, channel: Channel | None, event: JsonDict) -> None:
        """Hands an event to the app's subscription."""
        self.deliver(self.app, subscription, channel, event)

    def within(self, team: str) -> "World":
        """The same, with the app as that workspace knows it."""
        return replace(self, app=self.installations.of_team(team))

    def home_key(self, user_id: str) -> str:
        """Under which a person's App Home is kept: each workspace that has the app shows one of its own."""
        return user_id if self.app is self.installations.home else f"{self.app.host} {user_id}"

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
