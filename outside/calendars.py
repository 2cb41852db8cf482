"""iCalendar files and addresses: a rota's events as shifts."""

import re
import ssl
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import HTTPSHandler, Request, build_opener
from zoneinfo import ZoneInfo

from cases.rota import Shift

if TYPE_CHECKING:
    from icalendar import Event

TIMEOUT_SECONDS = 15
LARGEST = 5_000_000
"""Bytes of a calendar."""
BEHIND, AHEAD = timedelta(days=2), timedelta(days=14)
"""What is read of it around now: it is read again long before that is over."""


class Unreadable(Exception):
    """Nobody knows who is on duty. The reason is fit for a log: it quotes neither the address nor what it answered."""


class Calendar:
    """One rota's calendar."""

    def __init__(self, place: str, zone: ZoneInfo, people: Mapping[str, str]) -> None:
        """`place`: a path, or an address beginning with http. `people`: Slack ids by mail address or name, in small
        letters. Whole days, and times without a zone, are `zone`'s.
        """
        self._place = place
        self._zone = zone
        self._people = people

    def shifts(self, now: datetime) -> tuple[Shift, ...]:
        """Those around now. Raises Unreadable: also where an event names nobody who is known."""
        try:
            return tuple(self._expanded(self._read(), now))
        except Unreadable:
            raise
        except Exception as error:
            # The errors of parsers and of the network quote what they read and where.
            raise Unreadable(type(error).__name__) from None

    def _read(self) -> bytes:
        if not re.match("https?://", self._place):
            return Path(self._place).read_bytes()
        opener = build_opener(HTTPSHandler(context=ssl.create_default_context()))
        with opener.open(Request(self._place), timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - http or https
            content: bytes = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Unreadable("it is larger than 5 MB")
        return content

    def _expanded(self, content: bytes, now: datetime) -> Iterator[Shift]:
        import recurring_ical_events
        from icalendar import Calendar as Parsed
        from icalendar import Event

        calendar = Parsed.from_ical(content)
        if any(event.errors for event in calendar.walk("VEVENT")):
            raise Unreadable("an event in it can't be read")
        for event in recurring_ical_events.of(calendar).between(now - BEHIND, now + AHEAD):
            if isinstance(event, Event) and str(event.get("STATUS", "")).upper() != "CANCELLED":
                people = self._named(event)
                if not people:
                    raise Unreadable("an event names nobody whom the rota knows")
                yield Shift(self._instant(event.start), self._instant(event.end), people)

    def _named(self, event: "Event") -> tuple[str, ...]:
        """Its attendees; where it has none that are known, the names in its title, separated by commas."""
        attendees = event.get("ATTENDEE", [])
        mails = attendees if isinstance(attendees, list) else [attendees]
        told = [str(each).lower().removeprefix("mailto:").strip() for each in mails]
        known = [self._people[each] for each in told if each in self._people]
        titles = [each.strip().lower() for each in str(event.get("SUMMARY", "")).split(",")]
        return tuple(known or [self._people[each] for each in titles if each in self._people])

    def _instant(self, at: date) -> datetime:
        if not isinstance(at, datetime):
            at = datetime.combine(at, time())
        return at if at.tzinfo else at.replace(tzinfo=self._zone)
