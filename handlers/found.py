"""What history showed, put into the inbox beside what Slack told: each is known by what it is, so that it is handled
once, whichever comes first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.ports import UnitOfWork
from cases.queues import Json, Received
from handlers.front import Emoji, Front
from handlers.incoming import Reaction, Written, digest, parse
from handlers.namesakes import as_meant
from handlers.payloads import part

FOUND = "found"


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as Slack would have told it, and what it means."""

    event: Json
    what: Reaction | Written


def telling(front: Front, events: Iterable[Json]) -> list[Telling]:
    """Those that mean something. Raises StorageUnavailable."""
    meant = (part(as_meant(front, {"event": event}), "event") for event in events)
    return [Telling(event, what) for event in meant if (what := parse({"event": event}, front.emoji)) is not None]


def put_found(front: Front, found: Sequence[Telling], now: datetime) -> int:
    """Put those into the inbox that are news; how many they are. Raises StorageUnavailable."""
    if not found:
        return 0
    with front.units() as uow:
        return sum(_put(uow, each.event, each.what, front.emoji, now) for each in found)


def is_found(received: Received) -> bool:
    """History showed it; it wasn't told."""
    return received.payload.get(FOUND) is True


def changes_of(reaction: Reaction, known: Sequence[Received], emoji: Emoji) -> list[tuple[Received, Reaction]]:
    """Of what is known about a person and a message: how this reaction came and went."""
    changes = [(each, parse(each.payload, emoji)) for each in known]
    return [
        (each, change) for each, change in changes if isinstance(change, Reaction) and change.emoji == reaction.emoji
    ]


def _put(uow: UnitOfWork, event: Json, what: Reaction | Written, emoji: Emoji, now: datetime) -> bool:
    if isinstance(what, Reaction):
        # Whether it is the one that was told, or came after one that was taken off, nobody can say.
        if changes_of(what, list(uow.inbox.about(what.about)), emoji):
            return False
        id = f"{FOUND} {what.emoji} {digest(what.about)}"
    else:
        id = f"{FOUND} {what.known_as}"
    payload: Json = {"type": "event_callback", "event_id": id, "event": event, FOUND: True}
    return uow.inbox.put(Received(id, payload, now, what.about, what.known_as))
