"""Rules of a case's end: a solution offered, the customer's word on it, and the day on which it closes by itself."""

from dataclasses import replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry, State
from cases.case_parts import Rating, Response, ResponseBy, Solution
from cases.change import Change, Places
from cases.committing import asked_anew
from cases.errors import Invalid, Refused
from cases.facts import Facts
from cases.instants import iso
from cases.people import Person
from cases.policy import SolutionKind
from cases.responding import answered
from cases.says import Note, Say, SayKind, Urgency
from cases.telling import customer_thread, note_to_customer, note_to_triage


def offered(case: Case, kind: str | None, note: str, person: Person, now: datetime) -> Change:
    """Support says how the case is solved; the customer is asked whether it helps. An answer too, if there was none.

    Every clock and check-in pauses. `kind`: id of one of the promise's; None: the only one that it has.

    Raises:
        Refused: a solution stands already, or the case is closed.
        Invalid: by `kind`, no such kind, or none chosen of several.
    """
    if case.is_done:
        raise Refused(f"{case.reference} {case.how_done} already.")
    return offered_as(case, _kind(case, kind), note, person, now)


def offered_as(case: Case, of_kind: SolutionKind, note: str, person: Person, now: datetime) -> Change:
    """`offered`, of a kind that no programme needs to name."""
    change = answered(case, Response(person, now, ResponseBy.MESSAGE))
    solution = Solution(of_kind.id, of_kind.label, note, person, now)
    after = replace(change.case, state=State.OFFERED, solution=solution, wait=None, asked_at=None)
    entry = Entry(now, person, "offered", f"{of_kind.label}: {note}")
    return Change(after, (*change.entries, entry), (_shown(after, solution),))


def helped(case: Case, person: Person, places: Places, now: datetime) -> Change:
    """The customer confirms the solution. Said twice, it counts once.

    Raises:
        Refused: no solution stands, or the case is closed.
    """
    solution = standing(case)
    if case.state is State.RESOLVED:
        return Change(case)
    after = replace(case, state=State.RESOLVED, solution=replace(solution, confirmed_by=person, confirmed_at=now))
    told = note_to_triage(after, Note.RESOLVED, {"who": person.user}, places)
    return Change(after, (Entry(now, person, "helped"),), (told,))


def reopened(case: Case, person: Person, why: str, calendar: Calendar, places: Places, now: datetime) -> Change:
    """It isn't solved: back into the queue, with a new response clock from now and the whole ladder before it.

    A commitment goes on and is asked anew. What was before (solution, rating, answer) stays in the history, and a
    breach that happened on record.
    Source: design, "reopened".

    Raises:
        Refused: no solution stands, or the case is closed.
    """
    solution = standing(case)
    before = case.assignee or solution.by
    again = replace(
        case,
        state=State.OPEN,
        solution=None,
        rating=None,
        reopened=case.reopened + 1,
        assignee=None,
        claimed_at=None,
        active_at=None,
        asked_at=None,
        response=None,
        started_at=now,
        counted_from=now,
        due_at=calendar.add(now, case.promise.target_seconds),
        clock=case.clock + 1,
        share_said=0,
        repeats_said=0,
        repeated_at=None,
    )
    anew = asked_anew(again, places, now)
    told = note_to_customer(again, Note.REOPENED, {"who": person.user, "text": why, "due_at": iso(again.due_at)})
    says = (told, _back_in_queue(again, person, before, why, places), *anew.says)
    return Change(anew.case, (Entry(now, person, "reopened", why), *anew.entries), says)


def rated(case: Case, stars: int, line: str, person: Person, places: Places, now: datetime) -> Change:
    """How it went, in the customer's eyes; a later word takes the place of an earlier one.

    Raises:
        Refused: the solution isn't confirmed, or the case is closed.
    """
    confirmed(case)
    after = replace(case, rating=Rating(stars, line, person, now))
    told = note_to_triage(after, Note.RATED, {"who": person.user, "stars": stars, "text": line}, places)
    why = f"{stars} of 5: {line}" if line else f"{stars} of 5"
    entry = Entry(now, person, "rated", why, Facts(stars=stars))
    return Change(after, (entry,), (told,))


def closed(case: Case, now: datetime) -> Change:
    """Nobody said otherwise in the time there was, so it is closed for good. Nothing where it isn't time."""
    if case.closes_at is None or now < case.closes_at:
        return Change(case)
    helps = case.state is State.RESOLVED
    after = replace(case, state=State.CLOSED, closed_at=now)
    heard = case.solution is not None and case.solution.heard_at is not None
    silent = "nobody reopened it" if heard else "nobody said that the solution doesn't help"
    why = "the solution was confirmed" if helps else silent
    told = note_to_customer(after, Note.CLOSED, {"confirmed": helps, "heard": heard})
    return Change(after, (Entry(now, None, "closed", why),), (told,))


def _kind(case: Case, id: str | None) -> SolutionKind:
    known = case.promise.solutions
    if id is None and len(known) == 1:
        return known[0]
    found = next((kind for kind in known if kind.id == id), None)
    if found is None:
        raise Invalid({"kind": f"How is it solved? For {case.promise.label} one of these is chosen."})
    return found


def standing(case: Case) -> Solution:
    """The solution that can be confirmed, or the case reopened from.

    Raises:
        Refused: none stands, or the case is closed.
    """
    if case.state is State.CLOSED:
        raise Refused(
            f"{case.reference} is closed, so nothing of it changes any more. If it troubles you again, please open a "
            "new case: we start on it afresh."
        )
    if case.solution is None or not case.is_done:
        raise Refused(f"{case.reference} is open: we work on it, and no solution stands at the moment.")
    return case.solution


def confirmed(case: Case) -> Solution:
    """The solution that the customer said helps. Raises Refused: there is none."""
    solution = standing(case)
    if case.state is not State.RESOLVED:
        raise Refused(f"Does the solution of {case.reference} help? Please say so first; then tell us how it went.")
    return solution


def _shown(case: Case, solution: Solution) -> Say:
    """The solution in the customer's thread, with the buttons of their answer."""
    number = case.reopened + 1
    return Say(
        key=f"case:{case.number}:solution:{number}",
        kind=SayKind.SOLUTION,
        channel=case.channel,
        urgency=Urgency.REPLY,
        case=case.number,
        body={"offer": number, "who": solution.by.user, "label": solution.label, "text": solution.note},
        thread=customer_thread(case),
    )


def _back_in_queue(case: Case, person: Person, before: Person, why: str, places: Places) -> Say:
    """A message of its own in the triage channel, where a case in the queue is looked for."""
    return Say(
        key=f"case:{case.number}:reopened:{case.reopened}",
        kind=SayKind.REOPENED,
        channel=places.triage,
        urgency=Urgency.FIRST_CARD,
        case=case.number,
        body={"time": case.reopened, "who": person.user, "before": before.user, "text": why},
    )
