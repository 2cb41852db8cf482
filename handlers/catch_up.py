"""Reads in Slack's history what was missed, and puts it into the inbox as if it had come."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta

import structlog

from cases.messages import SendRateLimited, SendRefused, SendUncertain
from cases.queues import Json
from handlers.found import Telling, put_found, telling
from handlers.front import Front
from handlers.missed import gone, reactions_on, standing, told_by
from handlers.pace import Pace
from handlers.payloads import answer, part, parts, word
from handlers.places import Place, threads_in, urgent_first
from handlers.slack_errors import as_send_errors

CHANNEL_PAGE = 50
"""Messages a call. They are large where cards gather, with all their blocks: two hundred took two megabytes."""
THREAD_PAGE = 100
AGAIN_SECONDS = 5.0
"""After a call of which nobody knows what became, or that Slack refused for now."""
NOTHING_THERE = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "thread_not_found", "message_not_found"}
)
"""Slack's words for a place where nothing is to be read. Any other refusal may pass: what is owed stays owed."""
SETTLED = timedelta(minutes=1)
"""By then Slack shows in its thread what it has told of."""
BEFORE = timedelta(minutes=5)
"""Nobody knows to the second when a silence began, and this machine's clock and Slack's may differ by so much. What was
heard all the same is known."""
REACTIONS_BEFORE = timedelta(days=1)
"""So old may a message be that somebody reacted to meanwhile, apart from those that open cases' threads begin with."""
REMEMBERED = 0.9
"""Of the days for which the inbox keeps what was handled: of something older nobody knows whether it is news."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class CatchUp:
    """One call of Slack's a step. Used by one thread."""

    def __init__(
        self,
        front: Front,
        inside: Callable[[], Sequence[str]],
        kept: timedelta,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`inside`: the team's own channels, the triage channel first; `kept`: how long the inbox keeps what was
        handled; `seconds` never jump."""
        self._front = front
        self._inside = inside
        self._kept = kept * REMEMBERED
        self._pace = Pace(seconds)
        self._places: list[Place] = []
        self._read: set[tuple[str, str]] = set()
        self._refusals: set[tuple[tuple[str, str], str]] = set()
        """Told in the log, once each."""
        self._since = self._oldest = self._first = ""
        self.found = 0
        """Events that were put into the inbox since it began."""

    def begin(self, since: datetime, began: datetime, hurry: bool = True) -> None:
        """Read anew, all that was written after `since` and nothing from before `began`: urgent places first, fast, or
        without `hurry` a call every few seconds."""
        first = max(began, self._front.clock.now() - self._kept)
        self._first = _ts(first)
        self._since = _ts(max(since - BEFORE, first))
        self._oldest = _ts(max(since - REACTIONS_BEFORE, first))
        with self._front.units.reading() as uow:
            self._places = urgent_first(uow, self._inside())
        self._read = {place.name for place in self._places}
        self._refusals = set()
        self._pace.hurry = hurry
        self.found = 0

    def stop(self) -> None:
        """There is no need any more."""
        self._places = []

    @property
    def is_done(self) -> bool:
        """All that is to be read has been."""
        return not self._places

    def seconds_to_next(self) -> float:
        """Until a call may be made."""
        return min((self._pace.seconds_to_next(place.method) for place in self._places), default=0.0)

    def step(self) -> bool:
        """One call, if one may be made now. Raises StorageUnavailable; the place is then read again."""
        place = next((each for each in self._places if self._pace.seconds_to_next(each.method) <= 0), None)
        if place is None:
            return False
        self._pace.called(place.method)
        try:
            self._turn_page(place)
        except SendRateLimited as limit:
            self._pace.hold(place.method, limit.retry_after_seconds)
        except SendUncertain:
            self._pace.hold(place.method, AGAIN_SECONDS)
        except SendRefused as refusal:
            self._refused(place, refusal.reason)
        return True

    def _refused(self, place: Place, reason: str) -> None:
        self._places.remove(place)
        if reason in NOTHING_THERE:
            log.info("place_not_read", channel=place.channel, reason=reason)
            return
        if (place.name, reason) not in self._refusals:
            log.error("place_not_read_yet", channel=place.channel, reason=reason)
        self._refusals.add((place.name, reason))
        self._pace.hold(place.method, AGAIN_SECONDS)
        # Behind the others, and from its beginning: Slack forgets where it was in the middle.
        self._places.append(Place(place.channel, place.root))

    def _turn_page(self, place: Place) -> None:
        if place.began is None:
            place.began = self._front.clock.now()
        with as_send_errors():
            page = self._page(place)
        place.cursor = self._read_page(place, page, place.began)
        if not place.cursor:
            self._places.remove(place)
            self._add([Place(place.channel, root) for root in sorted(place.threads)])

    def _read_page(self, place: Place, page: Json, began: datetime) -> str:
        """Where the next one begins; "": it was the last."""
        messages = parts(page, "messages")
        cursor = word(part(page, "response_metadata"), "next_cursor") if page.get("has_more") else ""
        told = telling(self._front, self._events(place, messages, began))
        if place.root:
            there = place.there | standing(messages)
            deleted = telling(self._front, self._gone(place, there, began)) if not cursor else []
            self._put(told, deleted)
            place.there = there
        else:
            # Slack turns the pages of a channel backwards: what its last one tells goes first.
            told += place.told
            if not cursor:
                self._put(told)
            place.told = tuple(told)
            place.threads |= threads_in(messages, self._since)
        return cursor

    def _put(self, told: list[Telling], deleted: Sequence[Telling] = ()) -> None:
        found = [*sorted(told, key=lambda each: each.what.ts), *deleted]
        self.found += put_found(self._front, found, self._front.clock.now())

    def _gone(self, place: Place, there: Collection[str], began: datetime) -> list[Json]:
        """By the events that were stored of a thread before it was read."""
        with self._front.units.reading() as uow:
            stored = uow.inbox.about(f"{place.channel} {place.root}")
            known = (part(each.payload, "event") for each in stored if each.received_at < began - SETTLED)
            return list(gone(known, there, _ts(began)))

    def _page(self, place: Place) -> Json:
        client, cursor = self._front.client, place.cursor or None
        if place.root:
            return answer(
                client.conversations_replies(channel=place.channel, ts=place.root, limit=THREAD_PAGE, cursor=cursor)
            )
        return answer(
            client.conversations_history(channel=place.channel, oldest=self._oldest, limit=CHANNEL_PAGE, cursor=cursor)
        )

    def _add(self, threads: list[Place]) -> None:
        """What is new in them hurries more than what may have been changed elsewhere. A thread that is half read comes
        first: what stands in it is held until its end.
        """
        new = [thread for thread in threads if thread.name not in self._read]
        self._read |= {thread.name for thread in new}
        begun = [place for place in self._places if place.root and place.cursor]
        self._places = [*begun, *new, *(place for place in self._places if place not in begun)]

    def _events(self, place: Place, messages: list[Json], began: datetime) -> Iterator[Json]:
        bot = self._front.directory.identity.user
        for message in messages:
            yield from told_by(message, place.channel, self._since, bot)
            if word(message, "ts") > self._first:
                yield from reactions_on(message, place.channel, _ts(began))


def _ts(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
