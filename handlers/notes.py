"""The lines said about a case in its threads, and the quiet ones said to one person."""

from collections.abc import Callable

from cases.case import Case
from cases.messages import Drawn
from cases.says import Body, Note
from handlers.bodies import count, instant, text_of
from handlers.facts import stars
from handlers.kit import drawn, packed
from handlers.text import inline, mention, paragraph
from handlers.times import date

LABEL = 100
REASON = 2900
SOON = "somebody takes it up as soon as they can."


def note(case: Case, body: Body) -> Drawn:
    """A line; `body` as listed at `Note`."""
    lines = LINES[Note(text_of(body, "note"))](case, body)
    return drawn(lines[0], packed(lines))


def _claimed(case: Case, body: Body) -> list[str]:
    return [f"{_who(body)} has begun work on *{case.reference}* and will write here."]


def _given_back(case: Case, body: Body) -> list[str]:
    said = f"{_who(body)} can't go on with *{case.reference}*, so it waits for another engineer."
    if body.get("overdue"):
        return [f"{said} The time promised is over already, and we are sorry: {SOON}"]
    if body.get("runs"):
        return [f"{said} The time promised stays as it was: an answer by {date(instant(body, 'due_at'))}."]
    return [f"{said} It keeps its place, and someone will take it up here."]


def _reprioritised(case: Case, body: Body) -> list[str]:
    before, after = inline(text_of(body, "before"), LABEL), inline(text_of(body, "after"), LABEL)
    lines = [f"{_who(body)} changed *{case.reference}* from {before} to *{after}*."]
    if body.get("overdue"):
        due = date(instant(body, "due_at"))
        lines[0] += f" The answer promised by {due} is late, and we are sorry: {SOON}"
    elif body.get("runs"):
        lines[0] += f" A person answers by {date(instant(body, 'due_at'))}."
    wished = text_of(body, "wished_by")
    whose = f" ({mention(wished)}, who asked for it)" if wished else ""
    lines.append(f"Why{whose}: {paragraph(text_of(body, 'reason'), REASON)}")
    if body.get("commitment_ended"):
        lines.append("Nobody needs to stay reachable around the clock for it any more. Thank you for having been.")
    return lines


def _resolved(case: Case, body: Body) -> list[str]:
    return [f"✅ {_who(body)} says that the solution of *{case.reference}* helps."]


def _reopened(case: Case, body: Body) -> list[str]:
    return [
        f"{_who(body)} reopened *{case.reference}*: it isn't solved yet.",
        paragraph(text_of(body, "text"), REASON),
        f"Thank you for telling us. A person from our team answers by {date(instant(body, 'due_at'))}.",
    ]


def _rated(case: Case, body: Body) -> list[str]:
    given = f"{_who(body)} rated our help with *{case.reference}*: {stars(count(body, 'stars'))}"
    return [given, paragraph(text_of(body, "text"), REASON, empty="")]


def _closed(case: Case, body: Body) -> list[str]:
    silent = "Nobody has reopened it" if body.get("heard") else "We haven't heard otherwise"
    why = "" if body.get("confirmed") else f" {silent}, so we take it that the solution helps."
    return [
        f"*{case.reference}* is closed.{why} Thank you! Should it trouble you again, please open a new case: we are "
        "glad to help."
    ]


def _wished(case: Case, body: Body) -> list[str]:
    label, earlier = inline(text_of(body, "label"), LABEL), text_of(body, "replaced")
    instead = f", no longer for {inline(earlier, LABEL)}" if earlier else ""
    asks = f"{_who(body)} asks for *{label}* for *{case.reference}*{instead}."
    return [f"{asks} A person of our team decides and answers here."]


def _wish_refused(case: Case, body: Body) -> list[str]:
    stays, label = inline(text_of(body, "stays"), LABEL), inline(text_of(body, "label"), LABEL)
    told = f"{mention(text_of(body, 'to'))}, *{case.reference}* stays at *{stays}* rather than {label}."
    return [f"{told} {_who(body)} says why:", paragraph(text_of(body, "text"), REASON)]


def _noted(case: Case, body: Body) -> list[str]:
    return [f"📝 {_who(body)} noted, for the team alone:", paragraph(text_of(body, "text"), REASON)]


def _adopted(case: Case, body: Body) -> list[str]:
    by, before, after = (inline(text_of(body, key), LABEL) for key in ("by", "before", "after"))
    lines = [f"{by} moved *{case.reference}* to today's policy, {after}; it was under {before}."]
    due = instant(body, "due_at")
    if body.get("runs") and due != instant(body, "was_due_at"):
        lines[0] += f" A first answer is due by {date(due)}; it was by {date(instant(body, 'was_due_at'))}."
    elif body.get("runs"):
        lines[0] += f" A first answer is due by {date(due)}, as before."
    reason = paragraph(text_of(body, "reason"), REASON, empty="")
    return [*lines, f"Why: {reason}"] if reason else lines


def _handed_over(case: Case, body: Body) -> list[str]:
    to = mention(text_of(body, "to"))
    if body.get("who") == body.get("to"):
        return [f"{to} is the one to reach for *{case.reference}* from now on."]
    return [f"{_who(body)} handed over to {to}, who is the one to reach for *{case.reference}* from now on."]


def _released(case: Case, body: Body) -> list[str]:
    said = f"{_who(body)} isn't free for *{case.reference}* just now, so all of our team looks after it."
    if body.get("overdue"):
        return [f"{said} The time promised is over already, and we are sorry: {SOON}"]
    return [f"{said} The time promised stays as it was: an answer by {date(instant(body, 'due_at'))}."]


def _manager_asked(case: Case, body: Body) -> list[str]:
    manager, title = mention(text_of(body, "manager")), inline(text_of(body, "title"), LABEL)
    return [
        f"{_who(body)} asked for {manager}, your {title}, who was told of *{case.reference}* and how it stands. "
        "Our team goes on with it meanwhile."
    ]


def _manager_called(case: Case, body: Body) -> list[str]:
    manager, title = mention(text_of(body, "manager")), inline(text_of(body, "title"), LABEL)
    asked = f"🙋 {_who(body)} asked for {manager}, {inline(case.account_name, LABEL)}'s {title}, on *{case.reference}*"
    words = paragraph(text_of(body, "text"), REASON, empty="")
    return [f"{asked}:", words] if words else [f"{asked}."]


def _came_back(case: Case, body: Body) -> list[str]:
    how = "says that it is still needed" if body.get("pressed") else "has answered in their thread"
    return [f"{mention(text_of(body, 'to'))}, {_who(body)} {how}: *{case.reference}* is yours to go on with."]


def _wrote_afterwards(case: Case, body: Body) -> list[str]:
    wrote = f"{mention(text_of(body, 'to'))}, {_who(body)} wrote under the solution of *{case.reference}*."
    return [
        f"{wrote} If it isn't solved, please ask them to press *Reopen…*: then it is in the queue again, with a clock."
    ]


def _how_to_settle(case: Case, body: Body) -> list[str]:
    return [
        f"Thank you, the team reads this. Is *{case.reference}* solved? *That helps* under the solution says so; if it "
        "isn't, press *Reopen…* there, and the time to answer you begins anew."
    ]


def _wrote_to_closed(case: Case, body: Body) -> list[str]:
    return [
        f"*{case.reference}* is closed, so nobody is called by what is written here. If it troubles you again, please "
        "open a new case: we start on it afresh."
    ]


def _taken_back(case: Case, body: Body) -> list[str]:
    return [f"{_who(body)} goes on with *{case.reference}*; what was asked needs no answer any more."]


def _not_needed(case: Case, body: Body) -> list[str]:
    return [f"{_who(body)} closed *{case.reference}*: it isn't needed any more."]


def _claim_refused(case: Case, body: Body) -> list[str]:
    return [paragraph(text_of(body, "reason"), REASON)]


def _already_claimed(case: Case, body: Body) -> list[str]:
    return [f"*{case.reference}* is with {_who(body)} already. If they hand it back, it is free for you."]


LINES: dict[Note, Callable[[Case, Body], list[str]]] = {
    Note.CLAIMED: _claimed,
    Note.GIVEN_BACK: _given_back,
    Note.REPRIORITISED: _reprioritised,
    Note.RESOLVED: _resolved,
    Note.REOPENED: _reopened,
    Note.RATED: _rated,
    Note.CLOSED: _closed,
    Note.WISHED: _wished,
    Note.WISH_REFUSED: _wish_refused,
    Note.NOTED: _noted,
    Note.CAME_BACK: _came_back,
    Note.WROTE_AFTERWARDS: _wrote_afterwards,
    Note.HOW_TO_SETTLE: _how_to_settle,
    Note.WROTE_TO_CLOSED: _wrote_to_closed,
    Note.TAKEN_BACK: _taken_back,
    Note.NOT_NEEDED: _not_needed,
    Note.HANDED_OVER: _handed_over,
    Note.RELEASED: _released,
    Note.MANAGER_ASKED: _manager_asked,
    Note.MANAGER_CALLED: _manager_called,
    Note.ADOPTED: _adopted,
    Note.CLAIM_REFUSED: _claim_refused,
    Note.NOT_SENT: _claim_refused,
    Note.ALREADY_CLAIMED: _already_claimed,
}


def _who(body: Body) -> str:
    return mention(text_of(body, "who"))
