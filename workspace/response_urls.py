"""``response_url``: answering an interaction, five times within thirty minutes, even where the app is no member."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workspace import events
from workspace.api_chat import compose, store
from workspace.args import Args
from workspace.errors import ApiError
from workspace.model import JsonDict, Message
from workspace.wire import message_json
from workspace.world import World

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass
class _Place:
    channel: str
    user: str
    team: str
    message: Message | None
    born: datetime
    uses: int = 0


class ResponseUrls:
    """Issues response URLs and takes what is posted to them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._places: dict[str, _Place] = {}

    def issue(self, channel: str, user: str, team: str, message: Message | None = None) -> str:
        """``team``: the workspace whose app answers there."""
        with self._world.state.lock:
            key = f"r{self._world.state.number():06d}"
            self._places[key] = _Place(channel, user, team, message, self._world.state.clock())
            return f"{self._world.base_url}/response/{key}"

    def take(self, key: str, raw: JsonDict) -> None:
        """Carries out one answer. Raises ``ApiError`` where Slack refuses it."""
        with self._world.state.change():
            place = self._places.get(key)
            if place is None or self._world.state.clock() - place.born > LIFETIME:
                raise ApiError("expired_url")
            if place.uses == USES:
                raise ApiError("used_url")
            place.uses += 1
            args = Args(raw)
            if place.message and args.flag("delete_original"):
                self._delete(place.message)
            elif place.message and args.flag("replace_original"):
                self._replace(place.message, args)
            else:
                self.say(place.channel, place.user, place.team, args)

    def say(self, channel_id: str, user: str, team: str, args: Args) -> Message:
        """A new message: to everyone if ``response_type`` is ``in_channel``, else to this person alone."""
        message = compose(self._world.within(team), self._world.state.channels[channel_id], args)
        if args.maybe("response_type") == "in_channel":
            store(self._world, message)
        else:
            message.ephemeral_for = user
            self._world.state.ephemerals.append(message)
        return message

    def _delete(self, message: Message) -> None:
        if message.ephemeral_for:
            self._world.state.ephemerals.remove(message)
            return
        before = message_json(self._world.state, message)
        del self._world.state.channels[message.channel].messages[message.ts]
        events.message_deleted(self._world, message, before)

    def _replace(self, message: Message, args: Args) -> None:
        draft = compose(self._world, self._world.state.channels[message.channel], args)
        before = message_json(self._world.state, message)
        message.text, message.blocks = draft.text, draft.blocks
        if not message.ephemeral_for:
            message.edited = {"user": self._world.app.bot_user, "ts": self._world.state.next_ts()}
            events.message_changed(self._world, message, before)
