"""App Home: drawn anew when its person opens it, turns a page or claims; for nobody who hasn't opened theirs.

Nothing is stored before the ack, as other events are: a Home that is lost is drawn when it is opened again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import structlog
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from cases.homes import Pages
from cases.people import Actor
from cases.queues import Json
from handlers.answering import actor_of, later
from handlers.failures import sentence
from handlers.front import Front
from handlers.home_customer import customer_home, stranger_home
from handlers.home_pages import pages_of, turned
from handlers.home_parts import Reader, sorry_home
from handlers.home_support import support_home
from handlers.payloads import Interaction, interaction, word, workspace_of
from handlers.reviews import at_home
from handlers.slack_errors import code_of

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody looks at their Home."""

    user: str
    workspace: str
    """Where: each workspace that has the app shows a Home of its own."""
    who: Callable[[], Actor | None]
    """None: nobody who may act. Raises Unreachable."""
    at: str
    """Slack's time of what they did, as a ts."""
    hash: str
    """Of the Home that they had before; empty: none."""
    pages: Pages
    notice: str = ""
    """What came of what they did; mrkdwn."""

    @property
    def moment(self) -> str:
        """`at` without its point: Slack writes the time of this event without one, and that of a click with it."""
        return self.at.replace(".", "")


def opened(front: Front, ack: Ack, body: Json) -> None:
    """The Home tab was opened: its first pages. The event doesn't tell the person's team, so Slack is asked."""
    ack()
    if word(body, "event", "tab") != "home":
        return
    user = word(body, "event", "user")
    at, hash = word(body, "event", "event_ts"), word(body, "event", "view", "hash")
    _draw_later(front, body, Visit(user, workspace_of(body), partial(front.directory.actor_by_id, user), at, hash, {}))


def paged(front: Front, ack: Ack, body: Json) -> None:
    """Next or Previous of one list; the others stay where they are."""
    ack()
    seen = interaction(body)
    _draw_later(front, body, _visit(front, seen, turned(pages_of(seen.metadata), seen.value)))


def claim(front: Front, ack: Ack, body: Json) -> None:
    """Claim, on a line: done in one transaction before the ack; what came of it is said on top of the Home."""
    seen = interaction(body)
    try:
        case = front.desk.claim(seen.number, actor_of(front, seen), front.clock.now())
        notice = f"👀 {case.reference} is yours. Its customer has been told."
    except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person hears of it
        notice = sentence(error)
    ack()
    _draw_later(front, body, _visit(front, seen, pages_of(seen.metadata), notice))


def review(front: Front, ack: Ack, body: Json) -> None:
    """Ask for a ticket review, on a customer's Home: what came of it is said on top of it."""
    ack()
    seen = interaction(body)
    visit = _visit(front, seen, pages_of(seen.metadata))
    front.clicks.note(_key(visit), visit.moment)
    later(front, seen, lambda: _publish(front, replace(visit, notice=_asked_for(front, seen))))


def _asked_for(front: Front, seen: Interaction) -> str:
    try:
        return at_home(front, seen)
    except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person hears of it
        return sentence(error)


def _visit(front: Front, seen: Interaction, pages: Pages, notice: str = "") -> Visit:
    who = partial(actor_of, front, seen)
    return Visit(seen.user, seen.workspace, who, seen.acted_at, word(seen.view, "hash"), pages, notice)


def _draw_later(front: Front, body: Json, visit: Visit) -> None:
    front.clicks.note(_key(visit), visit.moment)
    later(front, interaction(body), lambda: _publish(front, visit))


def _publish(front: Front, visit: Visit) -> None:
    """Put it up, unless the person has done something else since.

    Where another one went up in between, it is drawn once more, for what it would show may have changed too.
    """
    actor = visit.who()
    if actor is None or not front.clicks.is_latest(_key(visit), visit.moment):
        return
    client = front.workspaces.client(visit.workspace)
    try:
        client.views_publish(user_id=visit.user, view=_drawn(front, actor, visit), hash=visit.hash or None)
    except SlackApiError as error:
        if code_of(error) != "hash_conflict":
            log.warning("home_not_published", reason=code_of(error))
        elif front.clicks.is_latest(_key(visit), visit.moment):
            client.views_publish(user_id=visit.user, view=_drawn(front, actor, visit))


def _drawn(front: Front, actor: Actor, visit: Visit) -> View:
    """Which Home it is follows from who they are now, and from nothing that came with the click."""
    now = front.clock.now()
    reader = Reader(actor, now, front.directory.identity.url, visit.notice)
    try:
        if actor.is_support:
            engineers = front.directory.engineers()
            return support_home(front.homes.support(actor, engineers, visit.pages, now), reader)
        home = front.homes.customer(actor, visit.pages)
        return customer_home(home, reader) if home is not None else stranger_home(reader)
    except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person reads something
        return sorry_home(sentence(error))


def _key(visit: Visit) -> str:
    return f"home:{visit.workspace}:{visit.user}"
