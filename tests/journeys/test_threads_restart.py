"""The two threads of a case while the bot is killed with signal 9 in every act: nothing lost, nothing doubled."""

from collections import Counter
from pathlib import Path

import pytest

from tests.journeys.conftest import MORNING
from tests.journeys.moments import moments
from tests.journeys.p1_story import CUSTOMER_CARD, OPENING, TRIAGE_CARD, begins
from tests.journeys.restarting import Act, MortalStage
from tests.journeys.trying import shown
from workspace.model import Message


def writes(name: str, key: str, text: str) -> Act:
    """Under the message that the say of this key became; once, however often the act is repeated."""

    def act(stage: MortalStage) -> None:
        if _found(stage, name, key, text) is None:
            stage.person(name).post(stage.message(key).channel, text, stage.message(key).ts)
        stage.quiet()

    return act


def edits(name: str, key: str, text: str, into: str) -> Act:
    def act(stage: MortalStage) -> None:
        if message := _found(stage, name, key, text):
            stage.person(name).edit(message, into)
        stage.quiet()

    return act


def deletes(name: str, key: str, text: str) -> Act:
    def act(stage: MortalStage) -> None:
        if message := _found(stage, name, key, text):
            stage.person(name).delete(message)
        stage.quiet()

    return act


def _found(stage: MortalStage, name: str, key: str, text: str) -> Message | None:
    root, author = stage.message(key), stage.person(name).id
    replies = stage.slack.thread(root.channel, root.ts)
    return next((each for each in replies if each.user == author and each.text == text), None)


TALK: tuple[Act, ...] = (
    writes("Dana", CUSTOMER_CARD, "It is worse"),
    writes("Erin", TRIAGE_CARD, "!reply We are on it"),
    writes("Frank", TRIAGE_CARD, "internal"),
    edits("Dana", CUSTOMER_CARD, "It is worse", "It is better"),
    edits("Erin", TRIAGE_CARD, "!reply We are on it", "!reply We found it"),
    writes("Bob", CUSTOMER_CARD, "For me too"),
    deletes("Dana", CUSTOMER_CARD, "It is better"),
    deletes("Erin", TRIAGE_CARD, "!reply We found it"),
    writes("Frank", TRIAGE_CARD, "!reply Please try again"),
)


def told(stage: MortalStage) -> Counter[tuple[str, str]]:
    """What stands in the two threads in the end."""
    assert stage.unsaid() == []
    kinds = ("line:", "reply:")
    return Counter((message.channel, shown(message)) for key, message in stage.said() if key.startswith(kinds))


@pytest.mark.parametrize("seed", [0, 1])
def test_killed_in_every_act_of_a_talk_it_loses_nothing_and_says_nothing_twice(seed: int, tmp_path: Path) -> None:
    with MortalStage(tmp_path, MORNING) as stage:
        for act in (begins, *OPENING):
            stage.act(act)
        for act, moment in zip(TALK, moments(seed), strict=False):
            stage.act(act, moment)
        there = told(stage)

    def count(channel: str, *words: str) -> int:
        return sum(n for (where, said), n in there.items() if where == channel and all(w in said for w in words))

    assert sum(there.values()) == 6, there
    assert count("C0TRIAGE", "Dana", "Deleted by its author") == 1
    assert count("C0TRIAGE", "Bob", "For me too") == 1
    assert count("C0ACME", "Erin", "took this message back") == 1
    assert count("C0ACME", "Frank", "Please try again") == 1
