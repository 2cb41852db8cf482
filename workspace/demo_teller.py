"""The storyteller: chapters, what people do, and whatever is new in the channels since it was last asked."""

from copy import deepcopy
from datetime import datetime, tzinfo
from threading import Event
from zoneinfo import ZoneInfo

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from workspace.demo_changes import is_redrawn, new_message, redrawn_message
from workspace.demo_form import form_text
from workspace.model import Channel, Message, View
from workspace.mrkdwn import Reader
from workspace.people import Person
from workspace.render_text import channel_title
from workspace.server import Workspace

INDENT = 2
Key = tuple[str, str, str | None]


class Teller:
    """Tells in a terminal what happens in a local Slack, as it happens."""

    def __init__(self, console: Console, slack: Workspace, interrupted: Event) -> None:
        self._console, self._state, self._interrupted = console, slack.state, interrupted
        self._told: dict[Key, Message] = {}
        self._chapters = 0

    def chapter(self, title: str, who: Person) -> None:
        """Opens the next chapter, dated in the zone of the person it begins with."""
        self._chapters += 1
        now = self._now(who)
        self._console.print()
        heading = Text(f"{self._chapters} · {now:%a %-d %b} · {title}", style="bold")
        self._console.rule(heading, align="left", style="green")
        self._console.print()

    def narrate(self, who: Person, line: str) -> None:
        """What a person does, at the story's time in that person's zone. Raises KeyboardInterrupt if interrupted."""
        if self._interrupted.is_set():
            raise KeyboardInterrupt
        at = f"{self._now(who):%a %H:%M} {place(zone_of(who))}"
        self._console.print(Text.assemble((f"{at} ▸ ", "bold green"), (line, "italic")))
        self._console.print()

    def form(self, who: Person, view: View, part: str = "") -> None:
        """The form on a person's screen; with `part`, only from the block that has these words."""
        self._line(form_text(self._state, view, zone_of(who), part))
        self._console.print()

    def show(self, *what: RenderableType) -> None:
        """Anything else, with an empty line after each."""
        for one in what:
            self._console.print(one)
            self._console.print()

    def news(self, only: str = "") -> None:
        """What was said or redrawn since it was last asked, under its channel's name; with `only`, of one channel."""
        with self._state.lock:
            for channel in list(self._state.channels.values()):
                fresh = [message for message in self._of(channel) if self._is_news(message)]
                if fresh and only in ("", channel.id):
                    self._tell(channel, fresh)
                self._told |= {_key(message): deepcopy(message) for message in fresh}

    def _of(self, channel: Channel) -> list[Message]:
        """A channel's messages, each thread's replies under their root, and what one person alone sees at the end."""
        roots = [message for message in channel.messages.values() if not message.is_reply]
        threads = [[root, *self._state.replies(channel.id, root.ts)] for root in roots]
        private = [message for message in self._state.ephemerals if message.channel == channel.id]
        return [*(message for thread in threads for message in thread), *private]

    def _is_news(self, message: Message) -> bool:
        before = self._told.get(_key(message))
        return before is None or is_redrawn(self._state, before, message)

    def _tell(self, channel: Channel, fresh: list[Message]) -> None:
        zone = self._zone(channel)
        self._line(channel_title(self._state, channel).append(f"  {place(zone)}", style="dim"))
        shown: set[str] = set()
        for message in fresh:
            if message.is_reply and message.thread_ts not in shown:
                self._line(self._thread_of(channel, message, zone))
            shown |= {message.ts, message.thread_ts or message.ts}
            before = self._told.get(_key(message))
            self._line(
                redrawn_message(self._state, before, message, zone)
                if before
                else new_message(self._state, message, zone)
            )

    def _thread_of(self, channel: Channel, reply: Message, zone: tzinfo) -> Text:
        """A reply's place, where its root isn't news itself."""
        root = channel.messages[reply.thread_ts or reply.ts]
        about = Reader(self._state, zone).mrkdwn(root.text.split(": ")[0]).plain
        return Text(f"In the thread of “{about}”", style="dim", overflow="ellipsis", no_wrap=True)

    def _line(self, what: RenderableType) -> None:
        self._console.print(Padding(what, (0, 0, 0, INDENT), expand=False))

    def _now(self, who: Person) -> datetime:
        return self._state.clock().astimezone(zone_of(who))

    def _zone(self, channel: Channel) -> tzinfo:
        """Of the people that a channel is for: the customer's, or the reader's of direct messages."""
        members = [self._state.users[member] for member in channel.members]
        host = next(iter(self._state.teams))
        readers = [user for user in members if not user.is_bot and (channel.is_im or user.team != host)]
        return ZoneInfo((readers or members)[0].tz)


def zone_of(who: Person) -> ZoneInfo:
    """Where a person is."""
    return ZoneInfo(who.user.tz)


def place(zone: tzinfo) -> str:
    """`New York`."""
    return str(zone).rsplit("/", 1)[-1].replace("_", " ")


def _key(message: Message) -> Key:
    return message.channel, message.ts, message.ephemeral_for
