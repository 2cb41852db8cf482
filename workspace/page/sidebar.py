"""The left side: whom one can be, and the places that this person is in."""

from dataclasses import dataclass

from workspace.model import Channel, User
from workspace.page.look import Look
from workspace.page.looking import channels_of, direct, place_for
from workspace.page.reads import Reads
from workspace.server import Workspace
from workspace.stage import MANAGERS


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody to act as."""

    id: str
    name: str
    role: str
    is_external: bool
    url: str
    unread: int
    is_viewer: bool


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A channel, or the messages with the app."""

    id: str
    name: str
    shared_with: str
    url: str
    unread: int
    is_here: bool


class Sidebar:
    """What of the left side depends on who looks and where. Ask with the state's lock held."""

    def __init__(self, slack: Workspace, reads: Reads) -> None:
        self._slack, self._reads = slack, reads

    def faces(self, look: Look) -> list[Face]:
        """Everyone of the story, customers first."""
        people = [user for user in self._slack.state.users.values() if not user.is_bot]
        return [self._face(user, look) for user in sorted(people, key=self._is_home)]

    def channels(self, look: Look) -> list[PlaceLink]:
        """The viewer's channels."""
        return [self._link(channel, look) for channel in channels_of(self._slack, look.viewer)]

    def app(self, look: Look) -> PlaceLink:
        """The viewer's conversation with the app."""
        return self._link(direct(self._slack, look.viewer), look)

    def here(self, look: Look) -> PlaceLink:
        """The place that is looked at."""
        return self._link(self._slack.state.channels[look.place], look)

    def role(self, user: User) -> str:
        """`Acme`, `support engineer`, `support manager`."""
        if not self._is_home(user):
            return self._slack.state.teams[user.team].name
        return "support manager" if user.id in MANAGERS else "support engineer"

    def _is_home(self, user: User) -> bool:
        return user.team == self._slack.app.host

    def _face(self, user: User, look: Look) -> Face:
        places = [*channels_of(self._slack, user.id), direct(self._slack, user.id)]
        return Face(
            id=user.id,
            name=user.name,
            role=self.role(user),
            is_external=not self._is_home(user),
            url=look.acting(user.id, place_for(self._slack, user.id, look.place).id).url(),
            unread=sum(self._reads.unread(user.id, place) for place in places),
            is_viewer=user.id == look.viewer,
        )

    def _link(self, channel: Channel, look: Look) -> PlaceLink:
        others = [self._slack.state.teams[team].name for team in channel.teams if team != self._slack.app.host]
        return PlaceLink(
            id=channel.id,
            name=channel.name or "Caseclock",
            shared_with=" and ".join(others),
            url=look.at(channel.id),
            unread=self._reads.unread(look.viewer, channel),
            is_here=channel.id == look.place,
        )
