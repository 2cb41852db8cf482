"""A past case again, under another promise: people do what they did, and time does what the new ladder says.

Pure: all comes from the case and its history. What people did, and what a silent claim led to, stays as it was;
nobody knows what they would have done at another hour.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry
from cases.clocks import wound
from cases.escalating import escalated
from cases.hours import CalendarSpec
from cases.past import ACTS, NOWHERE, Past, deed, opened_again
from cases.promise import Promise
from cases.timers import TimerKind, planned_timers

COUNTED = ACTS | {"responded", "reopened"}
"""The lines that tell how a case fared."""
RUNGS = frozenset({TimerKind.RUNG, TimerKind.REPEAT})
FELL = re.compile(r"due (?P<at>\d\S+Z)$")

Calendars = Callable[[CalendarSpec], Calendar]
Promises = Sequence[Promise]
"""What is promised as a case opens, and after each change of its priority."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A line of the history, and by when all before it had happened: an event may be handled after its own time."""

    entry: Entry | None
    """None: the end."""
    at: datetime

    @property
    def is_act(self) -> bool:
        """A rung was told here."""
        return self.entry is not None and self.entry.what in ACTS


def happened(past: Past) -> tuple[Entry, ...]:
    """What a replay is held against: what was told, what was answered, what was reopened."""
    return tuple(_bare(entry) for entry in past.history if entry.what in COUNTED)


def replayed(past: Past, promises: Promises, stamped: Promises | None, calendars: Calendars) -> tuple[Entry, ...]:
    """The lines of `happened`, as they would have been under `promises`.

    Where the bot said nothing, because it was down or busy, it says nothing here either; `stamped`, the promises that
    the case was under, tell when that was, and a replay under them is what happened, line for line. Without them only
    what was told late tells it.
    """
    steps = tuple(_steps(past))
    silences = _late(steps) if stamped is None else _silences(past, steps, stamped, calendars)
    run, lines = _Run(past, promises, calendars), list[Entry]()
    for step, silent in zip(steps, silences, strict=True):
        lines += run.pass_to(step, silent)
        lines += run.do(step)
    return tuple(lines)


class _Run:
    """One case on its way through its history."""

    def __init__(self, past: Past, promises: Promises, calendars: Calendars) -> None:
        first, *self._later = promises
        self._calendars = calendars
        self._now: datetime | None = None
        self._case = self._wound(opened_again(past, first, calendars(first.calendar)))

    def due(self, by: datetime) -> datetime | None:
        """When the earliest rung could be told that is to be told by then: as it fell, or as the clock ran again."""
        timers = planned_timers(self._case, self._calendar())
        fell = min((each.due_at for each in timers if each.kind in RUNGS and each.due_at <= by), default=None)
        return None if fell is None else max(fell, self._now or fell)

    def pass_to(self, step: _Step, silent: datetime | None) -> Iterator[Entry]:
        """Each rung is told as it falls; from `silent` on with this step, or after it."""
        while (due := self.due(step.at)) is not None:
            late = silent is not None and due >= silent
            if late and not step.is_act:
                return
            yield from self.tell(step.at if late else due)

    def tell(self, at: datetime) -> tuple[Entry, ...]:
        """The tick, at this instant."""
        change = escalated(self._case, self._calendar(), NOWHERE, (), at)
        self._case = self._wound(change.case)
        return tuple(_bare(entry) for entry in change.entries)

    def do(self, step: _Step) -> Iterator[Entry]:
        """What people did here; nothing where it was time's own doing."""
        self._now = step.at
        if step.entry is None or step.is_act:
            return
        promise = self._later.pop(0) if step.entry.what == "reprioritised" else self._case.promise
        change = deed(self._case, step.entry, promise, self._calendars(promise.calendar))
        self._case = self._wound(change.case)
        yield from (_bare(entry) for entry in change.entries if entry.what in COUNTED)

    def _wound(self, case: Case) -> Case:
        return wound(case, self._calendars(case.promise.calendar))

    def _calendar(self) -> Calendar:
        return self._calendars(self._case.promise.calendar)


def _steps(past: Past) -> Iterator[_Step]:
    at = min([entry.at for entry in past.history], default=past.until)
    for entry in past.history:
        at = max(at, entry.at)
        yield _Step(entry, at)
    yield _Step(None, max(at, past.until))


def _silences(past: Past, steps: Sequence[_Step], stamped: Promises, calendars: Calendars) -> list[datetime | None]:
    """For each step since when what fell had not been told by then: what was promised beside what was said."""
    run, found = _Run(past, stamped, calendars), list[datetime | None]()
    for step in steps:
        due = run.due(step.at)
        found.append(None if step.is_act and due == step.at else due)
        if step.is_act:
            run.tell(step.at)
        for _ in run.do(step):
            pass
    return found


def _late(steps: Sequence[_Step]) -> list[datetime | None]:
    """The same from the lines alone: of a rung that was told late, when it fell."""
    fell = [FELL.search(step.entry.why) if step.entry and step.is_act else None for step in steps]
    since = [datetime.fromisoformat(each["at"]) if each else None for each in fell]
    return [at if at and at < step.at else None for at, step in zip(since, steps, strict=True)]


def _bare(entry: Entry) -> Entry:
    """Who it was, what they said, and what was measured of it for reports, makes no difference here."""
    return replace(entry, who=None, why="" if entry.what == "reopened" else entry.why, facts=None)
