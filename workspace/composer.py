"""What Slack's composer makes of what a person types: text with entities, and the rich text that goes with it."""

import re
from html import escape, unescape

from workspace.model import JsonDict

ENTITY = re.compile(r"<(?:@[UW]\w+|#C\w+|![^<>]+|https?://[^<>\s]+)>")


def composed(text: str) -> str:
    """The message text: real entities (a person picked them) stay, every other ``& < >`` is escaped."""
    done, last = "", 0
    for found in ENTITY.finditer(text):
        done += escape(text[last : found.start()], quote=False) + found.group()
        last = found.end()
    return done + escape(text[last:], quote=False)


def rich_text(text: str) -> list[JsonDict]:
    """The block that Slack stores with a composed text."""
    parts: list[JsonDict] = []
    last = 0
    for found in ENTITY.finditer(text):
        parts += _plain(text[last : found.start()])
        parts.append(_entity(found.group()[1:-1]))
        last = found.end()
    parts += _plain(text[last:])
    return [{"type": "rich_text", "block_id": "typed", "elements": [{"type": "rich_text_section", "elements": parts}]}]


def _plain(text: str) -> list[JsonDict]:
    return [{"type": "text", "text": unescape(text)}] if text else []


def _entity(inside: str) -> JsonDict:
    if inside.startswith("@"):
        return {"type": "user", "user_id": inside[1:]}
    if inside.startswith("#"):
        return {"type": "channel", "channel_id": inside[1:]}
    if inside in ("!channel", "!here", "!everyone"):
        return {"type": "broadcast", "range": inside[1:]}
    return {"type": "text", "text": inside} if inside.startswith("!") else {"type": "link", "url": inside}
