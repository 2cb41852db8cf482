"""What people of a story do in a few steps each, waiting for what comes of it; and finding what stands where."""

import re

from workspace.forms import elements
from workspace.model import Message, View
from workspace.people import Person
from workspace.stage import Stage


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


def words(message: Message) -> str:
    """All that a message shows."""
    return f"{message.text}\n{re.sub(r'[{}]', ' ', str(message.blocks))}"


def said(stage: Stage, channel: str, *wanted: str) -> list[Message]:
    """The bot's messages in a channel that contain all of these words, oldest first."""
    mine = (message for message in stage.slack.messages(channel) if message.bot_id)
    return [message for message in mine if all(word in words(message) for word in wanted)]


def about(stage: Stage, channel: str, number: int) -> list[Message]:
    """The bot's messages about a case in a channel, oldest first."""
    reference = re.compile(rf"\bC-{number}\b")
    return [message for message in said(stage, channel) if reference.search(words(message))]


def card(stage: Stage, channel: str, number: int = 1) -> Message:
    """The case's card in a channel: the bot's first message about it there."""
    return about(stage, channel, number)[0]


def offers(message: Message, button: str) -> bool:
    """There is such a button to press."""
    return any(element.get("text", {}).get("text") == button for _, element in elements(message.blocks))


def press_newest(stage: Stage, who: Person, channel: str, number: int, button: str) -> None:
    """Presses a button on the newest message about a case that has it, and waits until all is said."""
    who.press([message for message in about(stage, channel, number) if offers(message, button)][-1], button)
    stage.quiet()
