"""The use case of managers' reports: made from histories that nothing locks, then said in a short transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.detours import is_person
from cases.instants import iso
from cases.outcomes import Happened
from cases.people import Actor
from cases.periods import Period, Span, last_whole
from cases.ports import Calendars, UnitsOfWork
from cases.report import Asked, By, Report
from cases.report_says import report_says
from cases.reported import reported
from cases.room import Room, managers_only
from cases.says import Say

Names = Callable[[str], str]
"""From a Slack user id to what the person goes by; "" where nobody knows. It may ask Slack."""


def made(units: UnitsOfWork, calendars: Calendars, span: Span, by: By, names: Names = lambda _: "") -> Report:
    """The report of a span, as the histories say it."""
    with units.reading() as uow:
        accounts = {account.id: account.name for account in uow.accounts.all()}
        lines = uow.cases.happened(span.before)
    return reported(_with_names(lines, names), accounts, calendars, span, by)


def _with_names(lines: Sequence[Happened], names: Names) -> list[Happened]:
    """Where the history has an id alone, the name of today; a pseudonym is nobody's id."""
    nameless = {
        line.who.user for line in lines if line.who is not None and not line.who.name and is_person(line.who.user)
    }
    known = {user: names(user) for user in nameless}
    return [
        replace(line, who=replace(line.who, name=known[line.who.user])) if line.who and line.who.user in known else line
        for line in lines
    ]


class Reporting:
    """For managers who ask."""

    def __init__(self, room: Room, zone: Callable[[], str], names: Names = lambda _: "") -> None:
        """`zone`: of the managers; IANA."""
        self._room = room
        self._zone = zone
        self._names = names

    def check(self, actor: Actor) -> None:
        """Raises Refused: not a support manager."""
        managers_only(actor, "A report is for support managers: it tells of every customer and every engineer.")

    def place(self, actor: Actor, channel: str) -> str:
        """Where it goes: the managers' channel, if it is asked for there; else to who asks, by direct message."""
        return channel if channel == self._room.places.managers else actor.person.user

    def ask(self, actor: Actor, channel: str, asked: Asked, zone: str, now: datetime) -> tuple[str, Span]:
        """The channel or user id that it goes to, and its time. Up to now that is by the clock of who asks, in `zone`;
        what is over is as in the report that comes by itself, with the same figures.

        Raises:
            Refused: not a support manager.
        """
        self.check(actor)
        place, span = self.place(actor, channel), asked.span(now, self._zone() if asked.whole else zone)
        report = made(self._room.units, self._room.calendars, span, asked.by, self._names)
        key = f"report:{place}:{actor.person.user}:{asked.period}:{asked.by}:{iso(span.until)}:{iso(now)}"
        with self._room.units() as uow:
            for say in report_says(key, place, report):
                uow.outbox.add(say)
        return place, span


@dataclass(frozen=True, slots=True)
class ReportRoutine:
    """A week, month or quarter that is over, to the managers' channel; nothing where nothing happened in it."""

    room: Room
    period: Period
    zone: Callable[[], str]
    """Of the managers; IANA."""
    times: Callable[[datetime, str], datetime | None]
    """The first set time after an instant, in a zone."""
    names: Names = lambda _: ""
    name: str = "report"

    def next_at(self, after: datetime) -> datetime | None:
        """See `cases.routines.Routine`."""
        return self.times(after, self.zone())

    def says(self, due_at: datetime, now: datetime) -> Iterable[Say]:
        """See `cases.routines.Routine`. Of each period there is one, whatever the times are set to meanwhile."""
        span = last_whole(due_at, self.period, self.zone())
        report = made(self.room.units, self.room.calendars, span, By.PROGRAMME, self.names)
        if not report.groups and not report.engineers:
            return ()
        key = f"report:{self.period}:{iso(span.until)}"
        return report_says(key, self.room.places.managers, report)
