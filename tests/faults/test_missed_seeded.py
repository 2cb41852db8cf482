"""What people do while the bot comes and goes, at random: each line crosses once as it stands in the end, and nobody
has a case that they let go."""

import random
from pathlib import Path

import pytest

from tests.faults.books import Books
from tests.faults.recovering import back, case_of
from tests.faults.seeds import runs
from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said
from workspace.model import Message
from workspace.people import Person
from workspace.stage import Stage

ACTS = 18


class Story:
    """Dana writes, edits and deletes; Erin puts 👀 on and takes it off, or gives the case back by its button; the bot
    is up and down, and Slack forgets what it can't deliver."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.dice = stage, random.Random(seed)
        self.lines: dict[str, tuple[Message, str]] = {}
        self.deleted: list[str] = []
        self.is_up = True
        self.let_go = False
        """The last that Erin did about the case was to let it go, and the bot heard it."""
        self.dana: Person = stage.person("Dana")
        self.erin: Person = stage.person("Erin")

    def act(self) -> None:
        """One of them does something; a line is written most often."""
        deeds = (self._writes, self._edits, self._deletes, self._reacts, self._gives_back, self._bot)
        self.dice.choice(deeds)()
        if self.is_up:
            self.stage.quiet()
        self.stage.move(minutes=self.dice.randint(1, 3))

    def ends(self) -> None:
        """The bot is there, and has read what it missed."""
        if self.is_up:
            self.stage.stop_bot()
        back(self.stage)

    def _writes(self) -> None:
        name = f"Line-{len(self.lines) + len(self.deleted)}."
        self.lines[name] = (self.dana.post("C0ACME", name, card(self.stage, "C0ACME").ts), name)

    def _edits(self) -> None:
        if self.lines:
            name, (message, _) = self.dice.choice(list(self.lines.items()))
            text = f"{name} as of {self.stage.clock.now():%H%M}."
            self.dana.edit(message, text)
            self.lines[name] = (message, text)

    def _deletes(self) -> None:
        if self.lines:
            name = self.dice.choice(list(self.lines))
            self.dana.delete(self.lines.pop(name)[0])
            self.deleted.append(name)

    def _reacts(self) -> None:
        message = card(self.stage, "C0TRIAGE")
        on = self.erin.id not in message.reactions.get("eyes", [])
        (self.erin.react if on else self.erin.unreact)(message, "eyes")
        self.let_go = self.is_up and not on

    def _gives_back(self) -> None:
        if self.is_up and case_of(self.stage).assignee is not None:
            self.erin.press(card(self.stage, "C0TRIAGE"), "Give back")
            self.let_go = True

    def _bot(self) -> None:
        if self.is_up:
            self.stage.stop_bot()
        else:
            back(self.stage)
        self.is_up = not self.is_up


@pytest.mark.parametrize("seed", runs(share=1, whole=40))
def test_whatever_is_missed_all_stands_there_once_and_nobody_has_what_they_let_go(tmp_path: Path, seed: int) -> None:
    with Stage(tmp_path, MORNING) as stage:
        stage.slack.hub.forgets = True
        open_p1(stage)
        story = Story(stage, seed)
        for _ in range(ACTS):
            story.act()
        story.ends()
        for name, (_, text) in story.lines.items():
            assert len(said(stage, "C0TRIAGE", name)) == len(said(stage, "C0TRIAGE", text)) == 1, text
        assert [name for name in story.deleted if said(stage, "C0TRIAGE", name)] == []
        assert not story.let_go or case_of(stage).assignee is None
        Books(stage.slack, stage._engine).balance()
