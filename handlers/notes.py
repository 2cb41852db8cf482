"""The lines said about a case in its threads, and the quiet ones said to one person."""

from collections.abc import Callable

from cases.case import Case
from cases.messages import Drawn
from cases.says import Body, Note
from handlers.bodies import instant, text_of
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
    lines.append(f"Why: {paragraph(text_of(body, 'reason'), REASON)}")
    if body.get("commitment_ended"):
        lines.append("Nobody needs to stay reachable around the clock for it any more. Thank you for having been.")
    return lines


def _resolved(case: Case, body: Body) -> list[str]:
    return [
        f"{_who(body)} resolved *{case.reference}*.",
        paragraph(text_of(body, "text"), REASON),
        "If it isn't solved for you, just say so here.",
    ]


def _handed_over(case: Case, body: Body) -> list[str]:
    to = mention(text_of(body, "to"))
    if body.get("who") == body.get("to"):
        return [f"{to} is the one to reach for *{case.reference}* from now on."]
    return [f"{_who(body)} handed over to {to}, who is the one to reach for *{case.reference}* from now on."]


def _claim_refused(case: Case, body: Body) -> list[str]:
    return [paragraph(text_of(body, "reason"), REASON)]


def _already_claimed(case: Case, body: Body) -> list[str]:
    return [f"*{case.reference}* is with {_who(body)} already. If they hand it back, it is free for you."]


LINES: dict[Note, Callable[[Case, Body], list[str]]] = {
    Note.CLAIMED: _claimed,
    Note.GIVEN_BACK: _given_back,
    Note.REPRIORITISED: _reprioritised,
    Note.RESOLVED: _resolved,
    Note.HANDED_OVER: _handed_over,
    Note.CLAIM_REFUSED: _claim_refused,
    Note.ALREADY_CLAIMED: _already_claimed,
}


def _who(body: Body) -> str:
    return mention(text_of(body, "who"))
