"""What is done about an open case: taken, given back, answered, changed, resolved; and the customer's check-in."""

from workspace.acting import card, form_of, press_newest
from workspace.controls import Choice
from workspace.people import Person
from workspace.stage import Stage

TRIAGE = "C0TRIAGE"


def claim(stage: Stage, who: Person, number: int) -> None:
    """The Claim button of the newest message about it in #triage."""
    press_newest(stage, who, TRIAGE, number, "Claim")


def take_by_eyes(stage: Stage, who: Person, number: int) -> None:
    """👀 on its card in #triage."""
    who.react(card(stage, TRIAGE, number), "eyes")
    stage.quiet()


def give_back(stage: Stage, who: Person, number: int) -> None:
    """The Give back button of its card in #triage."""
    press_newest(stage, who, TRIAGE, number, "Give back")


def write(stage: Stage, who: Person, channel: str, number: int, text: str) -> None:
    """A reply in the thread of its card in the customer's channel."""
    who.post(channel, text, card(stage, channel, number).ts)
    stage.quiet()


def resolve(stage: Stage, who: Person, number: int, note: str) -> None:
    """The Resolve… form of its card, with a line for the customer."""
    press_newest(stage, who, TRIAGE, number, "Resolve…")
    _send(stage, who, {"What was the matter, and what solved it?": note})


def change_priority(stage: Stage, who: Person, number: int, button: str, to: str, why: str) -> None:
    """The form behind a button that changes its priority (or severity), with the reason that the customer reads."""
    press_newest(stage, who, TRIAGE, number, button)
    _send(stage, who, {"From now on": to, "Why?": why})


def confirm(stage: Stage, who: Person, channel: str, number: int) -> None:
    """The newest check-in's I'm available."""
    press_newest(stage, who, channel, number, "I'm available")


def _send(stage: Stage, who: Person, answers: dict[str, Choice]) -> None:
    form = form_of(stage, who)
    who.fill(form, answers)
    who.submit(form)
    stage.quiet()
