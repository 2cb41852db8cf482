"""Where what was missed can stand: channels, and threads of open cases; what hurries comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from cases.case import Case
from cases.ports import UnitOfWork
from cases.queues import Json
from cases.says import card_key
from cases.telling import TRIAGE, customer_thread
from handlers.found import Telling
from handlers.payloads import word

MOST_CASES = 500
"""Those with the nearest deadlines; of a case beyond them, what was said in channels is found all the same."""
POST = "post:"
AT_ONCE = 50
"""Keys asked for in one query."""
LAST = 99
"""After every priority."""


@dataclass(slots=True)
class Place:
    """A channel, or one thread of it, read page by page."""

    channel: str
    root: str = ""
    """The ts of the thread's first message; empty: the channel itself."""
    cursor: str = ""
    """Slack's name for the next page."""
    began: datetime | None = None
    """When its first page was asked for: how it stands in later ones may be news."""
    told: tuple[Telling, ...] = ()
    """Of a channel: by the pages read so far. The pages themselves are let go, there may be any number of them."""
    there: frozenset[str] = frozenset()
    """Of a thread: the ts of what stands in it, so far."""
    threads: frozenset[str] = frozenset()
    """Of a channel: the roots of its threads that are to be read, so far."""

    @property
    def name(self) -> tuple[str, str]:
        """Each is read once."""
        return self.channel, self.root

    @property
    def method(self) -> str:
        """Of Slack's, each of which has its own limit."""
        return "conversations.replies" if self.root else "conversations.history"


@dataclass(frozen=True, slots=True)
class _Talk:
    """Where a case is spoken of: of each, no more is held than that."""

    urgency: tuple[int, datetime, int]
    waits: bool
    """For a first response."""
    channel: str
    thread: str
    """The ts of the customer's thread; or the key of the say that begins it, as `post:…`."""
    card: str
    """The triage card's key."""


def urgent_first(uow: UnitOfWork, inside: Iterable[str]) -> list[Place]:
    """Of the cases that nobody has answered, Priority 1 first, then by deadline: the thread under the triage card,
    where it may have been claimed, the customer's, and their channel. Then all other channels, `inside` ones first; and
    the other cases' threads.
    """
    talks = [_talk(case) for case in uow.cases.each_listed(MOST_CASES)]
    waiting = sorted((talk for talk in talks if talk.waits), key=lambda talk: talk.urgency)
    roots = _roots(uow, talks)
    triage = next(iter(inside), "")
    channels = [*inside, *(channel for account in uow.accounts.all() for channel in account.channels)]
    places = chain(
        (place for talk in waiting for place in (*_threads(talk, roots, triage), Place(talk.channel))),
        map(Place, channels),
        (place for talk in talks for place in _threads(talk, roots, triage)),
    )
    once: dict[tuple[str, str], Place] = {}
    for place in places:
        once.setdefault(place.name, place)
    return list(once.values())


def _talk(case: Case) -> _Talk:
    urgency = (case.promise.priority or LAST, case.due_at, case.number)
    return _Talk(urgency, case.waits_for_response, case.channel, customer_thread(case), card_key(case.number, TRIAGE))


def _roots(uow: UnitOfWork, talks: Iterable[_Talk]) -> dict[str, str]:
    keys = [key for talk in talks for key in (talk.card, talk.thread.removeprefix(POST))]
    some = (uow.outbox.posts_of(keys[at : at + AT_ONCE]) for at in range(0, len(keys), AT_ONCE))
    return {key: post.ts for posts in some for key, post in posts.items()}


def _threads(talk: _Talk, roots: dict[str, str], triage: str) -> list[Place]:
    theirs = roots.get(talk.thread.removeprefix(POST), "") if talk.thread.startswith(POST) else talk.thread
    found = (Place(triage, roots.get(talk.card, "")), Place(talk.channel, theirs))
    return [place for place in found if place.root]


def threads_in(messages: Iterable[Json], since: str) -> set[str]:
    """The roots (ts) of a channel's threads that got a reply after `since` (a ts)."""
    return {word(message, "ts") for message in messages if word(message, "latest_reply") > since}
