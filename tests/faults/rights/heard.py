"""Who may do what by reacting and writing: each id of `handlers.EVENTS`."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.says import card_key
from tests.faults.rights.counter import Counter
from tests.faults.rights.deeds import CUSTOMER, ENGINEER, MANAGER
from tests.faults.rights.morning import Desk
from tests.faults.rights.people import DANA, SHARED, Who
from workspace.events import callback
from workspace.model import JsonDict, Message

ASKS = "1772450000.000100"
"""Dana's message in the shared channel."""
NOW = "1772452800.000200"


@dataclass(frozen=True)
class Heard:
    """An event, whose it is to do, and what it then changes."""

    kind: str
    changes: Mapping[str, frozenset[str]]
    """Tables that must be another afterwards, by who may."""
    on: str
    """State of the case whose card it is about; `message`: Dana's, which has none."""
    says: str = ""
    """The emoji, or the words."""


CASES, OUTBOX, INTAKES = frozenset({"cases"}), frozenset({"outbox"}), frozenset({"intakes"})
SUPPORTS_CASES = {ENGINEER: CASES, MANAGER: CASES}
ALL_INTAKES = {ENGINEER: INTAKES, MANAGER: INTAKES, CUSTOMER: INTAKES}
NOBODY: Mapping[str, frozenset[str]] = {}

HEARD = {
    "claim": Heard("reaction_added", SUPPORTS_CASES, "fresh", "eyes"),
    "give back": Heard("reaction_removed", {ENGINEER: CASES}, "claimed", "eyes"),
    "offer to resolve": Heard("reaction_added", {ENGINEER: OUTBOX, MANAGER: OUTBOX}, "claimed", "white_check_mark"),
    "open with an emoji": Heard("reaction_added", ALL_INTAKES, "message", "ticket"),
    "open with a mention": Heard("app_mention", ALL_INTAKES, "message", "<@U0BOT> it hangs"),
    "status": Heard("app_mention", NOBODY, "message", "<@U0BOT> status"),
    "review": Heard("app_mention", NOBODY, "message", "<@U0BOT> review"),
    "training": Heard("app_mention", NOBODY, "message", "<@U0BOT> training"),
    "mention in the thread": Heard("app_mention", NOBODY, "fresh", "<@U0BOT> it hangs"),
    "respond": Heard("message", {**SUPPORTS_CASES, CUSTOMER: OUTBOX}, "fresh", "we look at it"),
    "come back": Heard("message", {ENGINEER: OUTBOX, MANAGER: OUTBOX, CUSTOMER: CASES}, "waiting", "here are the logs"),
    "look at Home": Heard("app_home_opened", NOBODY, "message"),
}
"""`NOBODY`: it changes nothing for anybody, and what one reads is one's own."""


def event(counter: Counter, desk: Desk, heard: Heard, who: Who) -> JsonDict:
    """As Slack would tell it."""
    ts = ASKS if heard.on == "message" else _card(counter, desk.cases[heard.on])
    about: JsonDict = {"type": heard.kind, "user": who.user, "event_ts": NOW}
    if heard.kind.startswith("reaction"):
        item = {"type": "message", "channel": SHARED, "ts": ts}
        about |= {"reaction": heard.says, "item": item, "item_user": DANA.user}
    elif heard.kind == "app_home_opened":
        about |= {"tab": "home", "channel": "D0HOME"}
    else:
        thread = {} if heard.on == "message" else {"thread_ts": ts}
        about |= {"text": heard.says, "channel": SHARED, "ts": NOW, "team": who.team, **thread}
    state = counter.slack.state
    return callback(counter.slack.app, state.number(), state.epoch(), state.channels[SHARED], about)


def written(counter: Counter) -> None:
    """Dana has written something."""
    message = Message(ASKS, SHARED, DANA.user, DANA.team, "Kestrel hangs")
    counter.slack.state.channels[SHARED].messages[ASKS] = message


def _card(counter: Counter, number: int) -> str:
    with counter.front.units() as uow:
        post = uow.outbox.post_of(card_key(number, "customer"))
    assert post is not None
    return post.ts
