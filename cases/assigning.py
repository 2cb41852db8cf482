"""Rules of a case that is assigned to a dedicated engineer before anybody has begun: no claim, and no answer.

Source: Okta Support Services, "Mission Critical Support": the engineer is assigned all cases properly submitted,
unless a deadline requires somebody else.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from cases.add_ons import Absence, AddOnKind, Assigned, StandIn
from cases.case import Case, Entry
from cases.change import Change, Places
from cases.instants import iso
from cases.says import Body, Note, Say, SayKind, Urgency, card_key
from cases.telling import TRIAGE, note_to_customer

QUEUE_AT_SHARE = 75
"""Percent of the time allowed: from this rung on everybody is asked."""


class Released(StrEnum):
    """Why an assigned case became everybody's."""

    RUNG = "rung"
    """Three quarters of the time had passed without their answer."""
    DAY_OVER = "day-over"
    AWAY = "away"
    DAY_OFF = "day-off"
    GONE = "gone"
    """Their account was deactivated."""


IN_HISTORY = {
    Released.RUNG: "three quarters of the time allowed were over",
    Released.DAY_OVER: "their day was over",
    Released.AWAY: "they went away",
    Released.DAY_OFF: "they are off",
    Released.GONE: "their account was deactivated",
}


def assigned(case: Case, to: Assigned, places: Places, now: datetime) -> Change:
    """The case is theirs to begin; the response clock and the ladder go on as before."""
    after = replace(case, assigned=to)
    entry = Entry(now, None, "assigned", to.person)
    return Change(after, (entry,), tuple(_told(after, to, "yours", {"until": iso(to.until)}, places)))


def stood_in(case: Case, stand_in: StandIn, places: Places) -> Change:
    """Somebody else stands in for them: the cards say so and, of an engineer at work in the term, they read it too."""
    after = replace(case, stand_ins=(*case.stand_ins, stand_in))
    if stand_in.kind is not AddOnKind.MISSION_CRITICAL or stand_in.why is Absence.MOBILISING:
        return Change(after)
    why = Released.AWAY if stand_in.why is Absence.AWAY else Released.DAY_OFF
    return Change(after, (), tuple(_told(after, stand_in, "queue", {"why": why.value}, places, ("direct",))))


def released(case: Case, places: Places, why: Released, now: datetime) -> Change:
    """To the queue, told to both sides and to the engineer. Nothing where nobody is assigned."""
    if case.assigned is None:
        return Change(case)
    engineer = case.assigned
    after = replace(case, assigned=None)
    entry = Entry(now, None, "released", f"{engineer.person}: {IN_HISTORY[why]}")
    says = [*_told(after, engineer, "queue", {"why": why.value}, places)]
    if case.response is None:
        due: Body = {"who": engineer.person, "due_at": iso(case.due_at), "overdue": after.overdue(now)}
        says.append(note_to_customer(case, Note.RELEASED, due))
    return Change(after, (entry,), tuple(says))


def day_over(case: Case, places: Places, now: datetime) -> Change:
    """Their day is over, and they have not begun. Nothing where it isn't."""
    if case.assigned is None or now < case.assigned.until:
        return Change(case)
    return released(case, places, Released.DAY_OVER, now)


def by_the_rung(change: Change, places: Places, now: datetime) -> Change:
    """What follows from a rung told just now: at three quarters, or above, the case is everybody's."""
    if change.case.share_said < QUEUE_AT_SHARE or not change.says:
        return change
    freed = released(change.case, places, Released.RUNG, now)
    entries, says = (*change.entries, *freed.entries), (*change.says, *freed.says)
    return replace(change, case=freed.case, entries=entries, says=says)


def begun(case: Case) -> Case:
    """An assignment ends when somebody has the case, or nothing is owed any more."""
    return replace(case, assigned=None) if case.assigned and (case.assignee or case.is_done) else case


def _told(
    case: Case,
    to: Assigned | StandIn,
    step: str,
    body: Body,
    places: Places,
    wheres: Collection[str] = ("triage", "direct"),
) -> Iterator[Say]:
    """In the triage card's thread, where they are mentioned, and in private."""
    for where in wheres:
        channel = places.triage if where == "triage" else to.person
        yield Say(
            key=f"case:{case.number}:assigned:{step}:{where}",
            kind=SayKind.ASSIGNED,
            channel=channel,
            urgency=Urgency.FIRST_CARD,
            case=case.number,
            body={"step": step, "where": where, "who": to.person, "title": to.title, **body},
            thread=f"post:{card_key(case.number, TRIAGE)}" if where == "triage" else None,
        )
