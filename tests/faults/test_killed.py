"""Killed with signal 9 at each boundary of its work, a thousand times over, on both databases: zero lost, zero doubled.

Every story of a Priority 1 has the bot die in each of its acts: before it claims what is to be said and after, before
it commits anything and after, and when Slack has taken a post.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.faults.books import Books
from tests.faults.seeds import runs
from tests.faults.trapped import TrappedStage, boundaries
from tests.journeys.conftest import MORNING
from tests.journeys.p1_story import STORY
from tests.journeys.told import Told, is_of_the_deaths, play

AT_A_TRAP = 10
"""Of the deaths of a story: in the other acts the bot doesn't come to its trap, and dies when all is done."""
STORIES = 1000 // AT_A_TRAP
"""So many make a thousand deaths at a boundary, on each database."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("undisturbed")
    with TrappedStage(folder, MORNING, f"sqlite:///{folder / 'caseclock.db'}") as stage:
        return play(stage, [None] * len(STORY))


@pytest.mark.parametrize("seed", runs(share=1, whole=STORIES))
def test_killed_at_a_boundary_in_every_act_it_loses_nothing_and_says_nothing_twice(
    seed: int, undisturbed: Told, database: str, tmp_path: Path
) -> None:
    with TrappedStage(tmp_path, MORNING, database) as stage:
        survived = play(stage, boundaries(seed))
        assert stage.deaths.total() >= AT_A_TRAP / 2, "the traps are where the bot's work is"
        stand = Books(stage.slack, stage._engine).balance()
    wrongly, lost = survived.posts - undisturbed.posts, undisturbed.posts - survived.posts
    assert (wrongly, lost) == (Counter(), Counter()), "said twice or wrongly; and lost"
    assert survived == undisturbed
    assert sum(times for key, times in stand.items() if not is_of_the_deaths(key)) == undisturbed.posts.total()
