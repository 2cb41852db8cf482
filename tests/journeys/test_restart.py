"""Killed with signal 9 wherever it may be, and started again: nothing is lost, and nothing is said twice."""

from collections import Counter
from pathlib import Path

import pytest

from tests.journeys.conftest import MORNING
from tests.journeys.moments import moments
from tests.journeys.p1_story import STORY
from tests.journeys.restarting import MortalStage
from tests.journeys.told import Told, play


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Told:
    with MortalStage(tmp_path_factory.mktemp("undisturbed"), MORNING) as stage:
        return play(stage, [None] * len(STORY))


@pytest.mark.parametrize("seed", [0])
def test_killed_in_every_act_of_a_case_it_loses_nothing_and_says_nothing_twice(
    seed: int, undisturbed: Told, tmp_path: Path
) -> None:
    with MortalStage(tmp_path, MORNING) as stage:
        survived = play(stage, moments(seed))
    assert survived.posts - undisturbed.posts == Counter(), f"said twice, or wrongly, with seed {seed}"
    assert undisturbed.posts - survived.posts == Counter(), f"lost with seed {seed}"
    assert survived == undisturbed, f"with seed {seed}"
