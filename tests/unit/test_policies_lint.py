"""The linter finds what is well-formed and still can't be meant."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from pydantic import ValidationError

from cases.hours import CalendarSpec, Duration, Window
from cases.policy import Answer, Audience, CommitmentRule, Ladder, Plan, Product, Program, Question, Rung, Target
from policies.hours import CalendarModel, HoursModel
from policies.lint import crowded_rungs, lint
from policies.loader import load_policies

OKTA = load_policies()["okta"]
BASIC, SERVICE = OKTA.plans["basic"], OKTA.products["service"]


def found(program: Program) -> dict[str, str]:
    """Findings by field."""
    return dict([*lint(program), *crowded_rungs(program)])


def with_calendar(spec: CalendarSpec) -> Program:
    return replace(OKTA, calendars={**OKTA.calendars, "business": spec})


def with_target(amount: int, unit: Literal["s", "m", "h", "d"], calendar: str = "business") -> Program:
    plan = replace(BASIC, targets={**BASIC.targets, 1: Target(Duration(amount, unit), calendar)})
    return replace(OKTA, plans={"basic": plan})


def with_shares(*shares: int) -> Program:
    rungs = tuple(Rung(share, frozenset({Audience.TRIAGE})) for share in shares)
    return replace(OKTA, ladder=Ladder(rungs, 1800))


def with_questions(*questions: Question) -> Program:
    return replace(OKTA, products={"service": replace(SERVICE, questions=questions)})


def ask(id: str, *answers: Answer) -> Question:
    return Question(id, "Which?", answers)


def test_the_shipped_policies_are_clean() -> None:
    for program in load_policies().values():
        assert found(program) == {}


def test_a_calendar_whose_every_day_is_closed_never_opens() -> None:
    days = tuple(date(2025, 12, 1) + timedelta(days=n) for n in range(366 * 23))
    spec = CalendarSpec("shut", (Window(0, 540, 1080),), "UTC", closed=days)
    assert found(with_calendar(spec))["calendars.business"] == "never opens: every day is closed"


@pytest.mark.parametrize(
    "windows",
    [
        (Window(0, 540, 1080), Window(0, 1020, 1200)),
        (Window(0, 1320, 1800), Window(1, 300, 600)),
        (Window(6, 1320, 1800), Window(0, 300, 600)),
        (Window(0, 540, 1080), Window(0, 540, 1080)),
    ],
    ids=["same day", "past midnight", "past the end of the week", "twice"],
)
def test_windows_that_overlap_are_found(windows: tuple[Window, ...]) -> None:
    assert "overlap" in found(with_calendar(CalendarSpec("x", windows, "UTC")))["calendars.business.hours"]


def test_windows_that_only_touch_do_not_overlap() -> None:
    spec = CalendarSpec("x", tuple(Window(day, 1320, 1800) for day in range(7)), "UTC")
    assert found(with_calendar(spec)) == {}


def test_a_business_day_of_days_that_differ_says_nothing_exact() -> None:
    spec = CalendarSpec("short fridays", (Window(0, 540, 1080), Window(4, 540, 900)), "UTC")
    program = replace(with_target(1, "d"), calendars={**OKTA.calendars, "business": spec})
    assert "differ in length" in found(program)["plans.basic.targets.1.within"]


def test_a_target_longer_than_a_calendar_can_hold_is_found() -> None:
    assert "longer than its calendar can hold" in found(with_target(99999, "h"))["plans.basic.targets.1.within"]


@pytest.mark.parametrize(("minutes", "fits"), [(10, True), (9, False), (1, False)])
def test_rungs_of_a_short_target_may_not_fall_in_one_minute(minutes: int, fits: bool) -> None:
    what = found(with_target(minutes, "m", "always")).get("plans.basic.targets.1.within", "")
    assert ("same minute" in what) is not fits


def test_a_rung_at_or_after_its_own_deadline_is_found() -> None:
    assert "own deadline" in found(with_shares(50, 120))["ladder.rungs.1.at"]
    assert "own deadline" in found(with_shares(100, 100))["ladder.rungs.0.at"]
    assert "last rung at 100" in found(with_shares(50, 90))["ladder.rungs"]
    assert "last rung at 100" in found(with_shares())["ladder.rungs"]
    assert "rungs rise" in found(with_shares(50, 50, 100))["ladder.rungs.1.at"]


def test_a_plan_without_a_target_for_some_priority_is_found() -> None:
    plan = Plan("basic", "Basic", {n: t for n, t in BASIC.targets.items() if n != 3})
    assert found(replace(OKTA, plans={"basic": plan}))["plans.basic.targets.3"].startswith("is missing")


def test_a_target_that_no_product_knows_is_found() -> None:
    assert (
        "no product"
        in found(replace(OKTA, plans={"basic": replace(BASIC, targets={**BASIC.targets, 5: BASIC.targets[4]})}))[
            "plans.basic.targets.5"
        ]
    )


def test_a_promise_on_a_priority_without_target_is_found() -> None:
    plan = replace(BASIC, commitment=CommitmentRule(frozenset({7}), "We promise.", 4, 1, 2))
    assert "priority 7" in found(replace(OKTA, plans={"basic": plan}))["plans.basic.commitment.priorities"]


def test_answers_that_lead_nowhere_or_in_circles_are_found() -> None:
    what = found(
        with_questions(
            ask(
                "first",
                Answer("a", "A", "b", priority=9),
                Answer("b", "B", "b", then="nowhere"),
                Answer("c", "C", "b", then="second"),
            ),
            ask("second", Answer("a", "A", "b", then="second"), Answer("b", "B", "b", priority=1)),
            ask("third", Answer("a", "A", "b", priority=2)),
        )
    )
    prefix = "products.service"
    assert "no priority 9" in what[f"{prefix}.questions.first.answers.a.priority"]
    assert "no question 'nowhere'" in what[f"{prefix}.questions.first.answers.b.then"]
    assert "circle" in what[f"{prefix}.questions.second"]
    assert "never asked" in what[f"{prefix}.questions.third"]
    assert [field for field in what if ".priorities." in field] == [f"{prefix}.priorities.{n}" for n in (2, 3, 4)]


def test_a_product_has_priorities_or_kinds_of_request() -> None:
    assert "either" in found(replace(OKTA, products={**OKTA.products, "x": Product("x", "X")}))["products.x"]


def test_words_for_tenants_out_of_production_need_the_question_that_leads_to_them() -> None:
    product = replace(SERVICE, production_only="Only production.")
    (field,) = found(replace(OKTA, products={"service": product}))
    assert field == "products.service.production_only"
    assert found(replace(OKTA, products={"service": replace(product, asks_tenant=True)})) == {}


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        ("mon-fri", [0, 1, 2, 3, 4]),
        ("sun-thu", [0, 1, 2, 3, 6]),
        ("sat", [5]),
        ("Mon, Wed,fri", [0, 2, 4]),
        ("mon-sun", [0, 1, 2, 3, 4, 5, 6]),
        ("mon-tue, tue", [0, 1]),
    ],
)
def test_days_are_written_as_people_write_them(days: str, numbers: list[int]) -> None:
    spec = HoursModel.model_validate({"days": days, "from": "09:00", "to": "18:00", "holidays": "US"}).to_spec()
    assert [window.day for window in spec.windows] == numbers
    assert (spec.holidays, spec.timezone) == ("US", None)


@pytest.mark.parametrize(
    ("opens", "closes", "minutes"),
    [("00:00", "24:00", (0, 1440)), ("22:00", "06:00", (1320, 1800)), ("18:00", "00:00", (1080, 1440))],
)
def test_a_whole_day_and_a_night_are_windows(opens: str, closes: str, minutes: tuple[int, int]) -> None:
    (window,) = HoursModel.model_validate({"days": "fri", "from": opens, "to": closes}).windows()
    assert (window.opens, window.closes) == minutes


@pytest.mark.parametrize(
    ("hours", "what"),
    [
        ({"days": "mon-fri", "from": "09:00", "to": "09:00"}, "never opens"),
        ({"days": "mon-fri", "from": "00:00", "to": "23:59"}, "minute before midnight"),
        ({"days": "mon-fri", "from": "24:00", "to": "06:00"}, 'from "00:00" to "23:59"'),
        ({"days": "mon-fri", "from": "9:00", "to": "18:00"}, "in quotes"),
        ({"days": "mon-fri", "from": "09:00", "to": 1080}, "in quotes"),
        ({"days": "weekdays", "from": "09:00", "to": "18:00"}, "mon-fri"),
        ({"days": "mon-", "from": "09:00", "to": "18:00"}, "mon-fri"),
        ({"days": "", "from": "09:00", "to": "18:00"}, "mon-fri"),
        ({"days": ["mon"], "from": "09:00", "to": "18:00"}, "mon-fri"),
        ({"days": "mon", "from": "09:00", "to": "18:00", "holidays": "ZZ"}, "'ZZ'"),
        ({"days": "mon", "from": "09:00", "to": "18:00", "lunch": "yes"}, "lunch"),
    ],
)
def test_hours_that_can_not_be_meant_are_refused(hours: dict[str, object], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        HoursModel.model_validate(hours)


@pytest.mark.parametrize(
    "calendar",
    [
        {"hours": []},
        {"hours": "sometimes"},
        {"hours": "always", "holidays": "US"},
        {"hours": [{"days": "mon", "from": "09:00", "to": "18:00"}]},
    ],
    ids=["no hours", "no such word", "always but for holidays", "no zone"],
)
def test_calendars_that_can_not_be_meant_are_refused(calendar: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CalendarModel.model_validate(calendar)
