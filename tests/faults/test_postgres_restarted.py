"""PostgreSQL ends and comes back every few seconds, with thousands of cases in it: nothing is lost or said twice."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.faults.replicas import HOUR, Replicas, check, now, replicas, soon
from tests.storage import postgres

pytestmark = pytest.mark.postgresql

CHANNELS = ("C0ACME", "C0BOTH", *(f"C0MORE{each}" for each in range(10)))
MODES = ("fast", "immediate")
"""As a service manager restarts it, and as it crashes."""
PART = 250
"""Cases that are opened in one transaction."""
WHOLE_SECONDS = 180


@pytest.mark.parametrize(
    ("bots", "cases", "seconds", "pause"),
    [
        pytest.param(1, 50, 8, (1, 3), id="share"),
        pytest.param(1, 5_000, WHOLE_SECONDS, (5, 20), id="one", marks=pytest.mark.faults),
        pytest.param(2, 5_000, WHOLE_SECONDS, (5, 20), id="two", marks=pytest.mark.faults),
    ],
)
def test_restarted_every_few_seconds_it_loses_no_clock_and_no_question(
    bots: int, cases: int, seconds: int, pause: tuple[int, int], restartable_database: str, tmp_path: Path
) -> None:
    """What falls due meanwhile is what one channel can be told; the other clocks are there to be in the way."""
    dice, asked, told = Random(cases), 0, seconds // 4
    with replicas(restartable_database, tmp_path, CHANNELS[2:]) as house:
        for done in range(0, cases, PART):
            house.open_cases([now() + HOUR * 3] * min(PART, cases - done), CHANNELS, shown=False)
        house.start(bots)
        clocks = house.open_cases(soon(told, seconds, dice), CHANNELS)
        end = now() + timedelta(seconds=seconds)
        while now() < end:
            ask(house, dice)
            passes(house, now() + timedelta(seconds=dice.uniform(*pause)))
            ask(house, dice)
            asked += 2
            postgres.restart(restartable_database, dice.choice(MODES))
        house.until(house.is_quiet)
        check(house, told=[case.number for case in clocks])
        answers = [m for channel in CHANNELS for m in house.slack.messages(channel) if m.bot_id and m.thread_ts]
        assert len(answers) == asked
        assert house.slack.hub.given_up == []


def ask(house: Replicas, dice: Random) -> None:
    house.slack.user("Dana").post(dice.choice(CHANNELS), "<@U0BOT> something else is down")


def passes(house: Replicas, until: datetime) -> None:
    house.until(lambda: now() >= until)
