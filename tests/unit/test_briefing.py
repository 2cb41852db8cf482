"""When a support day begins, and what its briefing counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cases.briefing import Labelled, briefing, with_names
from cases.briefing_routine import day_begins
from cases.case import State
from cases.hours import CalendarSpec, Window
from cases.overview import Standing
from tests.builders import ALWAYS, ENG, NOON, calendar
from tests.builders import case as fresh

BERLIN = "Europe/Berlin"
NINE_TO_SIX = tuple(Window(day, 9 * 60, 18 * 60) for day in range(5))
OFFICE = CalendarSpec("office", NINE_TO_SIX, "America/New_York", closed=(date(2026, 3, 3),))
ANYWHERE = CalendarSpec("business", NINE_TO_SIX)
WEEKDAYS = CalendarSpec("weekdays", tuple(Window(day, 0, 24 * 60) for day in range(5)))
SUNDAY = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


def begins(*specs: CalendarSpec, after: datetime = SUNDAY) -> list[str]:
    """The next three days, in UTC, where managers are in Berlin."""
    found = list[str]()
    while len(found) < 3 and (at := day_begins(specs, calendar, BERLIN, after)) is not None:
        found.append(f"{at:%a %H:%M}")
        after = at
    return found


def test_a_day_begins_as_the_office_opens_and_not_on_closed_days() -> None:
    assert begins(OFFICE) == ["Mon 14:00", "Wed 14:00", "Thu 14:00"]


def test_hours_without_a_zone_are_the_managers_own() -> None:
    assert begins(ANYWHERE) == ["Mon 08:00", "Tue 08:00", "Wed 08:00"]


def test_where_support_is_open_through_the_night_the_day_begins_at_eight() -> None:
    assert begins(WEEKDAYS, after=SUNDAY + timedelta(days=5)) == ["Mon 07:00", "Tue 07:00", "Wed 07:00"]
    assert begins(ALWAYS, ANYWHERE, after=SUNDAY + timedelta(days=4)) == ["Fri 08:00", "Sat 07:00", "Sun 07:00"]


def test_without_hours_there_is_no_day() -> None:
    assert begins() == []


def standing(
    number: int, due: float, state: State = State.OPEN, *, assignee: str | None = None, unconfirmed: bool = False
) -> Standing:
    """Due so many hours after noon; answered, if somebody has it."""
    at, answered = NOON + timedelta(hours=due), assignee is not None
    return Standing(number, state, NOON, at, ALWAYS, answered, False, assignee, unconfirmed, None)


def labelled(number: int, priority: int) -> Labelled:
    return Labelled(f"Priority {priority}", priority, NOON - timedelta(hours=number))


def test_it_counts_what_is_open_due_before_midnight_silent_and_waiting_longest() -> None:
    standings = [
        standing(1, 1),
        standing(2, 13),
        standing(3, -1),
        standing(4, 1, State.CLAIMED, assignee=ENG.user, unconfirmed=True),
        standing(5, 1, State.WAITING, assignee=ENG.user),
        standing(6, 1),
    ]
    labels = {number: labelled(number, 2 if number < 4 else 1) for number in range(1, 6)}
    cases = {number: fresh() for number in labels}
    told = briefing("Okta", standings, labels, lambda numbers: {n: cases[n] for n in numbers}, NOON, NOON, "UTC")
    assert told is not None
    assert (told.open, told.waiting, told.due, told.unconfirmed) == (5, 1, 2, 1), "C-6 is another programme's"
    assert told.by_priority == (("Priority 1", 2), ("Priority 2", 3))
    assert [each.at for each in told.due_first] == [NOON - timedelta(hours=1), NOON + timedelta(hours=1)]
    assert [each.at for each in told.longest] == [NOON - timedelta(hours=number) for number in (4, 3, 2, 1)]


def test_midnight_is_the_zones_own() -> None:
    told = briefing("Okta", [standing(1, 9)], {1: labelled(1, 1)}, lambda _: {}, NOON, NOON, "Asia/Tokyo")
    assert told is not None
    assert told.due == 0, "at noon in London it is 21:00 in Tokyo"


def test_a_programme_without_open_cases_says_nothing() -> None:
    assert briefing("Okta", [standing(1, 1)], {}, lambda _: {}, NOON, NOON, "UTC") is None


def test_people_stand_there_by_name_or_where_nobody_knows_it_by_id() -> None:
    with_erin = {1: replace(fresh(), assignee=ENG)}
    told = briefing("Okta", [standing(1, 1)], {1: labelled(1, 1)}, lambda _: with_erin, NOON, NOON, "UTC")
    assert told is not None
    assert with_names(told, {ENG.user: "Erin"}.__getitem__).longest[0].assignee == "Erin"
    assert with_names(told, lambda _: "").longest[0].assignee == ENG.user
