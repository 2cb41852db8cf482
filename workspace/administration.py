"""What people with the right to do so do to channels, accounts and groups: archive, rename, remove, deactivate."""

from collections.abc import Collection

from workspace.errors import PersonRefused
from workspace.model import Channel, JsonDict, User, UserGroup
from workspace.wire import user_json
from workspace.world import World

ADMINISTRATOR = "U0ADMIN"
"""Who did it, in events; nobody in the story."""


class Administration:
    """Slack tells the app of each, if it subscribed and may know."""

    def __init__(self, world: World) -> None:
        self._world = world

    def archive(self, channel: Channel) -> None:
        """Everybody stays in it and can read; nobody can write, react or change anything."""
        with self._world.state.change():
            channel.is_archived = True
            self._tell("archive", channel, {"channel": channel.id, "user": ADMINISTRATOR})

    def unarchive(self, channel: Channel) -> None:
        with self._world.state.change():
            channel.is_archived = False
            self._tell("unarchive", channel, {"channel": channel.id, "user": ADMINISTRATOR})

    def rename(self, channel: Channel, name: str) -> None:
        """Its id stays."""
        with self._world.state.change():
            channel.name = name
            said = {"id": channel.id, "name": name, "created": self._world.state.epoch()}
            self._tell("rename", channel, {"channel": said})

    def change_id(self, channel: Channel, new: str) -> None:
        """As when a private channel is shared with another organisation: the old id is nothing any more."""
        state = self._world.state
        with state.change():
            if new in state.channels:
                raise PersonRefused(f"there is a channel {new}")
            old = channel.id
            channel.id = new
            for message in (*channel.messages.values(), *(m for m in state.ephemerals if m.channel == old)):
                message.channel = new
            moved = {place.id: place for place in state.channels.values()}
            state.channels.clear()
            state.channels.update(moved)
            said: JsonDict = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
            self._world.publish("channel_id_changed", channel, said | {"event_ts": state.next_ts()})

    def remove_bot(self, channel: Channel) -> None:
        """The app hears that it left; of what is said there, nothing more."""
        with self._world.state.change():
            channel.members.remove(self._world.app.bot_user)
            kind = f"{channel.kind}_left"
            said: JsonDict = {"type": kind, "channel": channel.id, "actor_id": ADMINISTRATOR}
            self._world.publish(kind, None, said | {"event_ts": self._world.state.next_ts()})

    def deactivate(self, user: User) -> None:
        """Their direct messages stay: Slack takes what an app writes there, and nobody reads it."""
        with self._world.state.change():
            user.deleted = True
            for group in self._world.state.groups.values():
                group.users = [each for each in group.users if each != user.id]
            for channel in self._world.state.channels.values():
                if not channel.is_im and user.id in channel.members:
                    channel.members.remove(user.id)
            self._tell_of(user)

    def regroup(self, group: UserGroup, users: Collection[str]) -> None:
        """From now on these are in it, by id; the app hears who came and who went."""
        state = self._world.state
        with state.change():
            came = [user for user in users if user not in group.users]
            went = [user for user in group.users if user not in users]
            group.users = list(users)
            said: JsonDict = {
                "type": "subteam_members_changed",
                "subteam_id": group.id,
                "team_id": self._world.app.host,
            }
            said |= {"date_previous_update": state.epoch(), "date_update": state.epoch()}
            said |= {"added_users": came, "added_users_count": str(len(came))}
            said |= {"removed_users": went, "removed_users_count": str(len(went))}
            self._world.publish("subteam_members_changed", None, said | {"event_ts": state.next_ts()})

    def reactivate(self, user: User) -> None:
        """They have to be invited to their channels anew."""
        with self._world.state.change():
            user.deleted = False
            self._tell_of(user)

    def _tell(self, what: str, channel: Channel, event: JsonDict) -> None:
        kind = f"{channel.kind}_{what}"
        self._world.publish(kind, channel, {"type": kind, **event, "event_ts": self._world.state.next_ts()})

    def _tell_of(self, user: User) -> None:
        state, app = self._world.state, self._world.app
        shown = user_json(state, user, app.host, app.bot_user)
        said: JsonDict = {"type": "user_change", "user": shown, "cache_ts": state.epoch()}
        self._world.publish("user_change", None, said | {"event_ts": state.next_ts()})
