"""What tests' people do: Dana's Priority 1, in steps that a test can stop between."""

from workspace.acting import answer, form_of, press_pinned
from workspace.model import Message, View
from workspace.people import Person
from workspace.screen import Submission
from workspace.stage import Stage


def fill_p1(stage: Stage, dana: Person) -> View:
    """Everything of a Priority 1 but the commitment."""
    dana.fill(form_of(stage, dana), {"Title": "Nobody can sign in", "What happens?": "Since nine, everywhere."})
    answer(stage, dana, "Which product?", "Okta Service")
    return answer(stage, dana, "Which of your business resources can you still reach?", "None of them")


def commit(stage: Stage, dana: Person, backup: str | None = "U0BOB") -> Submission:
    """Tick the box, name Dana (and a backup), send the form."""
    form = form_of(stage, dana)
    dana.fill(form, {"open:consent": ["yes"], "open:available": dana.id, "open:backup": backup})
    done = dana.submit(form)
    stage.quiet()
    return done


def open_p1(stage: Stage) -> None:
    """Dana of Acme opens C-1 through the pinned button: Priority 1, Bob as her backup."""
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0ACME")
    fill_p1(stage, dana)
    commit(stage, dana)
    dana.close(form_of(stage, dana))


def only(messages: list[Message]) -> Message:
    """The one message that there must be."""
    assert len(messages) == 1, [message.text for message in messages]
    return messages[0]
