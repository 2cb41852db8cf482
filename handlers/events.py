"""Slack's events: stored before their ack, handled afterwards from the inbox, each once."""

from datetime import datetime

import structlog
from slack_bolt import Ack

from cases.case import slack_time
from cases.errors import Refused
from cases.messages import Drawn, SendError
from cases.people import Actor
from cases.queues import Json, Received
from handlers.crossings import cross
from handlers.front import Front
from handlers.incoming import Reaction, Written, parse
from handlers.namesakes import as_meant
from handlers.payloads import word
from handlers.reviews import by_mention, review_asked
from handlers.sources import source_of, source_written
from handlers.status import asks_status, status_of
from handlers.training import asks_training, training_of
from handlers.whereabouts import News, heard, matters, news_of

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def store(front: Front, ack: Ack, body: Json) -> None:
    """Keep an event that matters, then acknowledge it. The inbox has them in the order in which this is called.

    Raises:
        StorageUnavailable: it is not acknowledged, so Slack sends it again.
    """
    body = as_meant(front, body)
    event: Reaction | Written | News | None = parse(body, front.emoji) or _news(front, body)
    if event is not None:
        with front.units() as uow:
            uow.inbox.put(Received(word(body, "event_id"), body, front.clock.now(), _about(event)))
    ack()


def _news(front: Front, body: Json) -> News | None:
    news = news_of(body, front.directory.identity.user)
    return news if news is not None and matters(front, news) else None


def _about(event: Reaction | Written | News) -> str:
    """Those about the same are handled in turn, even if one has to wait for another try: a reaction is not taken off
    before it was put on, a thread reads in the order of its writing, and a place is not open before it was closed.
    """
    if isinstance(event, News):
        return f"whereabouts {event.about}"
    if isinstance(event, Reaction):
        return f"{event.user} {event.channel} {event.ts}"
    return "" if event.mention else f"{event.channel} {event.root}"


class Events:
    """What the inbox hands over."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def handle(self, received: Received) -> None:
        """Carry out one event. The desk marks it as handled in the transaction of its effects.

        Raises:
            Unreachable, StorageUnavailable, Conflict, SlackClientError, OSError: worth another try.
        """
        news = news_of(received.payload, self._front.directory.identity.user)
        if news is not None:
            heard(self._front, news, received)
            return
        event = parse(received.payload, self._front.emoji)
        actor = self._front.directory.actor_by_id(event.user) if event else None
        if event is None or actor is None:
            return
        now = self._front.clock.now()
        if isinstance(event, Reaction):
            if self._is_latest(event, received):
                self._reaction(event, actor, min(slack_time(event.at), now), received.event_id, now)
        elif event.mention and asks_status(event.text):
            self._whisper(event.channel, actor, status_of(self._front, event.channel, actor), event.thread)
        elif event.mention and (days := review_asked(event.text)) is not None:
            self._whisper(event.channel, actor, by_mention(self._front, actor, event.channel, days), event.thread)
        elif event.mention and asks_training(event.text):
            self._whisper(event.channel, actor, training_of(self._front, event.channel, actor), event.thread)
        elif event.mention:
            self._mention(event, actor, received.event_id, now)
        elif event.changed:
            cross(self._front, event, actor, now)
        else:
            at = min(slack_time(event.ts), now)
            # First, since the desk marks the event as handled; what crosses is known by its message if it comes again.
            cross(self._front, event, actor, now)
            self._front.desk.note_message(event.channel, event.thread, actor, at, received.event_id)

    def _reaction(self, event: Reaction, actor: Actor, at: datetime, id: str, now: datetime) -> None:
        emoji, desk = self._front.emoji, self._front.desk
        if event.emoji == emoji.claim and event.added:
            desk.claim_by_reaction(event.channel, event.ts, actor, at, id)
        elif event.emoji == emoji.claim:
            desk.give_back_by_reaction(event.channel, event.ts, actor, at, id)
        elif event.emoji == emoji.resolve:
            desk.offer_resolve(event.channel, event.ts, actor, at, id)
        else:
            self._open(event, actor, id, now)

    def _is_latest(self, event: Reaction, received: Received) -> bool:
        """Whether it is not known yet that the emoji was put on or taken off later: events overtake one another.

        Asked of the inbox, which knows what came to any replica.
        """
        with self._front.units.reading() as uow:
            others = [parse(each.payload, self._front.emoji) for each in uow.inbox.before(received)]
        changes = [other for other in others if isinstance(other, Reaction) and other.emoji == event.emoji]
        return all(other.at <= event.at for other in changes)

    def _open(self, event: Reaction, actor: Actor, id: str, now: datetime) -> None:
        source = source_of(self._front, event.channel, event.ts, actor)
        if source is None:
            return
        try:
            self._front.reception.invite(actor, source, now, id)
        except Refused as refusal:
            self._say(event.channel, actor, str(refusal), None)

    def _mention(self, event: Written, actor: Actor, id: str, now: datetime) -> None:
        """A mention asks for a case; in the thread of one, it is told what the thread is for."""
        with self._front.units.reading() as uow:
            case = uow.cases.by_thread(event.channel, event.thread) if event.thread else None
        if case is not None:
            self._say(event.channel, actor, _in_thread(case.reference), event.thread)
            return
        source = source_written(self._front, event, actor)
        try:
            self._front.reception.invite(actor, source, now, id)
        except Refused as refusal:
            self._say(event.channel, actor, str(refusal), event.thread or event.ts)

    def _say(self, channel: str, actor: Actor, text: str, thread: str | None) -> None:
        self._whisper(channel, actor, Drawn(text, ()), thread)

    def _whisper(self, channel: str, actor: Actor, drawn: Drawn, thread: str | None) -> None:
        """Best effort: a line that can't be delivered is not worth a second try."""
        try:
            self._front.messenger.post_ephemeral(channel, actor.person.user, drawn, thread or None)
        except SendError as error:
            log.warning("answer_not_delivered", kind=type(error).__name__)


def _in_thread(reference: str) -> str:
    return (
        f"This is the thread of {reference}: whatever you write here, the team reads. "
        "For something else, mention me outside of this thread."
    )
