"""When an account's meetings fall: the kickoff in its two to three weeks, the others by months, each told once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.accounts import Account
from cases.change import Places
from cases.meetings import HELD, day_of, months_later
from cases.reminder_plan import REMINDED, behind, planned_reminders
from cases.reminders import AccountEntry, ReminderKind
from cases.reminding import says_of
from policies.loader import load_policies
from tests.builders import PLACES, account

POLICIES = load_policies()
ACME = replace(account(), plan="premier-access", csm="U0CY", term_starts=date(2026, 3, 2))
"""In New York, which puts its clocks forward on 8 March 2026."""
D14, D21 = "kickoff:2026-03-02:14", "kickoff:2026-03-02:21"


def entry(what: str, about: str, at: datetime = datetime(2026, 3, 30, 15, tzinfo=UTC)) -> AccountEntry:
    return AccountEntry(at, None if what == REMINDED else "U0CY", what, about)


def planned(of: Account = ACME, *history: AccountEntry) -> dict[str, datetime]:
    return {each.key: each.due_at for each in planned_reminders(of, POLICIES, history)}


def told(of: Account, now: datetime, *history: AccountEntry, series: str, places: Places = PLACES) -> list[str]:
    """Where the latest one behind is said."""
    latest = behind(of, POLICIES, history, series, now)[-1]
    return [say.channel for say in says_of(of, POLICIES[of.program], latest, places, now)]


def test_the_kickoff_is_due_on_day_14_and_again_on_day_21_at_nine_where_the_customer_is() -> None:
    due = planned()
    assert due[D14] == datetime(2026, 3, 16, 13, tzinfo=UTC)
    assert due[D21] == datetime(2026, 3, 23, 13, tzinfo=UTC)


def test_a_kickoff_that_was_held_is_asked_for_no_more() -> None:
    assert D21 in planned(ACME, entry(REMINDED, D14))
    assert not [key for key in planned(ACME, entry(REMINDED, D14), entry(HELD, D14)) if key.startswith("kickoff")]


def test_a_new_term_has_a_kickoff_of_its_own() -> None:
    later = replace(ACME, term_starts=date(2027, 3, 2))
    assert "kickoff:2027-03-02:14" in planned(later, entry(REMINDED, D14), entry(HELD, D14))


def test_meetings_come_every_month_and_reviews_every_three_a_week_ahead() -> None:
    due = planned()
    assert due["success-meeting:2026-04-02"] == datetime(2026, 3, 26, 13, tzinfo=UTC)
    assert due["business-review:2026-06-02"] == datetime(2026, 5, 26, 13, tzinfo=UTC)


def test_an_account_may_meet_more_rarely_than_its_plan_says() -> None:
    rarely = replace(ACME, success_meeting_every=2, business_review_every=6)
    assert {"success-meeting:2026-05-02", "business-review:2026-09-02"} <= planned(rarely).keys()


def test_one_that_was_told_and_not_held_is_followed_by_the_next() -> None:
    assert "success-meeting:2026-05-02" in planned(ACME, entry(REMINDED, "success-meeting:2026-04-02"))


def test_the_next_is_counted_from_the_day_on_which_the_last_was_held() -> None:
    reminded = entry(REMINDED, "success-meeting:2026-04-02")
    # 03:00 UTC on the 30th is the 29th in New York.
    held = entry(HELD, "success-meeting:2026-04-02", datetime(2026, 3, 30, 3, tzinfo=UTC))
    assert "success-meeting:2026-04-29" in planned(ACME, reminded, held)
    assert "business-review:2026-06-02" in planned(ACME, reminded, held)


def test_months_end_where_a_month_ends_and_come_back_to_their_day() -> None:
    ends = [months_later(date(2027, 11, 30), months) for months in (1, 2, 3, 4, 12)]
    assert [f"{day:%m-%d}" for day in ends] == ["12-30", "01-30", "02-29", "03-30", "11-30"]
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.parametrize("plan", ["basic", "premier"])
def test_plans_without_a_success_manager_have_no_meetings(plan: str) -> None:
    assert planned(replace(ACME, plan=plan)) == {}


def test_without_a_term_nothing_is_due() -> None:
    assert planned(replace(ACME, term_starts=None)) == {}


def test_of_several_behind_only_the_latest_is_told() -> None:
    now = datetime(2026, 5, 27, 0, tzinfo=UTC)
    passed = behind(ACME, POLICIES, (), "success-meeting", now)
    assert [str(day_of(each)) for each in passed] == ["2026-04-02", "2026-05-02", "2026-06-02"]
    assert [each.key for each in behind(ACME, POLICIES, (), "kickoff:2026-03-02", now)] == [D14, D21]


def test_what_is_over_for_a_month_is_history() -> None:
    day_21 = datetime(2026, 3, 23, 13, tzinfo=UTC)
    series = "kickoff:2026-03-02"
    assert told(ACME, day_21 + timedelta(days=30), series=series) == ["U0CY"]
    assert told(ACME, day_21 + timedelta(days=30, seconds=1), series=series) == []


def test_the_manager_alone_hears_of_it_and_the_managers_channel_where_there_is_none() -> None:
    now = datetime(2026, 3, 16, 13, tzinfo=UTC)
    assert told(ACME, now, series="kickoff:2026-03-02") == ["U0CY"]
    assert told(replace(ACME, csm=None), now, series="kickoff:2026-03-02") == ["C0MANAGERS"]


def kinds(keys: Iterable[str]) -> set[str]:
    return {key.partition(":")[0] for key in keys}


def test_both_plans_with_a_manager_have_all_three() -> None:
    for plan in ("premier-access", "premier-plus"):
        everything = {ReminderKind.KICKOFF, ReminderKind.SUCCESS_MEETING, ReminderKind.BUSINESS_REVIEW}
        assert kinds(planned(replace(ACME, plan=plan))) == everything
