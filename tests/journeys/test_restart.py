"""Killed with signal 9 wherever it may be, and started again: nothing is lost, and nothing is said twice."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cases.case import Case
from tests.journeys.conftest import MORNING
from tests.journeys.moments import moments
from tests.journeys.p1_story import STORY
from tests.journeys.restarting import Moment, MortalStage


@dataclass(frozen=True)
class Told:
    """All that a story leaves behind: what was said where, how it reads in the end, and what became of the case."""

    posts: Counter[tuple[str, str, str]]
    texts: dict[str, str]
    case: tuple[object, ...]
    history: list[tuple[str, str, str]]


def told(stage: MortalStage) -> Told:
    key_at = {(message.channel, message.ts): key for key, message in stage.said()}
    posts = Counter((m.channel, key_at.get((m.channel, m.thread_ts or ""), ""), key) for key, m in stage.said())
    texts = {key: re.sub(r"\d+", "#", message.text) for key, message in stage.said()}
    with stage.units() as uow:
        case, entries = uow.cases.get(1), uow.cases.history(1)
    history = [(entry.what, entry.who.user if entry.who else "", re.sub(r"\d+", "#", entry.why)) for entry in entries]
    return Told(posts, texts, state_of(case), history)


def state_of(case: Case) -> tuple[object, ...]:
    """All but instants, which a restart may shift by the seconds that a message was put off."""
    commitment, response = case.commitment, case.response
    assert commitment is not None
    return (
        case.revision,
        case.state,
        case.assignee,
        response and (response.person, response.how),
        case.breached_at,
        case.share_said,
        case.repeats_said,
        commitment.check_in,
        commitment.available,
        commitment.backup_asked,
        commitment.managers_told,
    )


def play(stage: MortalStage, moments: Iterable[Moment | None]) -> Told:
    """Act by act, the bot killed in each at its moment."""
    for act, moment in zip(STORY, moments, strict=False):
        stage.act(act, moment)
    assert stage.unsaid() == []
    return told(stage)


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
