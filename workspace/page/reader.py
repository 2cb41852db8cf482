"""Who looks at the page: whose names, channels and clock everything is told in."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlencode

from workspace.model import Channel, User
from workspace.state import State


@dataclass(frozen=True)
class Reader:
    """``user`` is the reader's Slack id; times are told in ``zone``."""

    state: State
    user: str
    zone: tzinfo

    @property
    def me(self) -> User:
        return self.state.users[self.user]

    def name(self, user_id: str) -> str:
        """A person's name, or the id of somebody unknown."""
        user = self.state.users.get(user_id)
        return user.name if user else user_id

    def name_with_team(self, user: User) -> str:
        """The name, and the organisation of somebody from another one."""
        return user.name if user.team == self.me.team else f"{user.name} ({self.state.teams[user.team].name})"

    def now(self) -> datetime:
        return self.state.clock()

    def is_in(self, channel: Channel) -> bool:
        return self.user in channel.members

    def sees(self, channel: Channel) -> bool:
        """Whether this channel may be known to the reader at all."""
        return self.is_in(channel) or (channel.kind == "channel" and self.me.team in channel.teams)

    def knows(self, user: User) -> bool:
        """Whether this person is offered to the reader: a colleague, or somebody they share a channel with."""
        if user.deleted or user.is_bot:
            return False
        return user.team == self.me.team or any(
            self.is_in(channel) and user.id in channel.members for channel in self.state.channels.values()
        )

    def link_to(self, channel: Channel) -> str:
        """The page's address for this channel, as seen by the reader."""
        return f"/?{urlencode({'as': self.user, 'in': channel.id})}"
