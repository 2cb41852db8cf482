"""Harbour, on a programme of its own with every clock that one may add."""

from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from cases.accounts import Account
from cases.linking import welcomes
from cases.ports import Policies
from policies.loader import load_policies
from workspace.prepared import shipped
from workspace.scenes.requests import Request
from workspace.scenes.ways_in import by_button
from workspace.stage import SUPPORT, Stage

FOLDER = Path(__file__).parent.parent / "data" / "harbour"
HARBOUR = Account(0, "Harbour", "harbour", "care", "America/New_York", ("C0HARBOUR",), ("T0HARBOUR",))
ANSWERS = {1: "Everyone", 2: "Some of us", 3: "It can wait", 4: "Nobody"}


class HarbourStage(Stage):
    """As `Stage`, with Harbour, its people and its programme beside the shipped ones."""

    @cached_property
    def policies(self) -> Policies:
        """Those that are shipped, and Harbour's."""
        return MappingProxyType({**shipped(), **load_policies(FOLDER)})

    def prepare(self) -> None:
        """Before the bot begins."""
        super().prepare()
        add_people(self)
        link(self)


def add_people(stage: Stage) -> None:
    """Hana, and a channel with her."""
    stage.slack.add_team("Harbour")
    hana = stage.slack.add_user("Hana", "T0HARBOUR")
    stage.slack.add_channel("harbour-support", "C0HARBOUR", ["T0HARBOUR"], [hana, *SUPPORT])


def link(stage: Stage) -> None:
    """The channel becomes Harbour's, and a bot that is up hears of it."""
    with stage.units() as uow:
        for say in welcomes(uow.accounts.put(HARBOUR)):
            uow.outbox.add(say)
    stage.wake()


def open_case(stage: Stage, priority: int = 2) -> int:
    """Hana opens a case of this priority through the pinned button; its number."""
    typed = {"Title": "The crane won't move", "What happens?": "Since this morning."}
    return by_button(stage, stage.person("Hana"), "C0HARBOUR", Request({"Who is affected?": ANSWERS[priority]}, typed))
