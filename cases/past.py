"""What a case's history says that people did, done to the case once more. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry, State
from cases.case_parts import Response, ResponseBy, Solution, Wait
from cases.change import Change, Places
from cases.clock import NO_CLOCKS
from cases.errors import CaseclockError
from cases.instants import utc
from cases.people import Person
from cases.promise import Promise
from cases.reprioritising import reprioritised
from cases.responding import answered
from cases.solving import reopened
from cases.talking import heard, said, waited_until

ACTS = frozenset({"escalated", "breached"})
"""Lines that time wrote: a rung was told."""
NOWHERE = Places("", "", "")
NOBODY = Person("", "")
RUNS_AGAIN = "the response clock runs again"
NUMBERED = re.compile(r"^(?P<before>.+?) → (?P<after>.+?): ", re.DOTALL)


class NotReplayable(CaseclockError):
    """The case can't be run again; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Past:
    """A case as it is stored, its history (oldest first), and up to when it is looked at."""

    case: Case
    history: Sequence[Entry]
    until: datetime


Labels = Mapping[str, int | None]
"""Numbers of priorities by what they were ever called."""


def opened_again(past: Past, promise: Promise, calendar: Calendar) -> Case:
    """The case as it was opened, under this promise, with nothing done to it."""
    start = _started_at(past)
    return replace(
        past.case,
        promise=promise,
        started_at=start,
        counted_from=start,
        due_at=calendar.add(start, promise.target_seconds),
        state=State.OPEN,
        assignee=None,
        claimed_at=None,
        response=None,
        breached_at=None,
        clock=1,
        share_said=0,
        repeats_said=0,
        repeated_at=None,
        commitment=None,
        naming=None,
        solution=None,
        rating=None,
        closed_at=None,
        wait=None,
        wish=None,
        reopened=0,
        active_at=None,
        asked_at=None,
        assigned=None,
        clocks=NO_CLOCKS,
    )


def priorities(past: Past, labels: Labels) -> tuple[int | None, ...]:
    """At which priority it was opened, and to which it was changed, in order.

    Raises:
        NotReplayable: one of them is not known by this label any more.
    """
    changes = [entry for entry in past.history if entry.what == "reprioritised"]
    if not changes:
        return (past.case.promise.priority,)
    return (_numbers(changes[0], labels)[0], *(_numbers(entry, labels)[1] for entry in changes))


def deed(case: Case, entry: Entry, promise: Promise, calendar: Calendar) -> Change:
    """What this line says that somebody did; nothing where it touches no clock.

    `promise`, with its calendar: the one that a change of priority leads to, else the case's.
    """
    if entry.what == "reprioritised":
        return reprioritised(case, promise, calendar, entry.who or NOBODY, "", entry.at)
    if entry.what == "reopened" and case.solution is not None and case.state is not State.CLOSED:
        return reopened(case, entry.who or NOBODY, "", calendar, NOWHERE, entry.at)
    if entry.what == "responded":
        return answered(case, Response(entry.who or NOBODY, entry.at, _how(entry)))
    return Change(DEEDS[entry.what](case, entry) if entry.what in DEEDS else case)


def _claimed(case: Case, entry: Entry) -> Case:
    return replace(case, state=State.CLAIMED, assignee=entry.who or NOBODY, claimed_at=entry.at)


def _wrote(case: Case, entry: Entry) -> Case:
    spoke = replace(case.response, how=ResponseBy.MESSAGE) if case.response else None
    return said(replace(case, response=spoke), entry.at)


def _came_back(case: Case, entry: Entry) -> Case:
    back = _at_work(case, entry)
    return heard(back, entry.at) if entry.why == "wrote" else back


def _at_work(case: Case, entry: Entry) -> Case:
    return replace(waited_until(case, entry.at), state=State.CLAIMED)


def _let_go(case: Case, entry: Entry) -> Case:
    response = None if entry.why.endswith(RUNS_AGAIN) else case.response
    return replace(waited_until(case, entry.at), state=State.OPEN, assignee=None, claimed_at=None, response=response)


def _asked(case: Case, entry: Entry) -> Case:
    return replace(case, state=State.WAITING, wait=Wait(utc(entry.at), entry.who or NOBODY, ""))


def _offered(case: Case, entry: Entry) -> Case:
    return replace(case, state=State.OFFERED, solution=Solution("", "", "", entry.who or NOBODY, entry.at), wait=None)


DEEDS: Mapping[str, Callable[[Case, Entry], Case]] = {
    "claimed": _claimed,
    "wrote": _wrote,
    "wrote-in": lambda case, entry: heard(case, entry.at),
    "came-back": _came_back,
    "taken-back": _at_work,
    "given-back": _let_go,
    "lapsed": _let_go,
    "asked": _asked,
    "offered": _offered,
    "helped": lambda case, _entry: replace(case, state=State.RESOLVED),
    "closed": lambda case, entry: replace(case, state=State.CLOSED, closed_at=entry.at, wait=None),
}
"""Lines of the history that move a clock, and how; the others, such as notes, don't."""


def _how(entry: Entry) -> ResponseBy:
    return ResponseBy.CLAIM if entry.why.startswith(f"by {ResponseBy.CLAIM}") else ResponseBy.MESSAGE


def _started_at(past: Past) -> datetime:
    """A clock that was started anew since leaves the message, or the opening, to say when the first one began."""
    case = past.case
    if not case.reopened:
        return case.started_at
    by_choice = any(entry.what == "started" and entry.why.startswith("now") for entry in past.history)
    return utc(case.opened_at) if case.source is None or by_choice else case.source.at


def _numbers(entry: Entry, labels: Labels) -> tuple[int | None, int | None]:
    said = NUMBERED.match(entry.why)
    before = [label for label in labels if entry.why.startswith(f"{label} → ")]
    after = [label for label in labels for start in before if entry.why.startswith(f"{start} → {label}: ")]
    if not before or not after:
        called = f"“{said['before']}” and “{said['after']}”" if said else "the ones that it had"
        raise NotReplayable(f"of its priorities {called} one isn't called so in any of these policies")
    return labels[max(before, key=len)], labels[max(after, key=len)]
