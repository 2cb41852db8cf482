"""Which routines there are, from the settings: a report for the managers, and a briefing for each programme."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.settings import Settings
from cases.briefing_routine import BriefingRoutine
from cases.errors import ZoneUnknown
from cases.periods import Period
from cases.reporting import ReportRoutine
from cases.room import Room
from cases.routines import Routine
from handlers.directory import Directory
from handlers.remembered import Unreachable
from scheduling.set_times import first_weekday


def routines_of(settings: Settings, room: Room, directory: Directory) -> Iterator[Routine]:
    """All that are set, by the policies in force."""
    zone = managers_zone(settings, directory)
    if settings.report_every != "never":
        period, at = Period(settings.report_every), settings.report_at

        def times(after: datetime, zone: str) -> datetime | None:
            return first_weekday(period, at.weekday, at.hour, at.minute, after, zone)

        yield ReportRoutine(room, period, zone, times, directory.name)
    if settings.briefing == "daily":
        for program in room.policies:
            yield BriefingRoutine(room, program, zone, directory.name)


def managers_zone(settings: Settings, directory: Directory) -> Callable[[], str]:
    """REPORT_TIMEZONE, else that of the first support manager, as Slack says it, asked when it is needed.

    It raises ZoneUnknown: another zone in its place would put what is planned by it at another time.
    """

    def zone() -> str:
        if settings.report_timezone:
            return settings.report_timezone
        try:
            return directory.managers_zone()
        except Unreachable:
            raise ZoneUnknown from None

    return zone
