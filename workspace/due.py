"""What is due next, for which case, why, and who will hear of it: foreseen by the bot's own rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.case import Case, State
from cases.ports import Calendars, UnitOfWork, UnitsOfWork
from cases.presence import here
from cases.timers import Timer
from workspace.due_team import Team
from workspace.due_words import tells, what, why
from workspace.foreseen import foreseen

MANY = 10_000
"""More open cases than any story has."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something that will happen unless somebody does something before. Plain text, unescaped."""

    case: int | None
    """None: it is about no case, and so are the next five, which are then empty."""
    reference: str
    """`C-12`."""
    account: str
    title: str
    channel: str
    """Id of the customer's channel."""
    priority: str
    """`Severity 2 (High)`; or the kind of request."""
    at: datetime
    """Aware UTC; in the past for what a bot that is down will tell late."""
    what: str
    why: str
    tells: str
    """Who will hear of it: `#triage, @on-call and @Max`."""


def due_lines(units: UnitsOfWork, calendars: Calendars, team: Team, now: datetime) -> list[DueLine]:
    """What the timers of all open cases lead to, soonest first. A timer that will tell nothing has no line.

    Raises:
        StorageUnavailable: the database can't be read.
    """
    with units() as uow:
        lines = [line for case in _cases(uow) for line in _lines(uow, calendars, team, case, now)]
    return sorted(lines, key=soonest)


def _cases(uow: UnitOfWork) -> Iterator[Case]:
    """All that time can still do something to."""
    yield from uow.cases.listing(limit=MANY)
    closing = uow.cases.standings({State.RESOLVED})
    yield from uow.cases.several([each.number for each in closing]).values()


def soonest(line: DueLine) -> tuple[datetime, int]:
    """To sort by: the order in which the bot fires."""
    return line.at, line.case or 0


def _lines(uow: UnitOfWork, calendars: Calendars, team: Team, case: Case, now: datetime) -> Iterator[DueLine]:
    calendar = calendars(case.promise.calendar)
    managers = here(uow.accounts.get(case.account).managers or team.managers, uow.away.people(now))
    for timer in uow.timers.of_case(case.number):
        says = foreseen(case, timer, calendar, team.places, managers, now)
        if says:
            yield _line(case, timer, what(case, timer, team), why(case, timer, calendar, team), tells(says, team))


def _line(case: Case, timer: Timer, what: str, why: str, tells: str) -> DueLine:
    return DueLine(
        case=case.number,
        reference=case.reference,
        account=case.account_name,
        title=case.title,
        channel=case.channel,
        priority=case.promise.label,
        at=timer.due_at,
        what=what,
        why=why,
        tells=tells,
    )
