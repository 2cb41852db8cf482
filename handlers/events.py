"""Slack's events: stored before their ack, handled afterwards from the inbox, each once."""

from datetime import datetime

import structlog
from slack_bolt import Ack

from cases.errors import Refused
from cases.instants import slack_time
from cases.messages import Drawn, SendError
from cases.people import Actor
from cases.queues import Json, Received
from handlers.crossings import cross
from handlers.found import is_found
from handlers.front import Front
from handlers.incoming import Reaction, Written, parse
from handlers.namesakes import as_meant
from handlers.payloads import word
from handlers.reviews import by_mention, review_asked
from handlers.sources import source_of, source_written
from handlers.standing import is_gone, weighed
from handlers.status import asks_status, status_of
from handlers.training import asks_training, training_of
from handlers.unheard import must_be_heard_of
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
            uow.inbox.put(_received(front, body, event))
    ack()


def _news(front: Front, body: Json) -> News | None:
    news = news_of(body, front.directory.identity.user)
    return news if news is not None and matters(front, news) else None


def _received(front: Front, body: Json, event: Reaction | Written | News) -> Received:
    id, now = word(body, "event_id"), front.clock.now()
    if isinstance(event, News):
        # A place is not open before it was closed, even if one has to wait for another try.
        return Received(id, body, now, f"whereabouts {event.about}")
    return Received(id, body, now, event.about, event.known_as)


class Events:
    """What the inbox hands over."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def handle(self, received: Received) -> None:
        """Carry out one event. The desk marks it as handled in the transaction of its effects.

        Raises:
            NotYet, Unreachable, StorageUnavailable, Conflict, SlackClientError, OSError: worth another try.
        """
        news = news_of(received.payload, self._front.directory.identity.user)
        if news is not None:
            heard(self._front, news, received)
            return
        event = parse(received.payload, self._front.emoji)
        actor = self._front.directory.actor_by_id(event.user) if event else None
        if event is None or actor is None:
            return
        must_be_heard_of(self._front, event, received)
        now = self._front.clock.now()
        if isinstance(event, Reaction):
            verdict = weighed(self._front, event, received)
            if verdict.counts:
                self._reaction(event, actor, received.event_id, now, doubtful=verdict.doubtful)
        elif event.mention and asks_status(event.text):
            self._whisper(event.channel, actor, status_of(self._front, event.channel, actor), event.thread)
        elif event.mention and (days := review_asked(event.text)) is not None:
            self._whisper(event.channel, actor, by_mention(self._front, actor, event.channel, days), event.thread)
        elif event.mention and asks_training(event.text):
            self._whisper(event.channel, actor, training_of(self._front, event.channel, actor), event.thread)
        elif event.mention:
            self._mention(event, actor, received.event_id, now)
        elif event.changed:
            if event.deleted and is_found(received) and not is_gone(self._front, event):
                return
            cross(self._front, event, actor, now)
        else:
            at = min(slack_time(event.ts), now)
            # First, since the desk marks the event as handled; what crosses is known by its message if it comes again.
            cross(self._front, event, actor, now)
            self._front.desk.note_message(event.channel, event.thread, actor, at, received.event_id)

    def _reaction(self, event: Reaction, actor: Actor, id: str, now: datetime, doubtful: bool) -> None:
        emoji, desk, at = self._front.emoji, self._front.desk, min(slack_time(event.at), now)
        if event.emoji == emoji.claim and event.added:
            desk.claim_by_reaction(event.channel, event.ts, actor, at, id, doubtful=doubtful)
        elif event.emoji == emoji.claim:
            desk.give_back_by_reaction(event.channel, event.ts, actor, at, id)
        elif event.emoji == emoji.resolve:
            desk.offer_resolve(event.channel, event.ts, actor, at, id)
        else:
            self._open(event, actor, id, now)

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
