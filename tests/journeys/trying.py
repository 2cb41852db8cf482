"""What people try, and how to see what came of it: what only they are told, and whether anything got out of hand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape

from workspace.model import JsonDict, Message, View
from workspace.people import Person
from workspace.pings import pings
from workspace.screen import Submission
from workspace.stage import Stage

BROKEN = {"invalid_blocks", "invalid_arguments", "msg_too_long", "no_text", "invalid_blocks_format"}
INVISIBLE = re.compile("[\u200b\u2068\u2069]")
"""What is put in to keep people's characters from having an effect."""


def told(stage: Stage, who: Person, act: Callable[[], object]) -> str:
    """What this person, and nobody else, reads after they did something."""
    before = len(stage.slack.ephemerals(who))
    act()
    stage.slack.wait_until(lambda: len(stage.slack.ephemerals(who)) > before)
    return shown(stage.slack.ephemerals(who)[-1])


def command(stage: Stage, who: Person, text: str, channel: str) -> str:
    """What `/case …` answers."""
    return told(stage, who, lambda: who.command("/case", text, channel))


def asked(stage: Stage, who: Person, act: Callable[[], object]) -> View:
    """The form that this person sees after they did something."""
    before = stage.slack.view_for(who)
    act()
    return stage.slack.wait_until(lambda: now if (now := stage.slack.view_for(who)) is not before else None)


def press_pinned(stage: Stage, who: Person, channel: str) -> View:
    """The pinned button; the form that takes the place of whatever was on the screen."""
    return asked(stage, who, lambda: who.press(stage.slack.messages(channel)[0], "Open a case"))


def only_error(done: Submission) -> str:
    """The one thing that the bot found wrong with a form."""
    assert done.sent
    assert len(done.errors) == 1, done
    return next(iter(done.errors.values()))


def shown(message: Message) -> str:
    """A message as it is read: what its blocks say or, without any, its text."""
    return as_read("\n".join(texts(message.blocks)) if message.blocks else message.text)


def as_read(source: str) -> str:
    """Slack's escapes undone; what no reader sees left out."""
    return INVISIBLE.sub("", unescape(source))


def page(view: View) -> str:
    """All words of a view but those in its fields."""
    return as_read("\n".join(texts(view.blocks)))


def texts(part: object) -> Iterator[str]:
    """Every text object's words inside blocks, in order; what stands in a field to be edited is no text object."""
    if isinstance(part, list):
        for each in part:
            yield from texts(each)
    elif isinstance(part, dict):
        if part.get("type") in {"mrkdwn", "plain_text"} and isinstance(part.get("text"), str):
            yield part["text"]
        else:
            for each in part.values():
                yield from texts(each)


def button(message: Message, action: str, value: str) -> Message:
    """The message with a button of the person's own making under it: Slack would never show it, a forger sends it."""
    made: JsonDict = {
        "type": "button",
        "action_id": action,
        "value": value,
        "text": {"type": "plain_text", "text": "?"},
    }
    return replace(message, blocks=[{"type": "actions", "block_id": "forged", "elements": [made]}])


def carrying(view: View, metadata: str) -> View:
    """The view with another id than the bot gave it."""
    return replace(view, body={**view.body, "private_metadata": metadata})


def harmless(stage: Stage) -> None:
    """Nothing that anybody typed pings, links, turns the writing around or was more than Slack takes."""
    refused = [(call.method, call.error, call.answer) for call in stage.slack.calls() if call.error in BROKEN]
    assert not refused
    for text, blocks in _bot_said(stage):
        called = pings(text, blocks)
        assert not called & {"!channel", "!here", "!everyone", "@U0MAX", "!subteam^S0EVIL"}, (text, blocks)
        everything = "\n".join([text, *texts(blocks)])
        assert "<https://evil" not in everything
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066\u2067]", everything)
        assert everything.count("\u2068") == everything.count("\u2069")


def _bot_said(stage: Stage) -> Iterator[tuple[str, list[JsonDict]]]:
    """Messages of every kind, and the views on people's screens."""
    state = stage.slack.state
    with state.lock:
        everywhere = [message for channel in state.channels.values() for message in channel.messages.values()]
        said = [message for message in (*everywhere, *state.ephemerals) if message.bot_id]
        yield from [(message.text, message.blocks) for message in said]
        yield from [("", view.blocks) for view in state.views.values()]
