"""A term of the add-ons: who stands in for its first 90 days, the arrival, and asking for the same person again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.accounts_import import import_accounts
from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.dedicated import FILE, DedicatedStage, MobilisingStage, open_case, typed
from tests.journeys.test_home import opened
from tests.journeys.test_mission_critical import assigned_to, dm
from tests.journeys.trying import button, told
from workspace.acting import card, offers, said, words
from workspace.model import Message
from workspace.stage import Stage

ARRIVAL = datetime(2026, 7, 30, 13, 0, tzinfo=UTC)
AGAIN = "must be asked for by"


class EndingStage(DedicatedStage):
    """The term ends on 31 August 2026: the notice of 45 days is over on 17 July."""

    starts = date(2025, 9, 1)
    ends = date(2026, 8, 31)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with MobilisingStage(tmp_path, MORNING) as running:
        yield running


@pytest.fixture
def ending(tmp_path: Path) -> Iterator[Stage]:
    with EndingStage(tmp_path, MORNING) as running:
        yield running


def test_in_the_first_ninety_days_the_card_says_who_stands_in(stage: Stage) -> None:
    open_case(stage)
    assert assigned_to(stage) is None
    assert dm(stage, "Erin", "C-1") == dm(stage, "Max", "C-1") == [], "they aren't there yet"
    at = int(ARRIVAL.timestamp())
    shown = words(card(stage, "C0ACME"))
    assert f"Your Mission Critical Support Engineer <@U0ERIN> arrives <!date^{at}^" in shown
    assert "all of our team stands in, here and on the" in shown
    assert "Premier Plus phone line" in shown
    assert f"Your Dedicated CSE <@U0MAX> arrives <!date^{at}^" in shown
    assert "Until then <@U0FRANK> stands in" in shown
    assert "The customer's Mission Critical Support Engineer <@U0ERIN> arrives" in words(card(stage, "C0TRIAGE"))


def test_of_another_persons_case_only_what_is_for_the_whole_account(stage: Stage) -> None:
    open_case(stage, "Bob")
    shown = words(card(stage, "C0ACME"))
    assert "Dedicated CSE" in shown
    assert "Mission Critical" not in shown


def test_the_ninety_days_over_everybody_hears_once_and_cases_are_assigned(stage: Stage) -> None:
    stage.move_to(ARRIVAL - timedelta(seconds=1))
    assert said(stage, "C0ACME", "Please meet") == []
    stage.move_to(ARRIVAL)
    only(said(stage, "C0ACME", "Please meet <@U0ERIN>", "your named contacts"))
    only(said(stage, "C0ACME", "Please meet <@U0MAX>"))
    assert len(dm(stage, "Erin", "from today you are there for", "assigned to you")) == 1
    assert len(dm(stage, "Max", "<@U0ERIN> is there for")) == 1
    for elsewhere in ("C0BOTH", "C0BOLT", "C0TRIAGE"):
        assert said(stage, elsewhere, "Please meet") == []
    open_case(stage)
    assert assigned_to(stage) == "U0ERIN"
    assert "arrives" not in words(card(stage, "C0ACME"))
    stage.stop_bot()
    stage.move(days=2)
    stage.start_bot()
    assert len(dm(stage, "Erin", "from today you are there for")) == 1


def test_the_last_minute_before_and_the_first_after(stage: Stage) -> None:
    stage.move_to(ARRIVAL - timedelta(minutes=1))
    open_case(stage)
    assert assigned_to(stage) is None
    stage.move_to(ARRIVAL)
    open_case(stage)
    assert assigned_to(stage, 2) == "U0ERIN"


def renewals(stage: Stage) -> list[Message]:
    return said(stage, "C0MANAGERS", AGAIN, "<@U0ERIN>")


def test_two_weeks_before_the_notice_ends_and_on_its_last_day(ending: Stage) -> None:
    first, last = (datetime(2026, 7, day, 13, 0, tzinfo=UTC) for day in (3, 17))
    ending.move_to(first - timedelta(seconds=1))
    assert renewals(ending) == []
    ending.move_to(first)
    told = words(only(renewals(ending)))
    assert "ends on Monday 31 August 2026" in told
    assert "asked for by *Friday 17 July 2026*" in told
    assert len(dm(ending, "Frank", AGAIN, "<@U0ERIN>")) == 1, "the success manager"
    ending.move_to(last)
    assert len(renewals(ending)) == 2
    assert len(said(ending, "C0MANAGERS", AGAIN, "<@U0MAX>")) == 2, "the executive too"
    ending.move(days=60)
    assert len(renewals(ending)) == 2
    assert said(ending, "C0ACME", AGAIN) == []


def test_asked_for_again_nobody_is_reminded_any_more(ending: Stage) -> None:
    ending.move_to(datetime(2026, 7, 3, 13, 0, tzinfo=UTC))
    frank = ending.person("Frank")
    (told,) = [
        message for message in ending.slack.dm("Frank") if AGAIN in words(message) and "U0ERIN" in words(message)
    ]
    frank.press(told, "Asked for again")
    ending.quiet()
    assert renewals(ending) == []
    noted = only(said(ending, "C0MANAGERS", "<@U0ERIN> was asked for again", "<@U0FRANK>"))
    assert not offers(noted, "Asked for again")
    ending.move_to(datetime(2026, 7, 17, 13, 0, tzinfo=UTC))
    assert renewals(ending) == []
    assert len(said(ending, "C0MANAGERS", AGAIN, "<@U0MAX>")) == 2, "the other add-on is not asked for yet"
    with ending.units() as uow:
        acme = uow.accounts.by_name("Acme")
        assert acme is not None
        asked = [(e.who, e.about) for e in uow.accounts.history(acme.id) if e.what == "asked"]
    assert asked == [("U0FRANK", "renewal:mission-critical:U0ERIN:2026-08-31")]


def test_the_term_over_nothing_is_assigned_and_nothing_said(ending: Stage) -> None:
    ending.move_to(datetime(2026, 9, 1, 14, 0, tzinfo=UTC))
    open_case(ending)
    assert assigned_to(ending) is None
    assert "Mission Critical" not in words(card(ending, "C0ACME"))


def test_renewed_they_go_on_without_another_mobilisation(ending: Stage) -> None:
    renewed = FILE.format(starts=EndingStage.starts, ends=date(2027, 8, 31))
    import_accounts(renewed.encode(), ending.policies, ending.units)
    ending.move_to(datetime(2026, 9, 1, 14, 0, tzinfo=UTC))
    open_case(ending)
    assert assigned_to(ending) == "U0ERIN"
    assert "arrives" not in words(card(ending, "C0ACME"))
    assert said(ending, "C0ACME", "Please meet") == []
    assert "6 of 7" in typed(ending, "off 2026-09-02 administrative"), "the days of the new year of the term"
    with ending.units() as uow:
        due = {reminder.key: reminder.due_at for _, reminder in uow.reminders.all()}
    assert due["renewal:mission-critical:U0ERIN:2027-08-31:0"] == datetime(2027, 7, 17, 13, 0, tzinfo=UTC)


def test_a_customers_home_names_their_people_until_the_term_is_over(ending: Stage) -> None:
    seen = opened(ending, "Dana", "Whom to call")
    assert "Mission Critical Support*: <@U0ERIN>" in seen
    assert "Dedicated Customer Success Executive*: <@U0MAX>" in seen
    assert "for 1 of 5 named contacts: <@U0DANA>" in seen
    assert "U0ERIN" not in opened(ending, "Boris", "Bolt")
    ending.move_to(datetime(2026, 9, 1, 14, 0, tzinfo=UTC))
    seen = opened(ending, "Dana", "Whom to call")
    while "<@U0ERIN>" in seen:
        seen = opened(ending, "Dana", "Whom to call")
    assert "<@U0MAX>" not in seen


def test_an_engineer_presses_asked_for_again_and_is_told_who_may(ending: Stage) -> None:
    ending.move_to(datetime(2026, 7, 3, 13, 0, tzinfo=UTC))
    with ending.units() as uow:
        acme = uow.accounts.by_name("Acme")
    assert acme is not None
    erin = ending.person("Erin")
    value = f"{acme.id}:renewal:mission-critical:U0ERIN:2026-08-31"
    forged = button(ending.slack.messages("C0ACME")[0], "add_on_asked_again", value)
    assert "says whether it was asked for" in told(ending, erin, lambda: erin.press(forged, "?"))
    ending.move_to(datetime(2026, 7, 17, 13, 0, tzinfo=UTC))
    assert len(renewals(ending)) == 2


def test_the_plan_names_what_it_sells(stage: Stage) -> None:
    shown = typed(stage, "plan", "Erin", "C0ACME")
    for word in ("Mission Critical Support: <@U0ERIN> in Americas, from 30 Jul 2026 to 30 Apr 2027", "1 of 5 named"):
        assert word in shown.replace("*", "")
    assert "Dedicated Customer Success Executive: <@U0MAX>" in shown.replace("*", "")
    assert "can be added" not in shown
    assert "People of your own" not in typed(stage, "plan", "Erin", "C0BOLT")
