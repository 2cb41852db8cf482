"""The three programmes say what their policies say."""

from datetime import date

import pytest

from cases.hours import CalendarSpec
from cases.policy import Audience, Program
from policies.holiday_names import holiday_names
from policies.loader import load_policies

POLICIES = load_policies()
HOUR = 3600


def allowed(program: Program, plan: str) -> dict[int | None, tuple[int, str]]:
    """Seconds of support time, and the calendar's id, by priority."""
    targets = program.plans[plan].targets
    return {
        number: (target.within.seconds(program.calendars[target.calendar]), target.calendar)
        for number, target in targets.items()
    }


def test_oko_answers_within_one_business_day_of_nine_eastern_hours() -> None:
    oko = POLICIES["oko"]
    support = oko.calendars["support"]
    assert allowed(oko, "standard") == {None: (9 * HOUR, "support")}
    assert (support.timezone, support.holidays) == ("America/New_York", "US")
    assert {(w.day, w.opens, w.closes) for w in support.windows} == {(day, 540, 1080) for day in range(5)}
    assert oko.resolution is not None


def test_oko_knows_kinds_of_request_and_which_are_out_of_scope() -> None:
    kinds = {kind.id: (kind.in_scope, kind.instead) for kind in POLICIES["oko"].products["oko"].kinds}
    assert kinds == {
        "product-support": (True, None),
        "administrator-training": (True, None),
        "bug": (True, None),
        "onboarding": (True, None),
        "additional-packages": (True, None),
        "business-advice": (False, "explain"),
        "customization": (False, "manager"),
    }


@pytest.mark.parametrize("plan", ["premier", "premier-access", "premier-plus"])
def test_okta_premier_plans_run_round_the_clock_and_carry_the_promise(plan: str) -> None:
    okta = POLICIES["okta"]
    assert allowed(okta, plan) == {number: (hours * HOUR, "always") for number, hours in enumerate((1, 2, 2, 8), 1)}
    rule = okta.plans[plan].commitment
    assert rule is not None
    assert rule.priorities == {1}
    assert (rule.every_seconds, rule.backup_after_seconds, rule.managers_after_seconds) == (4 * HOUR, 1800, HOUR)


def test_okta_basic_runs_in_the_accounts_business_hours_which_are_assumed() -> None:
    okta = POLICIES["okta"]
    assert allowed(okta, "basic") == {n: (hours * HOUR, "business") for n, hours in enumerate((4, 12, 24, 24), 1)}
    business = okta.calendars["business"]
    assert okta.plans["basic"].commitment is None
    assert business.by_account
    assert business.assumed
    assert (business.timezone, business.holidays) == (None, None)


def test_auth0_enterprise_runs_always_for_severity_1_and_all_day_on_weekdays_otherwise() -> None:
    auth0 = POLICIES["auth0"]
    assert allowed(auth0, "enterprise") == {
        1: (1800, "always"),
        2: (2 * HOUR, "weekdays"),
        3: (12 * HOUR, "weekdays"),
        4: (24 * HOUR, "weekdays"),
    }
    assert allowed(auth0, "premier") == {
        1: (1800, "always"),
        2: (HOUR, "always"),
        3: (8 * HOUR, "always"),
        4: (12 * HOUR, "always"),
    }
    weekdays = auth0.calendars["weekdays"]
    assert (weekdays.timezone, weekdays.holidays, weekdays.by_account) == (None, None, False)
    assert {(w.day, w.opens, w.closes) for w in weekdays.windows} == {(day, 0, 1440) for day in range(5)}


def test_auth0_asks_for_the_tenant_and_says_severity() -> None:
    platform = POLICIES["auth0"].products["platform"]
    assert platform.asks_tenant
    assert platform.production_only
    assert [p.label for p in platform.priorities] == [
        "Severity 1 (Urgent)",
        "Severity 2 (High)",
        "Severity 3 (Normal)",
        "Severity 4 (Low)",
    ]


@pytest.mark.parametrize("program", ["oko", "okta", "auth0"])
def test_the_ladder_warns_three_times_before_the_breach(program: str) -> None:
    rungs = {rung.share: rung.tell for rung in POLICIES[program].ladder.rungs}
    assert rungs == {
        50: {Audience.TRIAGE},
        75: {Audience.TRIAGE, Audience.ON_CALL},
        90: {Audience.MANAGERS_CHANNEL, Audience.MANAGERS},
        100: set(Audience) if program == "okta" else set(Audience) - {Audience.SUCCESS_MANAGER},
    }


@pytest.mark.parametrize(
    ("program", "product", "answers", "priority"),
    [
        ("okta", "service", ["none"], 1),
        ("okta", "service", ["some"], 2),
        ("okta", "service", ["almost-all"], 3),
        ("okta", "service", ["all", "enhancement"], 4),
        ("okta", "service", ["all", "fault"], 3),
        ("okta", "access-gateway", ["none", "no"], 1),
        ("okta", "access-gateway", ["none", "yes"], 2),
        ("okta", "access-gateway", ["some"], 2),
        ("okta", "access-gateway", ["almost-all"], 3),
        ("okta", "access-gateway", ["all", "question"], 4),
        ("okta", "access-gateway", ["all", "upgrade"], 3),
        ("okta", "access-gateway", ["all", "errors"], 3),
        ("auth0", "platform", ["outage"], 1),
        ("auth0", "platform", ["major", "yes"], 2),
        ("auth0", "platform", ["major", "no"], 3),
        ("auth0", "platform", ["component"], 3),
        ("auth0", "platform", ["question"], 3),
        ("auth0", "platform", ["information"], 4),
    ],
)
def test_the_guiding_questions_lead_to_the_described_priority(
    program: str, product: str, answers: list[str], priority: int
) -> None:
    asked = POLICIES[program].products[product]
    question = asked.questions[0]
    for given in answers[:-1]:
        following = next(answer for answer in question.answers if answer.id == given).then
        assert following is not None
        question = asked.question(following)
    assert next(answer for answer in question.answers if answer.id == answers[-1]).priority == priority


@pytest.mark.parametrize("program", ["okta", "auth0"])
def test_every_priority_has_a_meaning_examples_and_a_question_of_its_own(program: str) -> None:
    for product in POLICIES[program].products.values():
        assert [priority.number for priority in product.priorities] == [1, 2, 3, 4]
        assert all(priority.meaning and priority.examples for priority in product.priorities)
        assert len({priority.question for priority in product.priorities}) == 4


OBSERVED = {
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2023: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2025: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}


@pytest.mark.parametrize("year", OBSERVED)
def test_federal_holidays_fall_on_the_weekdays_that_the_government_observes(year: int) -> None:
    name = holiday_names("US")
    days = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
    assert " ".join(f"{day:%m-%d}" for day in days if day.weekday() < 5 and name(day)) == OBSERVED[year]


def test_holidays_are_named() -> None:
    assert holiday_names("US")(date(2026, 7, 3)) == "Independence Day (observed)"
    assert holiday_names("US-CA")(date(2026, 3, 31)) is not None
    with pytest.raises(ValueError, match="'Atlantis'"):
        holiday_names("Atlantis")


def test_a_placed_calendar_keeps_a_zone_of_its_own() -> None:
    oko, auth0 = POLICIES["oko"].calendars["support"], POLICIES["auth0"].calendars["weekdays"]
    assert oko.placed("Asia/Tokyo").timezone == "America/New_York"
    assert auth0.placed("Asia/Tokyo").timezone == "Asia/Tokyo"
    assert CalendarSpec("24x7").placed("Asia/Tokyo").timezone is None
