"""Where a customer's own workspace has the app, two bots go by its name in a shared channel. Only ours hears.

Slack sends a mention of theirs as a message like any other: to whoever wrote it, it is the mention that they meant.
"""

import re
from collections.abc import Collection

from cases.queues import Json
from handlers.front import Front
from handlers.incoming import WRITTEN
from handlers.payloads import part, word

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def as_meant(front: Front, body: Json) -> Json:
    """A message that calls a namesake, as the mention of our bot that it is meant to be; anything else as it came.

    In the thread of a case it stays a message: the team reads it there. Raises StorageUnavailable.
    """
    event = part(body, "event")
    if word(event, "type") != "message" or word(event, "subtype") not in WRITTEN or word(event, "bot_id"):
        return body
    called = set(MENTION.findall(word(event, "text")))
    if not called or front.directory.identity.user in called:
        return body
    namesakes = front.workspaces.bots_among(called)
    if not namesakes or _in_a_case(front, event):
        return body
    return {**body, "event": {**event, "type": "app_mention", "text": _renamed(front, word(event, "text"), namesakes)}}


def _in_a_case(front: Front, event: Json) -> bool:
    thread = word(event, "thread_ts")
    if not thread:
        return False
    with front.units() as uow:
        return uow.cases.by_thread(word(event, "channel"), thread) is not None


def _renamed(front: Front, text: str, namesakes: Collection[str]) -> str:
    ours = f"<@{front.directory.identity.user}>"
    return MENTION.sub(lambda found: ours if found[1] in namesakes else found[0], text)
