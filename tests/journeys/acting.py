"""What people of the stories do, and what stands where."""

import re

from workspace.model import Message, View
from workspace.people import Person
from workspace.screen import Submission
from workspace.stage import Stage

P1_ANSWERS = {"Which of your business resources can you still reach?": "None of them"}


def press_pinned(stage: Stage, who: Person, channel: str) -> View:
    """The pinned Open a case button; the form that opens."""
    who.press(stage.slack.messages(channel)[0], "Open a case")
    return form_of(stage, who)


def form_of(stage: Stage, who: Person) -> View:
    """The form on this person's screen, once it is there."""
    return stage.slack.wait_until(lambda: stage.slack.view_for(who))


def answer(stage: Stage, who: Person, element: str, choice: str) -> View:
    """Answer a question that changes the form; the form as it is redrawn."""
    before = form_of(stage, who)
    hash_before = before.hash
    who.choose(before, element, choice)
    return stage.slack.wait_until(
        lambda: now if (now := stage.slack.view_for(who)) and now.hash != hash_before else None
    )


def fill_p1(stage: Stage, dana: Person) -> View:
    """Everything of a Priority 1 but the commitment."""
    dana.fill(form_of(stage, dana), {"Title": "Nobody can sign in", "What happens?": "Since nine, everywhere."})
    answer(stage, dana, "Which product?", "Okta Service")
    return answer(stage, dana, *next(iter(P1_ANSWERS.items())))


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


def words(message: Message) -> str:
    """All that a message shows."""
    return f"{message.text}\n{re.sub(r'[{}]', ' ', str(message.blocks))}"


def said(stage: Stage, channel: str, *wanted: str) -> list[Message]:
    """The bot's messages in a channel that contain all of these words."""
    mine = (message for message in stage.slack.messages(channel) if message.bot_id)
    return [message for message in mine if all(word in words(message) for word in wanted)]


def only(messages: list[Message]) -> Message:
    """The one message that there must be."""
    assert len(messages) == 1, [message.text for message in messages]
    return messages[0]


def card(stage: Stage, channel: str, number: int = 1) -> Message:
    """The case's card in a channel: the bot's first message about it there."""
    return said(stage, channel, f"C-{number}")[0]
