"""The bot was down while time went on: what is owed is told when it is back, once, and no more than is still of use."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.moments import as_slack_takes_a_post
from tests.journeys.p1_story import begins
from tests.journeys.restarting import MortalStage

MANAGERS = ("managers-channel:C0MANAGERS", "manager:U0MAX")
EVERYONE = ("triage:C0TRIAGE", *MANAGERS)
LATE = "Told late"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[MortalStage]:
    with MortalStage(tmp_path, MORNING) as running:
        running.quiet()
        open_p1(running)
        yield running


def away(stage: MortalStage, since: timedelta, until: timedelta) -> None:
    """Killed, and started again, so long after the case was opened."""
    stage.move_to(MORNING + since)
    stage.stop_bot()
    stage.move_to(MORNING + until)
    stage.start_bot()
    stage.quiet()


def escalations(stage: MortalStage) -> Counter[str]:
    keys = (key for key, _ in stage.said() if ":rung:" in key)
    return Counter(keys)


def rung(share: int, *told: str, repeat: int = 0) -> Counter[str]:
    return Counter(f"case:1:rung:1:{share}:{repeat}:{who}" for who in told)


def late(stage: MortalStage, keys: Counter[str]) -> list[bool]:
    return [LATE in str(message.blocks) for key, message in stage.said() if key in keys]


def test_after_an_absence_over_three_rungs_the_highest_is_told_late_and_the_breach_in_time(stage: MortalStage) -> None:
    away(stage, timedelta(minutes=20), timedelta(minutes=58))
    assert escalations(stage) == rung(90, *MANAGERS)
    assert all(late(stage, rung(90, *MANAGERS)))

    stage.move_to(MORNING + timedelta(minutes=60))
    assert escalations(stage) == rung(90, *MANAGERS) + rung(100, *EVERYONE)
    assert not any(late(stage, rung(100, *EVERYONE)))


def test_after_a_day_the_breach_is_told_once_and_again_at_its_interval_from_then(stage: MortalStage) -> None:
    away(stage, timedelta(), timedelta(hours=24))
    assert escalations(stage) == rung(100, *EVERYONE)
    assert all(late(stage, rung(100, *EVERYONE)))
    assert [key for key, _ in stage.said() if "check-in" in key] == ["case:1:check-in:1:ask", "case:1:check-in:2:ask"]

    stage.move_to(MORNING + timedelta(hours=24, minutes=29))
    assert escalations(stage) == rung(100, *EVERYONE)
    stage.move_to(MORNING + timedelta(hours=25, minutes=1))
    repeats = rung(100, *EVERYONE, repeat=1) + rung(100, *EVERYONE, repeat=2)
    assert escalations(stage) == rung(100, *EVERYONE) + repeats


def test_killed_again_at_each_message_of_a_breach_it_still_tells_everyone_once(stage: MortalStage) -> None:
    stage.stop_bot()
    stage.move_to(MORNING + timedelta(minutes=60))
    for _ in (*EVERYONE, "the managers, of the check-in"):
        stage.die_in(begins, as_slack_takes_a_post)
    stage.start_bot()
    stage.quiet()

    assert escalations(stage) == rung(100, *EVERYONE)
    assert Counter(key for key, _ in stage.said())["case:1:check-in:1:managers"] == 1


def test_asked_to_stop_it_finishes_the_messages_that_it_has_begun(stage: MortalStage) -> None:
    stage.stop_bot()
    stage.move_to(MORNING + timedelta(minutes=60))
    stage.slack.faults.delay("chat.postMessage", 0.3)
    stage.start_bot()
    stage.until(stage.leased)
    assert stage.ask_to_stop() == 0
    assert stage.leased() == []
