"""Killed at each boundary of a storm's work, on both databases: each alarm is told once, alone or in a row."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.books import Books
from tests.faults.seeds import runs
from tests.faults.trapped import MOST, TrappedStage, at
from tests.faults.traps import Boundary
from tests.journeys.conftest import MORNING
from tests.journeys.moments import as_slack_takes_a_post
from tests.journeys.p1_story import begins, time_passes
from tests.journeys.restarting import Act, Moment, MortalStage
from tests.journeys.storming import open_together
from workspace.acting import card, offers

CASES = 7
CLAIMED = 3


def they_are_opened(stage: MortalStage) -> None:
    with stage.units() as uow:
        opened = bool(uow.cases.listing())
    if not opened:
        open_together(stage, CASES)
    stage.quiet()


def erin_claims_one(stage: MortalStage) -> None:
    """Where it stands in a digest: there."""
    with stage.units() as uow:
        claimed = uow.cases.get(CLAIMED).assignee is not None
        digest = uow.outbox.digest_of(f"case:{CLAIMED}:rung:1:50:0:triage:C0TRIAGE")
        post = uow.outbox.post_of(digest.say.key) if digest else None
    if claimed:
        stage.quiet()
        return
    message = card(stage, "C0TRIAGE", CLAIMED)
    if post is not None:
        (message,) = (each for each in stage.slack.messages("C0TRIAGE") if each.ts == post.ts)
        assert offers(message, "Claim")
    button = next(
        block.get("block_id")
        for block in message.blocks or ()
        if block.get("accessory", {}).get("value") == str(CLAIMED) or block["type"] == "actions"
    )
    element = "case_claim" if post is None else str(button)
    stage.person("Erin").press(message, element)
    stage.quiet()


STORY: tuple[Act, ...] = (
    begins,
    they_are_opened,
    time_passes(minutes=30),
    time_passes(minutes=32),
    erin_claims_one,
    time_passes(minutes=45),
    time_passes(minutes=56),
)
STORIES = -(-500 // len(STORY))
"""So many make five hundred deaths."""
TRIAGE, MANAGERS, MAX = "triage:C0TRIAGE", "managers-channel:C0MANAGERS", "manager:U0MAX"
TOLD = {50: (TRIAGE,), 75: (TRIAGE,), 90: (MANAGERS, MAX)}


def boundaries(seed: int) -> Iterator[Moment]:
    """One an act; as a digest is made more often than elsewhere."""
    dice = random.Random(seed)
    while True:
        where = dice.choice([Boundary.MERGING, None, *Boundary])
        times = 1 if where is Boundary.MERGING else dice.randint(1, MOST)
        yield as_slack_takes_a_post if where is None else at(where, times)


def owed() -> Counter[str]:
    """Each rung of each case to whom it is told, by key; of the claimed one, the first."""
    return Counter(
        f"case:{number}:rung:1:{share}:0:{who}"
        for number in range(1, CASES + 1)
        for share, told in TOLD.items()
        for who in told
        if share == 50 or number != CLAIMED
    )


@pytest.mark.parametrize("seed", runs(share=1, whole=STORIES))
def test_killed_in_every_act_of_a_storm_it_tells_each_alarm_once_alone_or_in_a_row(
    seed: int, database: str, tmp_path: Path
) -> None:
    moments = boundaries(seed)
    with TrappedStage(tmp_path, MORNING, database) as stage:
        for act in STORY:
            stage.act(act, next(moments))
        assert stage.deaths.total(), "the traps are where the bot's work is"
        stand = Books(stage.slack, stage._engine).balance()
    assert Counter({key: n for key, n in stand.items() if key.startswith("case:") and ":rung:" in key}) == owed()
