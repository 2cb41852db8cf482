"""Moments for a bot to die in an act."""

import itertools
import random
import threading
from collections.abc import Iterator

from tests.journeys.restarting import Moment, MortalStage, Wait

LONGEST_SECONDS = 0.12
"""By then the first messages of an act are on their way."""


def between_acts(stage: MortalStage) -> Wait:
    """When all is done and said."""
    return lambda done: done.wait()


def after(seconds: float) -> Moment:
    """In the middle of whatever is going on by then: an event handled, a timer fired, a message on its way."""
    return lambda stage: lambda done: done.wait(seconds)


def as_slack_takes_a_post(stage: MortalStage) -> Wait:
    """Slack shows the message, and the bot never hears of it. In an act without one: when all is done."""
    before = len(stage.slack.calls())
    stage.slack.faults.drop("chat.postMessage", taken=True)

    def taken() -> bool:
        return any(call.error == "dropped" for call in stage.slack.calls()[before:])

    def wait(done: threading.Event) -> None:
        while not taken() and not done.wait(0.001):
            pass

    return wait


def moments(seed: int) -> Iterator[Moment]:
    """For ever, one an act: every other as Slack takes a post, the first of them by whether the seed is even."""
    dice = random.Random(seed)
    for turn in itertools.count(seed):
        anywhere = dice.choice((between_acts, after(dice.uniform(0, LONGEST_SECONDS))))
        yield anywhere if turn % 2 else as_slack_takes_a_post
