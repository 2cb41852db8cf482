"""Rules of resolving a case."""

from dataclasses import replace
from datetime import datetime

from cases.case import Case, Entry, Response, ResponseBy, State
from cases.change import Change
from cases.errors import Refused
from cases.people import Person
from cases.responding import answered


def resolved(case: Case, person: Person, note: str, now: datetime) -> Change:
    """The case is done; every clock and check-in of it ends. Resolving is an answer, if there was none before.

    Raises:
        Refused: it is resolved already.
    """
    if case.state is State.RESOLVED:
        raise Refused(f"{case.reference} is resolved already.")
    change = answered(case, Response(person, now, ResponseBy.MESSAGE))
    after = replace(change.case, state=State.RESOLVED, resolved_at=now, resolution_note=note)
    return Change(after, (*change.entries, Entry(now, person, "resolved", note)))
