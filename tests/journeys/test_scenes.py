"""The scenes: each stands where its story says, everything said and nothing failed, and time goes on from there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from cases.case import Case, State
from cases.case_parts import Commitment
from cases.errors import NotFound
from cases.timers import TimerKind
from storage.base import SayState
from storage.queue_tables import OutboxRow
from tests.journeys.acting import only
from tests.journeys.trying import told
from tests.storage.given import engine_on
from workspace.acting import about, card, said, words
from workspace.scenes import DEFAULT, SCENES
from workspace.scenes.working import claim, resolve, take_by_eyes
from workspace.stage import Stage

NEW_YORK, JERUSALEM = ZoneInfo("America/New_York"), ZoneInfo("Asia/Jerusalem")
HALF, THREE_QUARTERS, NINE_TENTHS, OVER = "Half of", "Three quarters", "90 %", "The time promised is over"
PEOPLE = ("Erin", "Frank", "Max", "Dana", "Bob", "Boris", "Olga")

Begin = Callable[[str], Stage]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """A scene by its name, at the moment at which a reader comes in; found to be sound."""
    with ExitStack() as stack:

        def begin(name: str) -> Stage:
            stage = stack.enter_context(Stage(tmp_path, SCENES[name].starts_at))
            acts: list[str] = []
            SCENES[name].play(stage, acts.append)
            assert all(0 < len(act) <= 70 for act in acts), acts
            sound(stage, name)
            return stage

        yield begin


def sound(stage: Stage, name: str) -> None:
    """All is said, nothing failed, nobody's screen is covered, and the reader can be where the scene puts them."""
    with engine_on(stage.database_url) as engine, engine.connect() as connection:
        states = set(connection.scalars(select(OutboxRow.state)))
    assert states <= {SayState.SENT, SayState.SUPERSEDED, SayState.MERGED}
    assert [call for call in stage.slack.calls() if call.error] == []
    assert [who for who in PEOPLE if stage.slack.view_for(who)] == []
    scene = SCENES[name]
    assert scene.name == name
    assert scene.viewer in stage.slack.channel(scene.place).members


def stored(stage: Stage, number: int) -> Case:
    with stage.units() as uow:
        return uow.cases.get(number)


def standing(case: Case) -> str:
    """Where a case stands, in a word and the share of its ladder that was told."""
    if case.is_done or case.state in {State.CLAIMED, State.WAITING}:
        return str(case.state)
    if case.response is not None:
        return "answered"
    return f"open {case.share_said}"


def standings(stage: Stage, last: int) -> list[str]:
    """Where each case stands, up to the last one that there is."""
    with pytest.raises(NotFound):
        stored(stage, last + 1)
    return [standing(stored(stage, number)) for number in range(1, last + 1)]


def happened(stage: Stage, number: int) -> set[str]:
    """What kinds of entries a case's history has."""
    with stage.units() as uow:
        return {entry.what for entry in uow.cases.history(number)}


def reads(name: str, instant: datetime, zone: ZoneInfo) -> str:
    """Day and time as people there have it, found to be told in the scene's story."""
    local = instant.astimezone(zone)
    assert f"{local:%H:%M}" in SCENES[name].story
    return f"{local:%A %H:%M}"


def next_due(stage: Stage, number: int, *kinds: TimerKind) -> datetime:
    """The earliest timer of a case, of these kinds or of any."""
    with stage.units() as uow:
        return next(timer.due_at for timer in uow.timers.of_case(number) if timer.kind in (kinds or TimerKind))


def promised(stage: Stage, number: int) -> Commitment:
    commitment = stored(stage, number).commitment
    assert commitment is not None
    return commitment


def test_a_quiet_morning_has_three_customers_with_a_button_and_no_case(begin: Begin) -> None:
    stage = begin(DEFAULT)

    assert stage.clock.now() == datetime(2026, 7, 2, 9, 0, tzinfo=NEW_YORK)
    with stage.units() as uow:
        assert [account.name for account in uow.accounts.all()] == ["Acme", "Bolt", "Orchard"]
        assert uow.cases.listing() == []
        assert uow.timers.next_due_at() is None
    for channel in ("C0ACME", "C0BOLT", "C0ORCHARD", "C0BOTH"):
        assert stage.slack.channel(channel).pins
        assert said(stage, channel, "Open a case")


def test_a_priority_one_at_night_waits_three_minutes_before_its_first_rung(begin: Begin) -> None:
    stage = begin("p1-at-night")

    assert standings(stage, 3) == ["resolved", "claimed", "open 0"]
    assert reads("p1-at-night", stage.clock.now(), NEW_YORK) == "Thursday 02:37"
    assert promised(stage, 3).available.user == "U0DANA"
    assert promised(stage, 3).backup is not None
    assert promised(stage, 3).confirmed_at is None
    assert reads("p1-at-night", next_due(stage, 3), NEW_YORK) == "Thursday 02:40"
    assert reads("p1-at-night", next_due(stage, 3, TimerKind.BACKUP), NEW_YORK) == "Thursday 02:44"

    stage.move_to(datetime(2026, 7, 2, 2, 40, tzinfo=NEW_YORK))
    only(said(stage, "C0TRIAGE", HALF, "C-3"))
    assert said(stage, "C0ACME", "stand in") == []
    stage.move_to(datetime(2026, 7, 2, 2, 44, tzinfo=NEW_YORK))
    only(said(stage, "C0ACME", "<@U0BOB>", "stand in"))
    take_by_eyes(stage, stage.person("Erin"), 3)
    stage.move(hours=1)
    assert said(stage, "C0TRIAGE", THREE_QUARTERS) == []


def test_before_the_holiday_one_answer_is_due_today_and_one_on_monday(begin: Begin) -> None:
    stage = begin("oko-holiday")
    olga = stage.person("Olga")

    assert standings(stage, 5) == ["resolved", "answered", "open 75", "claimed", "open 0"]
    assert reads("oko-holiday", stage.clock.now(), NEW_YORK) == "Thursday 16:42"
    assert reads("oko-holiday", stored(stage, 3).due_at, NEW_YORK) == "Thursday 18:00"
    assert reads("oko-holiday", next_due(stage, 3), NEW_YORK) == "Thursday 17:06"
    assert reads("oko-holiday", stored(stage, 5).due_at, NEW_YORK) == "Monday 16:00"
    assert "A print layout for our auditors" in words(only(said(stage, "C0MANAGERS")))
    why = told(stage, olga, lambda: olga.press(card(stage, "C0ORCHARD", 5), "Why this time?"))
    assert "Independence Day (observed)" in why
    assert "weekend" in why

    stage.move_to(datetime(2026, 7, 2, 17, 6, tzinfo=NEW_YORK))
    only(said(stage, "C0MANAGERS", NINE_TENTHS, "C-3"))
    stage.move_to(datetime(2026, 7, 6, 11, 29, tzinfo=NEW_YORK))
    assert said(stage, "C0TRIAGE", HALF, "C-5") == []
    stage.move(minutes=1)
    only(said(stage, "C0TRIAGE", HALF, "C-5"))


def test_on_friday_the_weekend_holds_one_clock_and_not_the_other(begin: Begin) -> None:
    stage = begin("auth0-friday")
    frank = stage.person("Frank")

    assert standings(stage, 4) == ["claimed", "answered", "open 0", "open 0"]
    assert reads("auth0-friday", stage.clock.now(), JERUSALEM) == "Friday 23:36"
    assert stored(stage, 1).due_at == datetime(2026, 3, 27, 11, 0, tzinfo=JERUSALEM)
    assert stored(stage, 2).due_at == datetime(2026, 3, 30, 1, 30, tzinfo=JERUSALEM)
    assert reads("auth0-friday", stored(stage, 3).due_at, JERUSALEM) == "Monday 01:10"
    assert reads("auth0-friday", next_due(stage, 4), JERUSALEM) == "Friday 23:40"
    why = told(stage, frank, lambda: frank.press(card(stage, "C0BOLT", 2), "Why this time?"))
    assert "🕐" in why
    assert "weekend" in told(stage, frank, lambda: frank.press(card(stage, "C0BOLT", 3), "Why this time?"))

    stage.move_to(datetime(2026, 3, 27, 23, 40, tzinfo=JERUSALEM))
    only(said(stage, "C0TRIAGE", HALF, "C-4"))
    claim(stage, frank, 4)
    resolve(stage, frank, 4, "The warehouses can sign in again.")
    stage.move_to(datetime(2026, 3, 30, 0, 9, tzinfo=JERUSALEM))
    assert said(stage, "C0TRIAGE", HALF, "C-3") == []
    stage.move(minutes=1)
    only(said(stage, "C0TRIAGE", HALF, "C-3"))
    assert about(stage, "C0MANAGERS", 4) == []


def test_a_busy_monday_has_a_dozen_cases_in_every_state(begin: Begin) -> None:
    stage = begin("busy-monday")

    assert reads("busy-monday", stage.clock.now(), NEW_YORK) == "Monday 10:36"
    assert standings(stage, 12) == [
        "open 50",
        "waiting",
        "open 100",
        "open 0",
        "open 90",
        "answered",
        "open 75",
        "claimed",
        "offered",
        "claimed",
        "open 0",
        "open 0",
    ]
    cases = [stored(stage, number) for number in range(1, 13)]
    assert {case.account_name for case in cases} == {"Acme", "Bolt", "Orchard"}
    assert {case.account_name for case in cases if case.channel == "C0BOTH"} == {"Acme", "Bolt"}
    assert [case.number for case in cases if case.source] == [1, 6, 7], "by mention, by shortcut, by reaction"
    assert "given-back" in happened(stage, 4)
    assert "reprioritised" in happened(stage, 11)
    assert cases[8].solution
    assert promised(stage, 2).confirmed_at is not None
    assert (promised(stage, 10).confirmed_at, promised(stage, 10).backup_asked) == (None, True)
    only(said(stage, "C0MANAGERS", OVER, "C-3"))
    assert reads("busy-monday", cases[2].due_at, NEW_YORK) == "Monday 10:08"
    assert reads("busy-monday", cases[4].due_at, NEW_YORK) == "Monday 10:43"

    stage.move_to(datetime(2026, 7, 13, 10, 48, tzinfo=NEW_YORK))
    assert "Still nobody has answered" in words(about(stage, "C0MANAGERS", 3)[-1])
    only(said(stage, "C0MANAGERS", OVER, "C-5"))
    only(said(stage, "C0MANAGERS", "<@U0BOB>", "C-10"))
    stage.move_to(datetime(2026, 7, 13, 11, 2, tzinfo=NEW_YORK))
    assert "Are you still available" in words(about(stage, "C0ACME", 2)[-1])
