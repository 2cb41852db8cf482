"""What the bot has to say, as values: kept in the outbox, drawn and sent later, each under a unique key, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Body = Mapping[str, str | int | bool | None]


class SayKind(StrEnum):
    """What is said; how it is drawn is the renderer's business. `Say.body` holds what is listed here."""

    WELCOME = "welcome"
    """The pinned message with the Open a case button. body: account (name). Pinned after posting."""
    CARD = "card"
    """The case's card. body: side = customer | triage."""
    NOTE = "note"
    """A line about a case. body: note (a `Note`) and what that note lists."""
    ESCALATION = "escalation"
    """A rung. body: share, due_at (the deadline, ISO), fell_at (when the rung fell, ISO), late_seconds, repeat (0, or
    number of the repetition), audience = triage | managers-channel | manager, mention (of the on-call group: bool)."""
    CHECK_IN = "check-in"
    """The commitment's reminder. body: check_in, step = ask | backup | managers, to (user id; None for managers),
    late_seconds."""
    INVITE = "invite"
    """An Open a case button under a message. body: intake (id), existing (case number or None)."""
    RESOLVE_OFFER = "resolve-offer"
    """A Resolve button, to one engineer. body: nothing."""
    HAND_OVER = "hand-over"
    """A request out of scope that a manager should take up. body: account, program, about, title, details, user,
    permalink."""


class Note(StrEnum):
    """The lines said about a case, with what `Say.body` holds beside `note`."""

    CLAIMED = "claimed"
    """Customer's thread. who (user id)."""
    GIVEN_BACK = "given-back"
    """Both threads. who, due_at (ISO), runs (the clock runs again: bool), overdue (and is over already: bool)."""
    REPRIORITISED = "reprioritised"
    """Both threads. who, before, after (labels), reason (customer-visible, raw text), due_at (ISO), runs,
    overdue, commitment_ended (bool)."""
    RESOLVED = "resolved"
    """Customer's thread. who, text (raw)."""
    HANDED_OVER = "handed-over"
    """Case's thread, and triage thread: the commitment went to another person. who, to (user ids)."""
    CLAIM_REFUSED = "claim-refused"
    """Ephemeral, once a person and case: why reacting claimed nothing. reason (a sentence)."""
    ALREADY_CLAIMED = "already-claimed"
    """Ephemeral. who (assignee's user id)."""


class Urgency:
    """Order of sending when several things wait: lower goes first."""

    ESCALATION = 0
    FIRST_CARD = 10
    CHECK_IN = 20
    REPLY = 30
    CARD = 40
    WELCOME = 50


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to say."""

    key: str
    """Unique for ever: saying the same thing twice is impossible because its key exists."""
    kind: SayKind
    channel: str
    """Channel id, or a user id: a direct message."""
    urgency: int
    case: int | None = None
    """Case number; its state is read when the message is drawn."""
    body: Body = field(default_factory=dict)
    thread: str | None = None
    """A Slack ts, or `post:<key>`: under the message that the say of that key became."""
    updates: str | None = None
    """Key of an earlier say whose message this one redraws, instead of posting anew."""
    only_for: str | None = None
    """User id: an ephemeral message, seen by that person alone."""


def card_key(number: int, side: str) -> str:
    """Key of a case's card; side: `customer` or `triage`."""
    return f"case:{number}:card:{side}"
