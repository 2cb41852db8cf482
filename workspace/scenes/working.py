"""What is done about an open case: taken, given back, answered, changed, resolved; and the customer's check-in."""

from workspace.acting import answer, card, form_of, press_newest
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


def resolve(stage: Stage, who: Person, number: int, note: str, kind: str = "The issue is resolved") -> None:
    """The Resolve… form of its card: the kind of solution, with a line for the customer."""
    press_newest(stage, who, TRIAGE, number, "Resolve…")
    _send(stage, who, {"How is it solved?": kind, "What was the matter, and what solved it?": note})


def helps(stage: Stage, who: Person, channel: str, number: int) -> None:
    """The customer's That helps, under the solution."""
    press_newest(stage, who, channel, number, "That helps")


def reopen(stage: Stage, who: Person, channel: str, number: int, why: str) -> None:
    """The customer's Reopen… form, under the solution."""
    press_newest(stage, who, channel, number, "Reopen…")
    _send(stage, who, {"What is still wrong?": why})


def rate(stage: Stage, who: Person, channel: str, number: int, stars: str, line: str) -> None:
    """The customer's Rate our help… form; `stars` as the form says them: `★★★★★ Very well`."""
    press_newest(stage, who, channel, number, "Rate our help…")
    _send(stage, who, {"How did it go?": stars, "Anything you'd like to tell us?": line})


def ask(stage: Stage, who: Person, number: int, question: str) -> None:
    """The Ask the customer… form of its card."""
    press_newest(stage, who, TRIAGE, number, "Ask the customer…")
    _send(stage, who, {"What do you need from them?": question})


def still_on_it(stage: Stage, who: Person, number: int) -> None:
    """The I'm on it button, under the question whether they are."""
    press_newest(stage, who, TRIAGE, number, "I'm on it")


def change_priority(stage: Stage, who: Person, number: int, button: str, to: str, why: str) -> None:
    """The form behind a button that changes its priority (or severity), with the reason that the customer reads."""
    press_newest(stage, who, TRIAGE, number, button)
    answer(stage, who, "From now on", to)
    _send(stage, who, {"Why?": why})


def confirm(stage: Stage, who: Person, channel: str, number: int) -> None:
    """The newest check-in's I'm available."""
    press_newest(stage, who, channel, number, "I'm available")


def _send(stage: Stage, who: Person, answers: dict[str, Choice]) -> None:
    form = form_of(stage, who)
    who.fill(form, answers)
    who.submit(form)
    stage.quiet()
