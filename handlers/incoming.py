"""Slack's events, parsed into the few that mean something to a case."""

from dataclasses import dataclass

from cases.ports import Json
from handlers.front import Emoji
from handlers.payloads import part, word

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


@dataclass(frozen=True, slots=True)
class Written:
    """A person's message: in a thread, or with a mention of the bot."""

    user: str
    text: str
    channel: str
    ts: str
    thread: str
    mention: bool


def parse(payload: Json, emoji: Emoji) -> Reaction | Written | None:
    """The event of an `event_callback`; None: nothing that a case would notice."""
    event = part(payload, "event")
    match word(event, "type"):
        case "reaction_added":
            return _reaction(event, added=True, known={emoji.claim, emoji.resolve, emoji.open})
        case "reaction_removed":
            return _reaction(event, added=False, known={emoji.claim})
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
    )
