"""Slack's events, parsed into the few that mean something to a case."""

from dataclasses import dataclass, replace
from hashlib import blake2s

from cases.crossing import File
from cases.queues import Json
from handlers.front import Emoji
from handlers.payloads import part, parts, value, word

CHANGED = frozenset({"message_changed", "message_deleted"})
CARRIED = frozenset({"hosted", "snippet"})
"""Modes of files that are bytes. Canvases and lists live in Slack alone; `hidden_by_limit` shows nothing."""
WRITTEN = frozenset({"", "file_share", "thread_broadcast"})
"""Subtypes of messages that a person wrote anew; edits and deletions have others."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction that means something, put on a message or taken off."""

    user: str
    emoji: str
    added: bool
    channel: str
    ts: str
    """The message's."""
    at: str
    """Slack's time of the reaction itself."""

    @property
    def about(self) -> str:
        """One person's on one message are handled in turn: none is taken off before it was put on."""
        return f"{self.user} {self.channel} {self.ts}"

    @property
    def known_as(self) -> None:
        """Put on, taken off and put on again, it looks the same each time."""
        return None


@dataclass(frozen=True, slots=True)
class Written:
    """A person's message: in a thread, or with a mention of the bot; or any that was changed."""

    user: str
    text: str
    channel: str
    ts: str
    thread: str
    mention: bool
    files: tuple[File, ...] = ()
    edited: str = ""
    """Slack's time of the latest edit, as a ts."""
    changed: bool = False
    """This is about an edit or the deletion, not about the writing of it."""
    deleted: bool = False

    @property
    def root(self) -> str:
        """The ts of the first message of the thread that it stands in, or that it can become."""
        return self.thread or self.ts

    @property
    def about(self) -> str:
        """A thread reads in the order of its writing."""
        return "" if self.mention else f"{self.channel} {self.root}"

    @property
    def known_as(self) -> str:
        """What happened to which message: the same however it is told."""
        if self.deleted:
            what = "deleted"
        elif self.changed:
            # An edit has a time of its own; that a file was taken out has none.
            files = [file.id or file.link for file in self.files]
            what = f"changed {self.edited} {digest(self.text, *files)}"
        else:
            what = "mentioned" if self.mention else "written"
        return f"{what} {self.channel} {self.ts}"


def digest(*words: str) -> str:
    """Tells them from others, and tells nobody what they are."""
    return blake2s("\0".join(words).encode(), digest_size=8).hexdigest()


def parse(payload: Json, emoji: Emoji) -> Reaction | Written | None:
    """The event of an `event_callback`; None: nothing that a case would notice."""
    event = part(payload, "event")
    match word(event, "type"):
        case "reaction_added":
            return _reaction(event, added=True, known={emoji.claim, emoji.resolve, emoji.open})
        case "reaction_removed":
            return _reaction(event, added=False, known={emoji.claim})
        case "message" if word(event, "subtype") in CHANGED:
            return _changed(event)
        case "message":
            written = _written(event, mention=False)
            return written if written and written.thread else None
        case "app_mention":
            return _written(event, mention=True)
        case _:
            return None


def _reaction(event: Json, added: bool, known: set[str]) -> Reaction | None:
    emoji = word(event, "reaction").split("::")[0]
    if emoji not in known or word(event, "item", "type") != "message":
        return None
    place, ts = word(event, "item", "channel"), word(event, "item", "ts")
    return Reaction(word(event, "user"), emoji, added, place, ts, word(event, "event_ts"))


def _written(event: Json, mention: bool) -> Written | None:
    if word(event, "subtype") not in WRITTEN or word(event, "bot_id") or not word(event, "user"):
        return None
    ts, thread = word(event, "ts"), word(event, "thread_ts")
    return Written(
        user=word(event, "user"),
        text=word(event, "text"),
        channel=word(event, "channel"),
        ts=ts,
        thread="" if thread == ts else thread,
        mention=mention,
        files=files_of(event),
        edited=word(event, "edited", "ts"),
    )


def _changed(event: Json) -> Written | None:
    """What a message says now. One that only looks otherwise, as when a link is unfurled, says nothing new."""
    now, before = part(event, "message"), part(event, "previous_message")
    place: Json = {"channel": word(event, "channel")}
    # The first message of a thread leaves a stone with its ts in its place.
    if not now or word(now, "subtype") == "tombstone":
        gone = _written({**before, **place}, mention=False)
        return replace(gone, changed=True, deleted=True) if gone else None
    written = _written({**now, **place}, mention=False)
    if written is None or (word(now, "text"), files_of(now)) == (word(before, "text"), files_of(before)):
        return None
    return replace(written, changed=True, edited=written.edited or word(event, "event_ts"))


def files_of(message: Json) -> tuple[File, ...]:
    """With their names and permalinks, where Slack tells them: of another organisation's it gives an id alone.

    A file that was deleted is no longer there to be named.
    """
    there = [file for file in parts(message, "files") if word(file, "mode") != "tombstone"]
    return tuple(_file(file) for file in there)


def _file(file: Json) -> File:
    size = value(file, "size")
    return File(
        name=word(file, "title") or word(file, "name"),
        link=word(file, "permalink"),
        id=word(file, "id"),
        filename=word(file, "name"),
        address=word(file, "url_private_download") or word(file, "url_private"),
        size=size if isinstance(size, int) else 0,
        obstacle=_obstacle(file),
    )


def _obstacle(file: Json) -> str:
    """Only a file that Slack holds, and shows to this app, has content to carry."""
    if value(file, "is_external") is True or word(file, "mode") == "external":
        return "external"
    address = word(file, "url_private_download") or word(file, "url_private")
    shown = word(file, "file_access") in {"", "visible"} and word(file, "mode") in CARRIED
    return "" if shown and address and word(file, "id") else "hidden"
