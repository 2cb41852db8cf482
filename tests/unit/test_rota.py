"""Who is on duty, and when others come: by the wall clock, through clock changes, as a count by the minute finds it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cases.hours import CalendarSpec, Window
from cases.rota import (
    Shift,
    ShiftChange,
    Weekly,
    asked_of,
    edges,
    last_change,
    on_duty,
    weekly_edges,
    weekly_on_duty,
)
from cases.says import Say, SayKind
from tests.builders import NOON

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
PEOPLE = ("U0A", "U0B", "U0C")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AROUND_CLOCK_CHANGES = (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC))


def weekly(days: Sequence[int], opens: int, closes: int, *people: str, zone: str = "UTC") -> Weekly:
    """Hours from `opens` to `closes`, in minutes of the day; an end before its beginning is on the next one."""
    end = closes if closes > opens else closes + 1440
    return Weekly(CalendarSpec("shift", tuple(Window(day, opens, end) for day in days), zone), people)


hours = st.builds(
    lambda days, opens, length, who, zone: weekly(
        sorted(days), opens * 30, (opens * 30 + length * 30) % 1440, who, zone=zone
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 47),
    st.integers(1, 47),
    st.sampled_from(PEOPLE),
    st.sampled_from(ZONES),
)
instants = st.builds(
    lambda base, minutes: base + minutes * MINUTE,
    st.sampled_from((*AROUND_CLOCK_CHANGES, NOON)),
    st.integers(-3000, 3000),
)


@given(st.lists(hours, max_size=4), instants)
def test_whose_hours_it_is_follows_the_wall_clock(shifts: list[Weekly], now: datetime) -> None:
    assert set(weekly_on_duty(shifts, now)) == {
        person for shift in shifts if _by_the_wall(shift, now) for person in shift.people
    }


@given(st.lists(hours, max_size=4), instants)
def test_the_last_change_is_the_one_that_a_count_by_the_minute_finds(shifts: list[Weekly], now: datetime) -> None:
    def who(at: datetime) -> tuple[str, ...]:
        return weekly_on_duty(shifts, at)

    found = last_change(weekly_edges(shifts, now - HOUR, now), who)
    minutes = [now - n * MINUTE for n in range(60)]
    by_the_minute = next((at for at in minutes if set(who(at)) != set(who(at - MINUTE))), None)
    assert (found.at if found else None) == by_the_minute
    if found:
        assert (found.before, found.after) == (who(found.at - MINUTE), who(found.at))


dated = st.builds(
    lambda start, length, who: Shift(NOON + start * MINUTE, NOON + (start + length) * MINUTE, (who,)),
    st.integers(-90, 60),
    st.integers(1, 90),
    st.sampled_from(PEOPLE),
)


@given(st.lists(dated, max_size=5), st.integers(-60, 60))
def test_the_same_of_shifts_with_a_date(shifts: list[Shift], minutes: int) -> None:
    now = NOON + minutes * MINUTE
    found = last_change(edges(shifts, now - HOUR, now), lambda at: on_duty(shifts, at))
    looked = [now - n * MINUTE for n in range(60)]
    by_the_minute = next((at for at in looked if _set(shifts, at) != _set(shifts, at - MINUTE)), None)
    assert (found.at if found else None) == by_the_minute


def test_two_that_overlap_are_both_and_a_gap_is_nobodys() -> None:
    early, late = weekly([0], 9 * 60, 13 * 60, "U0A"), weekly([0], 12 * 60, 17 * 60, "U0B")
    assert weekly_on_duty([early, late], NOON) == ("U0A", "U0B")
    assert weekly_on_duty([early, late], NOON + HOUR) == ("U0B",)
    assert weekly_on_duty([early, late], NOON + 5 * HOUR) == ()


def test_a_night_shift_of_the_clocks_change_is_an_hour_longer_and_handed_over_once() -> None:
    zone = "Europe/Berlin"
    night, day = weekly([5], 20 * 60, 8 * 60, "U0A", zone=zone), weekly([6], 8 * 60, 20 * 60, "U0B", zone=zone)
    at_eight = datetime(2026, 10, 25, 8, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert weekly_on_duty([night, day], at_eight - timedelta(seconds=1)) == ("U0A",)
    looked = [at_eight + n * MINUTE for n in range(-30, 60)]
    found = {
        last_change(weekly_edges([night, day], at - HOUR, at), lambda at: weekly_on_duty([night, day], at))
        for at in looked
    }
    assert found == {None, ShiftChange(at_eight, ("U0A",), ("U0B",))}


def test_who_is_on_duty_is_asked_in_place_of_the_group_and_a_designated_team_goes_first() -> None:
    rung = Say("a", SayKind.ESCALATION, "C0TRIAGE", 0, body={"mention": True})
    quiet = Say("b", SayKind.ESCALATION, "C0MANAGERS", 0, body={"mention": False})
    regional = Say("c", SayKind.ESCALATION, "C0TRIAGE", 0, body={"mention": True, "region": "EMEA", "calls": "S0EMEA"})
    asked = asked_of([rung, quiet, regional], ("U0A", "U0B"))
    assert [say.body.get("calls") for say in asked] == ["U0A U0B", None, "S0EMEA"]
    assert asked_of([rung], ()) == (rung,)


def _by_the_wall(shift: Weekly, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(shift.hours.timezone or "UTC"))
    minute = local.hour * 60 + local.minute
    today, yesterday = local.weekday(), (local.weekday() - 1) % 7
    return any(
        (window.day == today and window.opens <= minute < window.closes)
        or (window.day == yesterday and window.opens <= minute + 1440 < window.closes)
        for window in shift.hours.windows
    )


def _set(shifts: list[Shift], at: datetime) -> set[str]:
    return {person for shift in shifts if shift.starts <= at < shift.ends for person in shift.people}
