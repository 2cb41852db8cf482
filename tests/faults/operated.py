"""A stage with a channel for the operators, and what they are told there."""

from workspace.acting import said, words
from workspace.model import Message
from workspace.stage import OPERATORS, Stage


class OperatedStage(Stage):
    """Its settings name the operators' channel."""

    def prepare(self) -> None:
        self.slack.add_channel("operators", OPERATORS, members=["U0MAX"])
        super().prepare()


def told(stage: Stage, *words_in_it: str) -> list[Message]:
    """What the operators' channel holds, with these words."""
    return [m for m in said(stage, OPERATORS) if all(word in words(m) for word in words_in_it)]
