"""Rules of a customer's wish for another priority: one at a time, granted or refused, ended with its case."""

from dataclasses import replace
from datetime import datetime

from cases.case import Case, Entry
from cases.case_parts import Commitment, Wish
from cases.change import Change
from cases.errors import Refused
from cases.facts import CheckInStep, Facts
from cases.people import Person


def wished(case: Case, wish: Wish, now: datetime) -> Change:
    """The customer asks for another priority; an earlier wish that nobody has decided is replaced.

    Raises:
        Refused: the case is done, or it is at that priority already.
    """
    if case.is_done:
        raise Refused(f"{case.reference} {case.how_done}, so its priority stays as it was.")
    if case.promise.priority == wish.priority:
        raise Refused(f"{case.reference} is at {case.promise.label} already.")
    why = f"{case.promise.label} → {wish.label}: {wish.reason}"
    after = replace(case, wish=replace(wish, revision=case.revision + 1))
    return Change(after, (Entry(now, wish.by, "wished", why),))


def refused(case: Case, wish: Wish, person: Person, word: str, now: datetime) -> Change:
    """Support keeps the priority, and says why."""
    return Change(replace(case, wish=None), (Entry(now, person, "wish-refused", f"{wish.label}: {word}"),))


def open_wish(case: Case, revision: int) -> Wish:
    """The wish that came with this revision, if it is still to be decided.

    Raises:
        Refused: it was decided, replaced by another one, or ended with its case.
    """
    if case.wish is None or case.is_done:
        raise Refused(f"Nothing is asked for {case.reference} any more: it was decided, or the case is done.")
    if case.wish.revision != revision:
        raise Refused(f"This wish for {case.reference} was replaced by a newer one; please decide that one.")
    return case.wish


def granting(before: Case, after: Case, wish: Wish, person: Person, now: datetime) -> Entry:
    """The line of it; where a 24x7 promise begins with it, it says so to figures: the first check-in is asked."""
    begins = before.commitment is None and after.commitment is not None
    facts = Facts(check_in=1, step=CheckInStep.ASKED) if begins else None
    return Entry(now, person, "wish-granted", wish.label, facts)


def consented(case: Case, wish: Wish, now: datetime) -> Commitment | None:
    """The commitment that comes with a granted wish: the one that runs already, or the one agreed to in the wish."""
    if case.commitment is not None or wish.available is None or case.promise.commitment is None:
        return case.commitment
    return Commitment(wish.available, wish.backup, consented_by=wish.by, asked_at=now)
