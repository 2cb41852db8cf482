"""A message's text as it reads in Slack, without the markup that Slack puts around people, places and links."""

import re
from collections.abc import Callable

from handlers.payloads import typed

ENTITY = re.compile(r"<([^<>]+)>")

NameOf = Callable[[str], str]
"""The name of a person by Slack id; empty where it isn't known."""


def plain(text: str, name_of: NameOf) -> str:
    """Whoever was called is named and not called again; links are shown as their address, never as other words."""
    return typed(ENTITY.sub(lambda found: _read(found[1], name_of), text))


def _read(inside: str, name_of: NameOf) -> str:
    target, _, words = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{name_of(target[1:]) or words or 'someone'}"
        case "#":
            return f"#{words or 'channel'}"
        case "!":
            return _called(target[1:], words)
        case _:
            return target.removeprefix("mailto:")


def _called(name: str, words: str) -> str:
    """`!here`, `!subteam^S1`, `!date^…`: what Slack shows for it."""
    return words or f"@{name.partition('^')[0]}"
