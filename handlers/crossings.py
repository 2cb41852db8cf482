"""Messages of a case's two threads on their way across: what the customer wrote, and what is marked for them."""

from dataclasses import replace
from datetime import datetime

from cases.crossing import Line
from cases.people import Actor
from handlers.front import Front
from handlers.incoming import Written, files_of
from handlers.payloads import word
from handlers.plain_words import plain
from handlers.remembered import Unreachable
from handlers.sources import fetched, permalink


def cross(front: Front, event: Written, actor: Actor, now: datetime) -> None:
    """Carry a message across, or its change, if it is one that crosses. Can be done twice.

    Raises:
        Unreachable, StorageUnavailable, Conflict, SlackClientError, OSError: worth another try.
    """
    if front.threads.is_inside(event.channel):
        _reply(front, event, actor, now)
    elif front.threads.concerns(event.channel, event.root, actor):
        link = permalink(front, event.channel, event.ts) if not event.deleted else ""
        front.threads.show(replace(_line(front, event, actor), link=link), actor)


def for_customer(text: str, prefix: str) -> str | None:
    """What follows the prefix; None: the text doesn't begin with it, so it is internal."""
    words = text.lstrip()
    marked, rest = words[: len(prefix)], words[len(prefix) :]
    if marked.lower() != prefix.lower() or (rest and not rest[0].isspace()):
        return None
    return rest.strip()


def _reply(front: Front, event: Written, actor: Actor, now: datetime) -> None:
    """What is about to cross is read once more: it may have been taken back before its event came."""
    line = _line(front, event, actor)
    if for_customer(line.text, front.reply_prefix) is not None and not event.deleted:
        message = fetched(front, event.channel, event.ts)
        if message is None:
            return
        # That a file was taken out is no edit of the message: then the event's own time is the later one.
        text, edited = word(message, "text"), max(word(message, "edited", "ts"), event.edited)
        line = _line(front, replace(event, text=text, files=files_of(message), edited=edited), actor)
    front.threads.reply(line, for_customer(line.text, front.reply_prefix), actor, now)


def _line(front: Front, event: Written, actor: Actor) -> Line:
    return Line(
        channel=event.channel,
        ts=event.ts,
        thread=event.root,
        author=actor.person,
        text=plain(event.text, lambda user: _name(front, user)),
        files=event.files,
        edited=event.edited,
        deleted=event.deleted,
    )


def _name(front: Front, user: str) -> str:
    """Empty where Slack doesn't say: a message doesn't wait for a name in it."""
    try:
        person = front.directory.person(user)
    except Unreachable:
        return ""
    return person.name if person is not None else ""
