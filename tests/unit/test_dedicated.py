"""A dedicated person: there or not at an instant, beside a reference that looks at the wall clock and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.add_ons import Absence, AddOn, AddOnKind, AddOnRule, DayOff, DayOffKind
from cases.calendars import Calendar
from cases.days_off import is_business_day, term_of, terms, used
from cases.dedicated import available_on, hours_of, whereabouts
from cases.zones import zone
from policies.holiday_names import holiday_names
from policies.loader import load_policies

OKTA = load_policies()["okta"]
RULE = next(r for r in OKTA.plans["premier-plus"].add_ons if r.kind is AddOnKind.MISSION_CRITICAL)
ZONES = ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut"]
STARTS = date(2026, 3, 1)
ENDS = date(2027, 2, 28)


def add_on(timezone: str = "America/New_York", starts: date = STARTS, ends: date = ENDS, share: int = 50) -> AddOn:
    return AddOn(AddOnKind.MISSION_CRITICAL, "U0ERIN", "Americas", timezone, starts, ends, share, "US")


def calendar(of: AddOn, days_off: tuple[date, ...] = ()) -> Calendar:
    spec = hours_of(OKTA, RULE, of, days_off)
    return Calendar(spec, holiday_names(spec.holidays) if spec.holidays else lambda _: None)


def is_there(of: AddOn, days_off: frozenset[date], now: datetime, *, away: bool) -> bool:
    """What the words say, read off the wall clock."""
    here = now.astimezone(zone(of.timezone))
    day = here.date()
    return (
        of.starts + timedelta(days=90) <= day <= of.ends
        and day.weekday() < 5
        and 9 <= here.hour < 18
        and holiday_names("US")(day) is None
        and day not in days_off
        and not away
    )


INSTANTS = st.integers(0, 420 * 24 * 60).map(lambda m: datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=m))
DAYS = st.frozensets(st.integers(0, 365).map(lambda days: STARTS + timedelta(days=days)), max_size=5)


@given(st.sampled_from(ZONES), INSTANTS, DAYS, st.booleans())
@example("America/New_York", datetime(2026, 5, 30, 4, 0, tzinfo=UTC), frozenset(), False)
@example("America/New_York", datetime(2026, 11, 2, 14, 0, tzinfo=UTC), frozenset(), False)
@example("America/New_York", datetime(2026, 11, 2, 13, 59, tzinfo=UTC), frozenset(), False)
@example("Europe/Berlin", datetime(2027, 2, 26, 17, 0, tzinfo=UTC), frozenset(), False)
def test_there_exactly_when_the_wall_clock_says_so(
    timezone: str, now: datetime, days_off: frozenset[date], away: bool
) -> None:
    of = add_on(timezone)
    found = whereabouts(of, RULE, calendar(of, tuple(days_off)), now, away=away)
    assert (found is not None and found.why is None) == is_there(of, days_off, now, away=away)


@given(st.sampled_from(ZONES), INSTANTS, DAYS)
def test_until_and_back_are_the_instants_at_which_that_changes(
    timezone: str, now: datetime, days_off: frozenset[date]
) -> None:
    of = add_on(timezone)
    found = whereabouts(of, RULE, calendar(of, tuple(days_off)), now)
    if found is None or found.until is None:
        return
    there, minute = is_there(of, days_off, now, away=False), timedelta(minutes=1)
    assert found.until > now
    assert is_there(of, days_off, found.until, away=False) is not there
    assert is_there(of, days_off, found.until - minute, away=False) is there or found.until - minute < now


def test_the_first_ninety_days_are_mobilisation_and_say_when_it_ends() -> None:
    of = add_on(starts=date(2026, 3, 3))
    assert available_on(of, RULE) == date(2026, 6, 1)
    night_before = datetime(2026, 6, 1, 3, 59, tzinfo=UTC)
    found = whereabouts(of, RULE, calendar(of), night_before)
    assert found is not None
    assert found.why is Absence.MOBILISING
    assert found.until == datetime(2026, 6, 1, 13, 0, tzinfo=UTC)
    found = whereabouts(of, RULE, calendar(of), datetime(2026, 6, 1, 4, 0, tzinfo=UTC))
    assert found is not None
    assert found.why is Absence.OFF


def test_before_the_term_and_after_it_there_is_no_add_on() -> None:
    of = add_on()
    assert whereabouts(of, RULE, calendar(of), datetime(2026, 3, 1, 4, 59, tzinfo=UTC)) is None
    assert whereabouts(of, RULE, calendar(of), datetime(2026, 3, 1, 5, 0, tzinfo=UTC)) is not None
    assert whereabouts(of, RULE, calendar(of), datetime(2027, 3, 1, 5, 0, tzinfo=UTC)) is None


def test_away_is_back_when_the_time_said_is_over_or_the_next_working_hour_after_it() -> None:
    of, noon = add_on(), datetime(2026, 7, 2, 16, 0, tzinfo=UTC)
    evening = noon + timedelta(hours=7)
    found = whereabouts(of, RULE, calendar(of), noon, away=True, away_until=noon + timedelta(hours=1))
    assert found is not None
    assert found.until == noon + timedelta(hours=1)
    found = whereabouts(of, RULE, calendar(of), noon, away=True, away_until=evening)
    assert found is not None
    assert found.until == datetime(2026, 7, 6, 13, 0, tzinfo=UTC), "Friday is a holiday"
    found = whereabouts(of, RULE, calendar(of), noon, away=True)
    assert found is not None
    assert found.until is None


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (date(2026, 3, 1), date(2027, 2, 28), [7]),
        (date(2026, 3, 1), date(2026, 8, 31), [3]),
        (date(2026, 3, 1), date(2028, 2, 29), [7, 7]),
        (date(2026, 3, 1), date(2027, 8, 31), [7, 3]),
        (date(2028, 2, 29), date(2029, 2, 28), [7]),
    ],
)
def test_administrative_days_are_seven_in_twelve_months_and_their_share_of_fewer(
    starts: date, ends: date, days: list[int]
) -> None:
    assert [term.administrative_days for term in terms(add_on(starts=starts, ends=ends), RULE)] == days


def test_only_business_days_of_the_term_count() -> None:
    of = add_on()
    plain = calendar(of)
    assert [is_business_day(plain, of.timezone, date(2026, 7, day)) for day in (2, 3, 4, 6)] == [
        True,
        False,
        False,
        True,
    ]
    term = term_of(of, RULE, date(2026, 7, 2))
    assert term is not None
    assert term_of(of, RULE, date(2027, 3, 1)) is None
    days = [
        DayOff(date(2026, 7, 2), DayOffKind.ADMINISTRATIVE),
        DayOff(date(2026, 7, 3), DayOffKind.ADMINISTRATIVE),
        DayOff(date(2026, 7, 6), DayOffKind.LEAVE),
        DayOff(date(2027, 3, 1), DayOffKind.ADMINISTRATIVE),
    ]
    assert used(term, days, {date(2026, 7, 2), date(2026, 7, 6), date(2027, 3, 1)}) == 1


def test_her_own_zone_and_holidays_stand_in_for_the_calendars() -> None:
    spec = hours_of(OKTA, RULE, add_on("Asia/Tokyo"), (date(2026, 7, 2),))
    assert (spec.timezone, spec.holidays, spec.closed) == ("Asia/Tokyo", "US", (date(2026, 7, 2),))


def test_a_rule_is_what_the_file_says() -> None:
    assert isinstance(RULE, AddOnRule)
    assert (RULE.mobilisation_days, RULE.administrative_days, RULE.notice_days) == (90, 7, 45)
    assert dict(RULE.contacts) == {50: 5, 100: 10}
