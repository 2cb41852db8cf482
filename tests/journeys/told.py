"""A story played with deaths in it, and all that it leaves behind, to be held against the same without them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cases.case import Case
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
    said = [(key, message) for key, message in stage.said() if not is_of_the_deaths(key)]
    key_at = {(message.channel, message.ts): key for key, message in said}
    posts = Counter((m.channel, key_at.get((m.channel, m.thread_ts or ""), ""), _key(key)) for key, m in said)
    texts = {_key(key): re.sub(r"\d+", "#", message.text) for key, message in said}
    with stage.units() as uow:
        case, entries = uow.cases.get(1), uow.cases.history(1)
    history = [(entry.what, entry.who.user if entry.who else "", re.sub(r"\d+", "#", entry.why)) for entry in entries]
    return Told(posts, texts, state_of(case), history)


def is_of_the_deaths(key: str) -> bool:
    """What the operators hear of a bot that died with something in hand, by a clock that jumps on over minutes."""
    return key.startswith("trouble:")


def _key(key: str) -> str:
    """Without the ts of somebody's message, which depends on what else was said at its second."""
    return re.sub(r"\d{10}\.\d{6}", "ts", key)


def state_of(case: Case) -> tuple[object, ...]:
    """All but instants, which a restart may shift by the seconds that a message was put off."""
    commitment, response = case.commitment, case.response
    assert commitment is not None
    return (
        case.revision,
        case.state,
        case.assignee,
        response and (response.person, response.how),
        case.breached_at and case.breached_at - case.opened_at,
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
