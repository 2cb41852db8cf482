"""What Slack tells of channels, people and user groups, from its events."""

from dataclasses import dataclass
from enum import StrEnum

from cases.queues import Json, Received
from handlers.front import Front
from handlers.payloads import value, word
from handlers.regrouped import regrouped


class Kind(StrEnum):
    """What happened to a channel, a person or a user group."""

    CLOSED = "closed"
    OPENED = "opened"
    RENAMED = "renamed"
    MOVED = "moved"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    REGROUPED = "regrouped"


@dataclass(frozen=True, slots=True)
class News:
    """One event."""

    kind: Kind
    about: str
    """Id of the channel, person or group."""
    new: str = ""
    """The channel's new id."""
    reason: str = ""
    """Slack's code for what would be refused from now on."""


ARCHIVED, LEFT = "is_archived", "not_in_channel"


def news_of(payload: Json, bot_user: str) -> News | None:
    """None: nothing of the kind, or of no concern. The profile of a person changes with each status that they set; the
    deactivated alone are news, and the others to whoever counts as deactivated.
    """
    event = value(payload, "event")
    channel = word(event, "channel")
    match word(event, "type"):
        case "channel_archive" | "group_archive":
            return News(Kind.CLOSED, channel, reason=ARCHIVED)
        case "channel_left" | "group_left":
            return News(Kind.CLOSED, channel, reason=LEFT)
        case "channel_unarchive" | "group_unarchive":
            return News(Kind.OPENED, channel)
        case "member_joined_channel" if word(event, "user") == bot_user:
            return News(Kind.OPENED, channel)
        case "channel_rename" | "group_rename":
            return News(Kind.RENAMED, word(event, "channel", "id"))
        case "channel_id_changed":
            return News(Kind.MOVED, word(event, "old_channel_id"), word(event, "new_channel_id"))
        case "user_change":
            gone = value(event, "user", "deleted") is True
            return News(Kind.DEACTIVATED if gone else Kind.REACTIVATED, word(event, "user", "id"))
        case "subteam_members_changed":
            return News(Kind.REGROUPED, word(event, "subteam_id"))
        case _:
            return None


def matters(front: Front, news: News) -> bool:
    """Whether it is worth keeping: everybody's every change of status comes by here, and all groups there are."""
    if news.kind is Kind.REGROUPED:
        return bool(front.on_group(news.about)) or front.directory.asks_of(news.about)
    if news.kind is not Kind.REACTIVATED:
        return True
    with front.units() as uow:
        return uow.troubles.lasts(f"person:{news.about}")


def heard(front: Front, news: News, received: Received) -> None:
    """Carry it out; the event is marked as handled in the transaction of its effects.

    Raises SlackClientError, OSError: worth another try.
    """
    places, now, event = front.whereabouts, front.clock.now(), received.event_id
    match news.kind:
        case Kind.CLOSED:
            places.closed(news.about, news.reason, event, now)
        case Kind.OPENED:
            places.opened(news.about, event, now)
        case Kind.RENAMED:
            places.renamed(news.about, event, now)
        case Kind.MOVED:
            places.moved(news.about, news.new, event, now)
        case Kind.DEACTIVATED:
            front.directory.forget(news.about)
            places.deactivated(news.about, event, now)
        case Kind.REACTIVATED:
            front.directory.forget(news.about)
            places.reactivated(news.about, event, now)
        case Kind.REGROUPED:
            regrouped(front, news.about, received)
