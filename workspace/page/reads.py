"""How far each person has read, so that a channel can say how much is new."""

from workspace.model import Channel, Message
from workspace.page.story import Story


class Reads:
    """By person and channel. Replies in threads don't count, as in Slack where one isn't part of them."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._seen: dict[tuple[str, str], str] = {}

    def all_read(self, person: str, channel: Channel) -> None:
        """Everything that stands there now."""
        self._seen[person, channel.id] = max(channel.messages, default="")

    def unread(self, person: str, channel: Channel) -> int:
        """How many messages of others came since."""
        seen = max(self._seen.get((person, channel.id), ""), self._story.began)
        return sum(_counts(message, person) for ts, message in channel.messages.items() if ts > seen)


def _counts(message: Message, person: str) -> bool:
    return message.user != person and not (message.is_reply and not message.broadcast)
