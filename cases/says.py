"""What the bot has to say, as values: kept in the outbox, drawn and sent later, each under a unique key, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Body = Mapping[str, str | int | bool | None]


class SayKind(StrEnum):
    """What is said; how it is drawn is the renderer's business. `Say.body` holds what is listed here."""

    WELCOME = "welcome"
    """The pinned message with the Open a case button. body: account (name), version. Pinned after posting."""
    CARD = "card"
    """The case's card. body: side = customer | triage."""
    NOTE = "note"
    """A line about a case. body: note (a `Note`) and what that note lists."""
    ESCALATION = "escalation"
    """A rung. body: clock (a `ClockKind`; absent: the response clock), number (of that clock), since (what
    started it, ISO), share, due_at (its deadline, ISO), fell_at (when the rung fell, ISO), late_seconds, repeat (0, or
    number of the repetition), audience = triage | managers-channel | manager | success-manager, mention (of the on-call
    group: bool), away (user ids, by spaces, of those who are not mentioned by name); with a designated team what
    `cases.regions.called` adds."""
    NAMING = "naming"
    """The customer is asked who can be reached. body: step = ask | again (both in their thread) | managers, to (whom of
    the customer's, or None)."""
    CHECK_IN = "check-in"
    """The commitment's reminder. body: check_in, step = ask | backup | managers, to (user id; None for managers),
    late_seconds."""
    INVITE = "invite"
    """An Open a case button under a message. body: intake (id), existing (case number or None)."""
    SOLUTION = "solution"
    """A solution offered, in the customer's thread, with the buttons of their answer. body: offer (1, and one more
    each time the case was reopened), who, label, text (raw)."""
    REOPENED = "reopened"
    """A reopened case, in the triage channel. body: time (how often it was reopened by then), who, before (who had it,
    or had offered the solution), text (what is still wrong; raw)."""
    WAITING = "waiting"
    """The customer is asked for something. body: step = ask | remind | close (the offer to close, with buttons), number
    (0, or of the reminder), to (whom, or None), who (asks), asked (raw), since (ISO)."""
    LEASE = "lease"
    """A claim and its silence. body: step = ask (the assignee, in the triage thread) | queue (the case went back) |
    nobody (told again), at (ISO; the case's `asked_at` while it is current); ask: who, away (bool), silent_since,
    back_at (ISO); queue: who, runs (the clock runs again: bool); queue and nobody: mention, away (as for a rung)."""
    DIGEST = "digest"
    """Many alarms as one message, a row each: `cases.storms`. body: page, pages, total (alarms on all pages), mention
    (of the on-call group), calls (ids of those asked beside or in place of it), on_call (the group itself is asked),
    away (as for a rung). With `only_for`: to who reacted to one, what to do instead; body: nothing."""
    RESOLVE_OFFER = "resolve-offer"
    """A Resolve button, to one engineer. body: nothing."""
    WISH = "wish"
    """A customer's wish for another priority, in the triage thread, with buttons to grant or refuse it. body: wish (the
    case's revision that it came with), who, label, reason, before, before_means, means (the policy's words), available,
    backup (user ids or None), replaced (label or ""), assignee; once settled also outcome = granted | refused |
    replaced | overtaken | done, by, word."""
    LINE = "line"
    """What somebody wrote in the customer's thread, in the triage thread. body: as `cases.crossing.line_say` writes."""
    REPLY = "reply"
    """An engineer's reply, in the customer's thread. body: as `cases.crossing.reply_say` writes."""
    REPLY_FILE = "reply-file"
    """A file of an engineer's reply, in the customer's thread. body: as `cases.crossing_files.file_says` writes; an
    update of it deletes the file."""
    REVIEW = "review"
    """A ticket review. body: account (id; nobody else's people may see it), name, who (asked), tam (or None), review
    (`cases.reviewing.Review` as JSON)."""
    REVIEW_FILE = "review-file"
    """Its cases as a file, in its thread. body: account, name, until (ISO), days, tickets (each a
    `cases.reviewing.Line`, as JSON)."""
    REPORT = "report"
    """A managers' report. body: report (`cases.report.Report` as JSON, without what is left out), groups, engineers and
    breaches (how many there are of each), and the names and ids in it, each under a key of its own, so that whoever is
    erased is found."""
    REPORT_FILE = "report-file"
    """Its picture and its tables, in its thread. body: part = chart | figures | cases, report (as far as it needs)."""
    BRIEFING = "briefing"
    """What stands open in a programme as its support day begins. body: briefing (`cases.briefing.Briefing` as JSON),
    and the names in it as of REPORT."""
    REVIEW_TOLD = "review-told"
    """To the account's Technical Account Manager: a review was made. body: account, name, who, days, channel (or a
    user id: by direct message)."""
    SENT = "sent"
    """To the triage thread: a reply stands in the customer's thread. body: as `cases.crossing.sent_say` writes, and
    `failed` where Slack refused the reply."""
    ASSIGNED = "assigned"
    """To a dedicated engineer, in the triage thread and in private. body: step = yours (begin, please) | queue (it went
    to everybody), where = triage | direct, who, title; yours: until (ISO); queue: why (`cases.assigning.Released`)."""
    ADD_ON = "add-on"
    """A reminder of an account's add-on. body: as `cases.add_on_reminders` writes."""
    HAND_OVER = "hand-over"
    """A request out of scope that a manager should take up. body: account, program, about, title, details, user,
    permalink."""
    LEFT_REQUEST = "left-request"
    """A request that support doesn't cover, left with the team without a clock. body: as HAND_OVER, and tenant,
    channel."""
    MEETING = "meeting"
    """A meeting of an account's success manager, to them. body: as `cases.meeting_says` writes; once it was held also
    held_by, held_at (ISO), next (its next day, or "")."""
    CALLED_FOR = "called-for"
    """To an account's success manager: the customer asks for them on a case. body: who, text (raw, may be empty),
    in_channel and ts (of the card in the customer's channel, or None)."""
    ANNOUNCEMENT = "announcement"
    """An update, in a customer's channel. body: as `cases.announcements.body_of` writes, and of (its id)."""
    SHIFT = "shift"
    """To the triage channel: a change of shift, with what is open. body: as `cases.shift_notes` writes."""
    TROUBLE = "trouble"
    """To the operators: something that only they can mend, or that it is over. body: as `cases.troubles` writes."""
    UNTOLD = "untold"
    """To the team: something that Slack refused for good, so nobody has read it. body: as `cases.detours` writes."""
    ANNOUNCED = "announced"
    """To the managers' channel. body: part = card (as ANNOUNCEMENT, and by, total) | receipt (as
    `cases.announcements.receipt` writes)."""


FILE_KINDS = frozenset({SayKind.REVIEW_FILE, SayKind.REPLY_FILE, SayKind.REPORT_FILE})
"""What is shared as a file: Slack doesn't say which message that becomes."""
MERGING_KINDS = frozenset({SayKind.ESCALATION, SayKind.LEASE, SayKind.CHECK_IN, SayKind.NAMING})
"""Those of them that begin a message of their own tell our team that somebody must act, each with its case."""


class Note(StrEnum):
    """The lines said about a case, with what `Say.body` holds beside `note`."""

    CLAIMED = "claimed"
    """Customer's thread. who (user id)."""
    GIVEN_BACK = "given-back"
    """Both threads. who, due_at (ISO), runs (the clock runs again: bool), overdue (and is over already: bool)."""
    REPRIORITISED = "reprioritised"
    """Both threads. who, before, after (labels), reason (customer-visible, raw text), due_at (ISO), runs,
    overdue, commitment_ended (bool), wished_by (user id; None: support's own change)."""
    RESOLVED = "resolved"
    """Triage thread. who (says that the solution helps)."""
    REOPENED = "reopened"
    """Customer's thread. who, text (raw), due_at (ISO)."""
    RATED = "rated"
    """Triage thread. who, stars (1 to 5), text (raw, may be empty)."""
    CLOSED = "closed"
    """Customer's thread. confirmed (the customer had said that the solution helps: bool), heard (they wrote: bool)."""
    CAME_BACK = "came-back"
    """Triage thread: the customer answered. who, to (the assignee), pressed (Still needed: bool)."""
    WROTE_AFTERWARDS = "wrote-afterwards"
    """Triage thread: the customer wrote while a solution stands. who, to (the assignee, or who offered it)."""
    HOW_TO_SETTLE = "how-to-settle"
    """Ephemeral, in the customer's thread, once a person and solution: which buttons say whether it helps."""
    WROTE_TO_CLOSED = "wrote-to-closed"
    """Ephemeral, in the customer's thread, once a person: the case is closed."""
    TAKEN_BACK = "taken-back"
    """Customer's thread, and triage thread where it was not the assignee: no answer is needed any more. who, to."""
    NOT_NEEDED = "not-needed"
    """Both threads: the customer closed the case. who, to (the assignee)."""
    RELEASED = "released"
    """Customer's thread: their dedicated engineer has not begun in time. who, due_at (ISO), overdue (bool)."""
    HANDED_OVER = "handed-over"
    """Case's thread, and triage thread: the commitment went to another person. who, to (user ids)."""
    WISHED = "wished"
    """Customer's thread: they asked for another priority. who, label, replaced (label or "")."""
    WISH_REFUSED = "wish-refused"
    """Customer's thread. who, to (user ids), label, stays (labels), text (raw)."""
    NOTED = "noted"
    """Triage thread: words for the team. who, text (raw)."""
    ADOPTED = "adopted"
    """Triage thread: it was moved to today's policy. by (a name, raw), before, after (versions), reason (raw, may be
    empty), was_due_at, due_at (ISO; of the first response), runs (that clock runs: bool)."""
    CLAIM_REFUSED = "claim-refused"
    """Ephemeral, once a person and case: why reacting claimed nothing. reason (a sentence)."""
    MANAGER_ASKED = "manager-asked"
    """Customer's thread: they asked for their success manager. who, manager (user id), title."""
    MANAGER_CALLED = "manager-called"
    """Triage thread: the same. who, manager, title, text (raw, may be empty)."""
    NOT_SENT = "not-sent"
    """Ephemeral, in the triage thread: why a reply did not go to the customer. reason (a sentence)."""
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
    ANNOUNCEMENT = 90
    """After everything that is about a case."""


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to say. Said in another place than the one it was meant for, its body has `instead` (that place's id)
    and `refused` (Slack's code) too; where no place took it for a while, `waits_since` (ISO)."""

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
    after: str | None = None
    """Key of another say: this one waits until that one was posted or given up; then `body` has `failed`."""
    within: str | None = None
    """Key of the digest that tells it; None: it has a message of its own."""

    @property
    def may_merge(self) -> bool:
        """It calls somebody of ours to a case, in a message of its own: with others it may become a digest."""
        stands_alone = self.thread is None and self.updates is None and self.only_for is None and self.after is None
        return self.kind in MERGING_KINDS and stands_alone


@dataclass(frozen=True, slots=True)
class Digest:
    """Alarms told as one message."""

    say: Say
    """Of kind `DIGEST`."""
    rows: tuple[Say, ...]
    """In the order in which they stand there."""


def card_key(number: int, side: str) -> str:
    """Key of a case's card; side: `customer` or `triage`."""
    return f"case:{number}:card:{side}"
