"""What Slack's history shows, as the events that would have told it."""

from collections.abc import Collection, Iterable, Iterator

from cases.queues import Json
from handlers.incoming import CHANGED
from handlers.payloads import parts, value, word

TOMBSTONE = "tombstone"
"""What stands in the place of a deleted message that has replies."""


def told_by(message: Json, channel: str, since: str, bot: str) -> Iterator[Json]:
    """Events of one message of a channel, as far as they are later than `since` (a ts): its writing, its latest edit.

    A message of somebody who mentions `bot` is told twice, as by Slack. One that was edited since is told as it is now.
    """
    ts, edited, text = word(message, "ts"), word(message, "edited", "ts"), word(message, "text")
    if word(message, "subtype") == TOMBSTONE:
        return
    if ts > since:
        event: Json = {**message, "type": "message", "channel": channel, "event_ts": ts}
        yield event
        if f"<@{bot}>" in text or f"<@{bot}|" in text:
            yield {**event, "type": "app_mention"}
    if edited > since:
        yield {
            "type": "message",
            "subtype": "message_changed",
            "channel": channel,
            "message": message,
            "event_ts": edited,
        }


def reactions_on(message: Json, channel: str, now: str) -> Iterator[Json]:
    """Slack doesn't say when each was put on, only that it is there `now` (a ts). Of many people it names some."""
    item = {"type": "message", "channel": channel, "ts": word(message, "ts")}
    for reaction in parts(message, "reactions"):
        users = value(reaction, "users")
        for user in users if isinstance(users, list) else []:
            yield {
                "type": "reaction_added",
                "user": str(user),
                "reaction": word(reaction, "name"),
                "item": item,
                "item_user": word(message, "user"),
                "event_ts": now,
            }


def standing(messages: Iterable[Json]) -> set[str]:
    """The ts of each that wasn't deleted."""
    return {word(message, "ts") for message in messages if word(message, "subtype") != TOMBSTONE}


def gone(known: Iterable[Json], there: Collection[str], now: str) -> Iterator[Json]:
    """Of the events `known` of a thread before it was read: the deletion of each that isn't `there` now (by its ts).

    Where an older one still stands: a workspace that lets messages go by their age begins with the oldest.
    """
    oldest = min(there, default="")
    for event in known:
        ts = word(event, "ts")
        written = word(event, "type") == "message" and word(event, "subtype") not in CHANGED
        if written and there and oldest < ts and ts not in there:
            yield {
                "type": "message",
                "subtype": "message_deleted",
                "channel": word(event, "channel"),
                "deleted_ts": ts,
                "previous_message": event,
                "event_ts": now,
            }
