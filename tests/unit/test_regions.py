"""Whose day it is: one region of a designated team at any instant, over clock changes, weekends and gaps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.case import Case
from cases.hours import CalendarSpec, Window
from cases.policy import Region
from cases.regions import called, region_at
from cases.says import Say, SayKind
from policies.loader import load_policies
from tests.builders import NOON, case

AUTH0 = load_policies()["auth0"].plans["premier"].team


def region(label: str, zone: str, opens: int, closes: int, days: range = range(5)) -> Region:
    windows = tuple(Window(day, opens * 60, closes * 60) for day in days)
    return Region(label.lower(), label, CalendarSpec(label, windows, zone), ("S0" + label.upper(),))


def at(year: int, month: int, day: int, hour: int, minute: int = 0, zone: str = "UTC") -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def of_team(fresh: Case) -> Case:
    return replace(fresh, promise=replace(fresh.promise, team=AUTH0))


def whose(team: tuple[Region, ...], now: datetime) -> tuple[str, bool]:
    turn = region_at(team, now)
    assert turn is not None
    return turn.region.label, turn.at_work


@pytest.mark.parametrize(
    ("now", "label"),
    [
        (at(2026, 3, 4, 9, zone="Europe/London"), "EMEA"),
        (at(2026, 3, 4, 8, 59, zone="Europe/London"), "APAC"),
        (at(2026, 3, 4, 9, zone="America/Los_Angeles"), "Americas"),
        (at(2026, 3, 4, 17, 59, zone="America/Los_Angeles"), "APAC"),
        (at(2026, 3, 5, 9, zone="Asia/Singapore"), "APAC"),
    ],
    ids=["London opens", "a minute before", "Los Angeles opens", "Singapore began last", "Singapore opens"],
)
def test_of_the_shipped_team_that_one_is_asked_whose_day_began_last(now: datetime, label: str) -> None:
    assert whose(AUTH0, now) == (label, True)


def test_from_monday_to_friday_the_shipped_team_is_never_between_days_whatever_the_clocks_do() -> None:
    begins = at(2026, 1, 5, 9, zone="Asia/Singapore")
    for week in range(52):
        for hour in range(0, 113):
            now = begins + timedelta(weeks=week, hours=hour)
            assert whose(AUTH0, now)[1], now


def test_on_the_weekend_the_region_is_named_that_comes_first_on_monday() -> None:
    assert whose(AUTH0, at(2026, 3, 7, 12)) == ("APAC", False)
    assert whose(AUTH0, at(2026, 3, 9, 0, 59)) == ("APAC", False)
    assert whose(AUTH0, at(2026, 3, 9, 1)) == ("APAC", True)


def test_the_day_begins_by_the_wall_clock_on_the_day_that_the_clocks_change() -> None:
    """London, Sunday 29 March 2026: 01:00 becomes 02:00, and nine o'clock comes an hour earlier."""
    sunday = (region("EMEA", "Europe/London", 9, 18, range(7)),)
    assert whose(sunday, at(2026, 3, 28, 8, 59)) == ("EMEA", False)
    assert whose(sunday, at(2026, 3, 28, 9)) == ("EMEA", True)
    assert whose(sunday, at(2026, 3, 29, 7, 59)) == ("EMEA", False)
    assert whose(sunday, at(2026, 3, 29, 8)) == ("EMEA", True)
    assert whose(sunday, at(2026, 3, 29, 17)) == ("EMEA", False)


def test_a_day_that_begins_when_another_ends_takes_over_at_that_very_second() -> None:
    team = (region("One", "UTC", 0, 8), region("Two", "UTC", 8, 16))
    assert whose(team, at(2026, 3, 4, 7, 59)) == ("One", True)
    assert whose(team, at(2026, 3, 4, 8)) == ("Two", True)
    assert whose(team, at(2026, 3, 4, 16)) == ("One", False)


def test_of_two_days_that_began_together_the_first_in_the_file_is_asked() -> None:
    assert whose((region("One", "UTC", 9, 12), region("Two", "UTC", 9, 18)), at(2026, 3, 4, 10)) == ("One", True)


def test_a_day_over_midnight_and_over_new_year_goes_on() -> None:
    night = (region("Night", "UTC", 22, 30), region("Day", "UTC", 8, 20))
    assert whose(night, at(2026, 12, 31, 23)) == ("Night", True)
    assert whose(night, at(2027, 1, 1, 5)) == ("Night", True)
    assert whose(night, at(2027, 1, 1, 7)) == ("Day", False)


def test_where_there_is_no_team_nobody_is_asked() -> None:
    assert region_at((), NOON) is None


ZONES = ("UTC", "Europe/London", "America/Los_Angeles", "Asia/Singapore", "Australia/Lord_Howe", "Asia/Kathmandu")
TEAMS = st.lists(
    st.builds(
        region,
        st.sampled_from(["A", "B", "C"]),
        st.sampled_from(ZONES),
        st.integers(0, 12),
        st.integers(13, 24),
    ),
    min_size=1,
    max_size=3,
)


def by_looking(one: Region, now: datetime) -> bool:
    """Whether the wall clock there stands inside its day."""
    there = now.astimezone(ZoneInfo(one.hours.timezone or "UTC"))
    minutes = there.hour * 60 + there.minute
    return any(w.day == there.weekday() and w.opens <= minutes < w.closes for w in one.hours.windows)


@given(TEAMS, st.integers(1_735_689_600, 1_830_297_600).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_one_region_is_asked_and_never_one_at_home_while_another_is_at_work(team: list[Region], now: datetime) -> None:
    turn = region_at(team, now)
    assert turn is not None
    assert turn.at_work is any(by_looking(one, now) for one in team)
    assert by_looking(turn.region, now) is turn.at_work


def test_only_what_mentions_the_on_call_group_names_a_region_and_keeps_it() -> None:
    asks = Say("a", SayKind.ESCALATION, "C0TRIAGE", 0, body={"mention": True})
    quiet = Say("b", SayKind.ESCALATION, "C0TRIAGE", 0, body={"mention": False})
    with_region, without = called((asks, quiet), of_team(case()), at(2026, 3, 4, 12))
    assert with_region.body == {"mention": True, "region": "EMEA", "at_work": True, "calls": ""}
    assert without is quiet
    assert called((asks,), case(), NOON) == (asks,)
