"""The ways into a case, each to its end: the form is filled in, sent and closed, and all that follows is said."""

import re

from workspace.acting import form_of, offers, press_pinned
from workspace.model import Message
from workspace.people import Person
from workspace.scenes.requests import Request
from workspace.stage import Stage

OPEN = "Open a case"


def by_button(stage: Stage, who: Person, channel: str, request: Request) -> int:
    """The pinned button; the new case's number."""
    press_pinned(stage, who, channel)
    return send(stage, who, request)


def by_offer(stage: Stage, who: Person, message: Message, request: Request) -> int:
    """The button that the bot put under a message; the new case's number."""
    stage.quiet()
    thread = stage.slack.thread(message.channel, message.ts)
    who.press(next(reply for reply in thread if reply.bot_id and offers(reply, OPEN)), OPEN)
    return send(stage, who, request)


def by_shortcut(stage: Stage, who: Person, message: Message, request: Request) -> int:
    """The shortcut in a message's menu, which support has; the new case's number."""
    who.shortcut("open_case", message)
    return send(stage, who, request)


def send(stage: Stage, who: Person, request: Request) -> int:
    """Fills in the form that is on the screen, sends it and reads on its last page which case it became.

    Raises:
        ValueError: it became none.
    """
    request.fill(stage, who)
    page = who.submit(form_of(stage, who)).view
    found = re.search(r"\bC-(\d+)\b", str(page.blocks)) if page else None
    if page is None or found is None:
        raise ValueError(f"no case was opened: {page.errors if page else 'the form closed'}")
    who.close(page)
    stage.quiet()
    return int(found[1])
