"""Whom a message calls."""

import re

from workspace.model import JsonDict

PING = re.compile(r"<(![a-z]+|!subteam\^\w+|@\w+)(?:\|[^<>]*)?>")


def pings(text: str, blocks: list[JsonDict]) -> set[str]:
    """Whom a message calls: ``@U…``, ``!channel``, ``!subteam^S…``. The text calls nobody where there are blocks."""
    if not blocks:
        return _called(text)
    return {call for block in blocks for source in _sources(block) for call in _called(source)}


def _called(source: str) -> set[str]:
    return {found for found in PING.findall(source) if found not in {"!date"}}


def _sources(part: object) -> list[str]:
    """Every mrkdwn text inside a block, and what rich text mentions."""
    if isinstance(part, list):
        return [source for item in part for source in _sources(item)]
    if not isinstance(part, dict):
        return []
    kind = part.get("type")
    if kind == "mrkdwn":
        return [str(part.get("text", ""))]
    if kind in RICH:
        return [RICH[kind].format(**part)]
    return [source for item in part.values() for source in _sources(item)]


RICH = {"user": "<@{user_id}>", "broadcast": "<!{range}>", "usergroup": "<!subteam^{usergroup_id}>"}
