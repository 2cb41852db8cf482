"""A channel's messages, and a thread's, as one person sees them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup

from workspace.dates import clock_time
from workspace.model import Channel, File, Message, User
from workspace.page.emoji_names import character
from workspace.page.look import Look
from workspace.server import Workspace

HUES = 8
KILO = 1000
MOST = 200
"""Messages of a channel that are shown; older ones are counted."""

Body = Callable[[Message, str, str], Markup]
"""What a message says, as HTML; given the message, who reads it, and the id of what it stands in."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """One emoji under a message."""

    name: str
    character: str
    people: str
    count: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file under a message; `url` is empty where nothing is in it but its name."""

    name: str
    size: str
    url: str
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A message with everything around it."""

    key: str
    ts: str
    day: str
    """A new day begins here; empty: it goes on."""
    author: str
    initial: str
    hue: int
    team: str
    """The author's organisation, if it isn't the host's."""
    is_app: bool
    at: str
    when: str
    body: Markup
    text: str
    """As it was written, for its author to edit."""
    files: tuple[FileLine, ...]
    reactions: tuple[Reaction, ...]
    replies: int
    last_reply: str
    thread_url: str
    is_private: bool
    is_mine: bool
    is_pinned: bool
    is_edited: bool
    target: str
    """What a press on one of its buttons is about, as JSON."""


class Conversation:
    """One person's view of channels. Ask with the state's lock held."""

    def __init__(self, slack: Workspace, look: Look, body: Body) -> None:
        self._slack, self._look, self._body = slack, look, body
        self._state = slack.state
        self._zone = ZoneInfo(self._state.users[look.viewer].tz)

    def channel(self, place: Channel) -> list[Line]:
        """What stands in the channel itself, and what the viewer alone sees there; oldest first."""
        roots = [m for m in place.messages.values() if not m.is_reply or m.broadcast]
        private = [m for m in self._mine(place) if not m.is_reply]
        return self._lines(sorted([*roots, *private], key=_ts)[-MOST:])

    def older(self, place: Channel) -> int:
        """How many messages are not shown."""
        return max(0, sum(not m.is_reply or m.broadcast for m in place.messages.values()) - MOST)

    def thread(self, place: Channel, ts: str) -> list[Line]:
        """A root, its replies, and what the viewer alone sees among them."""
        private = [m for m in self._mine(place) if m.thread_ts == ts]
        return self._lines(
            sorted([place.messages[ts], *self._state.replies(place.id, ts), *private], key=_ts), within="thread"
        )

    def day_of(self, at: datetime) -> str:
        """`Thursday, 2 July`, in the viewer's zone."""
        local = at.astimezone(self._zone)
        return f"{local:%A}, {local.day} {local:%B}"

    def _mine(self, place: Channel) -> list[Message]:
        return [m for m in self._state.ephemerals if m.ephemeral_for == self._look.viewer and m.channel == place.id]

    def _lines(self, messages: Iterable[Message], within: str = "channel") -> list[Line]:
        lines: list[Line] = []
        day = ""
        for message in messages:
            today = self.day_of(_instant(message))
            lines.append(self._line(message, today if today != day else "", within))
            day = today
        return lines

    def _line(self, message: Message, day: str, within: str) -> Line:
        author = self._state.users[message.user]
        local = _instant(message).astimezone(self._zone)
        replies = [] if message.ephemeral_for or message.is_reply else self._state.replies(message.channel, message.ts)
        key = f"{within}-{message.channel}-{message.ts}{'-private' if message.ephemeral_for else ''}"
        return Line(
            key=key,
            ts=message.ts,
            day=day,
            author=author.name,
            initial=author.name[:1],
            hue=sum(map(ord, author.id)) % HUES,
            team=self._team(author),
            is_app=message.bot_id is not None,
            at=clock_time(local),
            when=f"{self.day_of(local)} {local.year}, {local:%H:%M:%S}",
            body=self._body(message, self._look.viewer, key),
            text=message.text,
            files=tuple(_file_line(file) for file in message.files),
            reactions=tuple(self._reaction(name, who) for name, who in message.reactions.items()),
            replies=len(replies),
            last_reply=self._last(replies[-1]) if replies else "",
            thread_url=self._look.url(thread=message.thread_ts or message.ts, panel="", entry=""),
            is_private=message.ephemeral_for is not None,
            is_mine=message.user == self._look.viewer,
            is_pinned=message.ts in self._state.channels[message.channel].pins,
            is_edited=message.edited is not None and message.bot_id is None,
            target=json.dumps({"channel": message.channel, "ts": message.ts}),
        )

    def _team(self, author: User) -> str:
        return "" if author.team == self._slack.app.host else self._state.teams[author.team].name

    def _last(self, reply: Message) -> str:
        local = _instant(reply).astimezone(self._zone)
        today = self._state.clock().astimezone(self._zone).date()
        return (
            f"today at {clock_time(local)}" if local.date() == today else f"{self.day_of(local)}, {clock_time(local)}"
        )

    def _reaction(self, name: str, people: list[str]) -> Reaction:
        names = ", ".join(self._state.users[person].name for person in people)
        return Reaction(name, character(name) or f":{name}:", names, len(people), self._look.viewer in people)


def _file_line(file: File) -> FileLine:
    if file.content is None:
        return FileLine(file.name, "", "")
    url = f"/files/{file.id}/{quote(file.name)}"
    return FileLine(file.name, size_in_words(len(file.content)), url, file.is_picture)


def size_in_words(length: int) -> str:
    """`812 bytes`, `12 kB`, `1.4 MB`."""
    if length < KILO:
        return f"{length} bytes"
    return f"{length / KILO:.0f} kB" if length < KILO * KILO else f"{length / KILO / KILO:.1f} MB"


def _ts(message: Message) -> str:
    return message.ts


def _instant(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)
