"""A rota's calendar, a file or an address: events that come again, whole days, clock changes; or the reason."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cases.rota import on_duty
from outside.calendars import Calendar, Unreadable
from tests.outside.receiver import receiving

PEOPLE = {"erin@example.com": "U0ERIN", "frank": "U0FRANK"}
WEEKS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//rota//EN
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/Berlin:20260105T090000
DTEND;TZID=Europe/Berlin:20260105T170000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
EXDATE;TZID=Europe/Berlin:20260706T090000
SUMMARY:On duty
ATTENDEE:MAILTO:Erin@Example.com
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20260704
DTEND;VALUE=DATE:20260706
SUMMARY:Frank
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20260707T120000Z
DTEND:20260707T140000Z
SUMMARY:somebody else
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def calendar(place: str) -> Calendar:
    return Calendar(place, ZoneInfo("Europe/Berlin"), PEOPLE)


def at(day: int, hour: int, minute: int = 0, month: int = 7) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def written(folder: Path, words: str) -> str:
    file = folder / "rota.ics"
    file.write_text(words.replace("\n", "\r\n"), encoding="utf-8", newline="")
    return str(file)


@pytest.mark.parametrize(
    ("now", "people"),
    [
        (at(2, 7), ("U0ERIN",)),
        (at(2, 6, 59), ()),
        (at(2, 15), ()),
        (at(6, 8), ()),
        (at(4, 12), ("U0FRANK",)),
        (at(3, 22), ("U0FRANK",)),
        (at(5, 22), ()),
        (at(7, 13), ("U0ERIN",)),
        (at(26, 8, month=10), ("U0ERIN",)),
        (at(26, 7, 59, month=10), ()),
    ],
)
def test_events_are_by_the_wall_clock_of_their_zone(tmp_path: Path, now: datetime, people: tuple[str, ...]) -> None:
    assert on_duty(calendar(written(tmp_path, WEEKS)).shifts(now), now) == people


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("s3cret", "ValueError"),
        (WEEKS.replace("Frank", "s3cret"), "an event names nobody whom the rota knows"),
        (WEEKS.replace("FREQ=WEEKLY", "FREQ=s3cret"), "an event in it can't be read"),
        (WEEKS.replace("20260707T120000Z", "s3cret"), "an event in it can't be read"),
    ],
)
def test_what_cannot_be_read_says_why_and_quotes_nothing(tmp_path: Path, words: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as wrong:
        calendar(written(tmp_path, words)).shifts(at(2, 7))
    assert "s3cret" not in str(wrong.value)
    assert wrong.value.__suppress_context__ or wrong.value.__context__ is None


def test_a_file_that_is_gone_and_an_address_that_fails_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="FileNotFoundError"):
        calendar(str(tmp_path / "s3cret.ics")).shifts(at(2, 7))
    with receiving() as server:
        server.always = 500
        with pytest.raises(Unreadable, match="HTTPError"):
            calendar(f"{server.url}/s3cret.ics").shifts(at(2, 7))
        assert server.requests[0].path == "/s3cret.ics"
        server.always, server.content = 200, WEEKS.encode()
        now = at(2, 7)
        assert on_duty(calendar(f"{server.url}/s3cret.ics").shifts(now), now) == ("U0ERIN",)
