"""Days off of dedicated people: counted, refused with the reason, taken back; and what they mean for cases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.dedicated import DedicatedStage, open_case, typed
from tests.journeys.test_mission_critical import assigned_to, dm
from workspace.acting import card, said, words
from workspace.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with DedicatedStage(tmp_path, MORNING) as running:
        yield running


def days_of(stage: Stage, user: str = "U0ERIN") -> dict[date, str]:
    with stage.units() as uow:
        return {each.day: each.kind.value for each in uow.days_off.of(user)}


def claimed(stage: Stage, number: int = 1) -> None:
    """Otherwise its breach would be told again and again while days pass."""
    stage.person("Frank").press(card(stage, "C0TRIAGE", number), "Claim")
    stage.quiet()


def test_off_today_the_case_not_begun_goes_to_the_team_at_once_told_to_both(stage: Stage) -> None:
    open_case(stage)
    assert "1 case not begun yet went to the whole team" in typed(stage, "off 2026-07-02")
    assert assigned_to(stage) is None
    assert len(dm(stage, "Erin", "open to the whole team now", "you are off")) == 1
    only(said(stage, "C0TRIAGE", "open to everybody now", "they are off"))
    only(said(stage, "C0ACME", "isn't free for"))

    open_case(stage)
    monday = int(datetime(2026, 7, 6, 13, 0, tzinfo=UTC).timestamp())
    assert f"is back <!date^{monday}^" in words(card(stage, "C0ACME", 2))
    assert "Taken back" in typed(stage, "off 2026-07-02 back")
    open_case(stage)
    assert assigned_to(stage, 3) == "U0ERIN"


def test_off_another_day_nothing_moves_until_that_day(stage: Stage) -> None:
    open_case(stage)
    typed(stage, "off 2026-07-06..2026-07-07 leave")
    assert assigned_to(stage) == "U0ERIN"
    claimed(stage)
    stage.move_to(datetime(2026, 7, 6, 15, 0, tzinfo=UTC))
    open_case(stage)
    assert assigned_to(stage, 2) is None
    wednesday = int(datetime(2026, 7, 8, 13, 0, tzinfo=UTC).timestamp())
    assert f"is back <!date^{wednesday}^" in words(card(stage, "C0ACME", 2))
    claimed(stage, 2)
    stage.move_to(datetime(2026, 7, 8, 13, 0, tzinfo=UTC))
    open_case(stage)
    assert assigned_to(stage, 3) == "U0ERIN"


def test_seven_administrative_days_a_year_and_the_eighth_is_refused_with_the_reason(stage: Stage) -> None:
    taken = typed(stage, "off 2026-07-03..2026-07-07 administrative")
    assert "5 of 7 administrative days left for Acme" in taken
    assert days_of(stage) == {date(2026, 7, 6): "administrative", date(2026, 7, 7): "administrative"}, (
        "a holiday and a weekend are no business days"
    )
    assert "0 of 7" in typed(stage, "off 2026-07-13..2026-07-17 administrative")
    refused = typed(stage, "off 2026-07-20 administrative")
    for word in ("7 administrative days", "none is left", "Nothing was changed", "Vacation and sick time are `leave`"):
        assert word in refused
    assert date(2026, 7, 20) not in days_of(stage)
    assert "Off" in typed(stage, "off 2026-07-20 leave")
    assert "1 of 7" in typed(stage, "off 2026-07-17 back")
    assert "0 of 7" in typed(stage, "off 2026-07-20 administrative"), "a day of leave can become one"


def test_after_the_term_there_is_nothing_to_be_off_from(stage: Stage) -> None:
    assert "No day of these is a business day of a term" in typed(stage, "off 2027-03-01 administrative")


def test_off_alone_lists_them_and_what_is_left(stage: Stage) -> None:
    typed(stage, "off 2026-12-01 administrative")
    typed(stage, "off 2026-12-02 leave")
    listed = typed(stage, "off")
    for word in (
        "Tue 1 Dec 2026, administrative",
        "Wed 2 Dec 2026, leave",
        "6 of 7 administrative days left",
        "<@U0ERIN>",
    ):
        assert word in listed
    stage.move_to(datetime(2026, 12, 2, 15, 0, tzinfo=UTC))
    assert "1 Dec" not in typed(stage, "off")


def test_a_manager_does_it_for_them_and_nobody_else(stage: Stage) -> None:
    assert "Off" in typed(stage, "off 2026-12-01 administrative for U0ERIN", "Max")
    assert "Off" in typed(stage, "off 2026-12-02 for @Erin", "Max")
    assert set(days_of(stage)) == {date(2026, 12, 1), date(2026, 12, 2)}
    assert "or a support manager" in typed(stage, "off 2026-12-03 for @Erin", "Frank")
    assert "dedicated to a customer" in typed(stage, "off 2026-12-03", "Frank")
    assert set(days_of(stage)) == {date(2026, 12, 1), date(2026, 12, 2)}


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("tomorrow", "Which days?"),
        ("2026-02-30", "No calendar has 2026-02-30"),
        ("2026-12-05..2026-12-01", "comes before the first"),
        ("2026-12-01..2028-12-01", "366"),
        ("2026-12-01 holiday", "Which days?"),
        ("2026-07-04", "No day of these is a business day"),
        ("2026-12-01 back", "No day of these was taken off"),
        ("2026-12-01 for nobody", "I don't know anybody"),
    ],
)
def test_what_cannot_be_read_changes_nothing_and_says_why(stage: Stage, written: str, answer: str) -> None:
    assert answer in typed(stage, f"off {written}", "Max" if "for" in written else "Erin")
    assert days_of(stage) == {}
    assert days_of(stage, "U0MAX") == {}


def test_the_executives_days_off_count_too_and_touch_no_case(stage: Stage) -> None:
    open_case(stage)
    assert "6 of 7 administrative days left" in typed(stage, "off 2026-07-02 administrative", "Max")
    assert assigned_to(stage) == "U0ERIN"
    assert "Dedicated CSE" not in words(card(stage, "C0ACME"))
    stage.move_to(MORNING + timedelta(minutes=5))
    open_case(stage)
    assert "Dedicated CSE" not in words(card(stage, "C0ACME", 2))
