"""A stage with a channel for the operators, and what they are told there."""

import time
from collections.abc import Callable

from bot.wiring import Caseclock
from workspace.acting import said, words
from workspace.model import Message
from workspace.stage import OPERATORS, Stage


class OperatedStage(Stage):
    """Its settings name the operators' channel."""

    def prepare(self) -> None:
        self.slack.add_channel("operators", OPERATORS, members=["U0MAX"])
        super().prepare()

    @property
    def bot(self) -> Caseclock:
        assert self._bot is not None
        return self._bot

    def until(self, predicate: Callable[[], object]) -> None:
        """Nothing in Slack changes by what is waited for."""
        until = time.monotonic() + 20
        while not predicate():
            assert time.monotonic() < until, "it never is so"
            self.bot.wake()
            time.sleep(0.01)


def told(stage: Stage, *words_in_it: str) -> list[Message]:
    """What the operators' channel holds, with these words."""
    return [m for m in said(stage, OPERATORS) if all(word in words(m) for word in words_in_it)]
