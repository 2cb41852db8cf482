"""When a programme's support day begins, and its briefing as it does."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.briefing import briefing, with_names
from cases.hours import CalendarSpec
from cases.overview import OPEN_STATES
from cases.policy import Program
from cases.ports import Calendars
from cases.report_says import in_json, named
from cases.room import Room
from cases.says import Say, SayKind, Urgency

ALL_DAY_BEGINS = time(8)
"""Where support is open from midnight on, its day begins for people at eight."""
DAYS_AHEAD = 40


def day_begins(specs: Iterable[CalendarSpec], calendars: Calendars, zone: str, after: datetime) -> datetime | None:
    """When the next support day begins: as the first of these calendars opens that has an hour at which it does; at
    eight by the clock of `zone` on a day on which only others are open, through the night.

    A calendar without a zone of its own is read in `zone`. None: no day within forty is a support day.
    """
    placed = [spec.placed(zone) for spec in specs]
    first = after.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    begins = (_begins(placed, calendars, zone, first + timedelta(days=ahead)) for ahead in range(DAYS_AHEAD))
    return next((at for at in begins if at is not None and at > after), None)


def _begins(specs: Sequence[CalendarSpec], calendars: Calendars, zone: str, day: date) -> datetime | None:
    open_on = [spec for spec in specs if _is_open(spec, calendars, zone, day)]
    opening = [at for spec in open_on if (at := _opens(spec, zone, day)) is not None]
    if opening:
        return min(opening)
    return _at(day, ALL_DAY_BEGINS, zone) if open_on else None


def _is_open(spec: CalendarSpec, calendars: Calendars, zone: str, day: date) -> bool:
    own = spec.timezone or zone
    return calendars(spec).elapsed(_at(day, time(), own), _at(day + timedelta(days=1), time(), own)) > 0


def _opens(spec: CalendarSpec, zone: str, day: date) -> datetime | None:
    opens = min((window.opens for window in spec.windows if window.day == day.weekday()), default=0)
    return _at(day, time(opens // 60, opens % 60), spec.timezone or zone) if opens else None


def _at(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def _used(program: Program) -> list[CalendarSpec]:
    used = {target.calendar for plan in program.plans.values() for target in plan.targets.values()}
    return [spec for name, spec in program.calendars.items() if name in used]


@dataclass(frozen=True, slots=True)
class BriefingRoutine:
    """One programme's, to the triage channel; not on a later day than its own. It goes by the policy in force."""

    room: Room
    program: str
    """Its id."""
    zone: Callable[[], str]
    names: Callable[[str], str] = lambda _: ""

    @property
    def name(self) -> str:
        """See `cases.routines.Routine`."""
        return f"briefing:{self.program}"

    def next_at(self, after: datetime) -> datetime | None:
        """See `cases.routines.Routine`."""
        program = self.room.policies.get(self.program)
        return day_begins(_used(program), self.room.calendars, self.zone(), after) if program is not None else None

    def says(self, due_at: datetime, now: datetime) -> Iterator[Say]:
        """See `cases.routines.Routine`."""
        zone, program = self.zone(), self.room.policies.get(self.program)
        if program is None:
            return
        if due_at.astimezone(ZoneInfo(zone)).date() != now.astimezone(ZoneInfo(zone)).date():
            return
        with self.room.units.reading() as uow:
            standings, labels = uow.cases.standings(OPEN_STATES), uow.cases.labelled(program.id, OPEN_STATES)
            told = briefing(program.name, standings, labels, uow.cases.several, due_at, now, zone)
        if told is not None:
            told = with_names(told, self.names)
            names = (each.account for each in (*told.due_first, *told.unconfirmed_first, *told.longest))
            yield Say(
                key=f"{self.name}:{due_at.astimezone(ZoneInfo(zone)).date()}",
                kind=SayKind.BRIEFING,
                channel=self.room.places.triage,
                urgency=Urgency.WELCOME,
                body={"briefing": in_json(asdict(told))} | named(names),
            )
