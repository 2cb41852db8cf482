"""What a manager writes for many channels, in Slack's own markup: it keeps its form and its links, and calls nobody."""

import re

from handlers.text import ENTITIES, ZERO_WIDTH, tidy

LINK = re.compile(
    r"<(?P<written>(?:https?://|mailto:)[^\s<>|]+)(?:\|(?P<words>[^<>|\n]+))?>"
    r"|(?P<bare>https?://[^\s<>|]*[^\s<>|.,;:!?)\]}'\"*_~`])"
)
"""A link as Slack writes it, or an address that stands alone."""
CALLING = re.compile(r"(?<=@)(?=channel\b|here\b|everyone\b)")


def announced(text: str) -> str:
    """For mrkdwn: bold, lists, code, emoji and links as written; `<!channel>`, groups and people are only words."""
    tidied, written, at = tidy(text).strip(), "", 0
    for found in LINK.finditer(tidied):
        written += _words(tidied[at : found.start()]) + _link(found)
        at = found.end()
    return written + _words(tidied[at:])


def _link(found: re.Match[str]) -> str:
    address = (found["written"] or found["bare"]).translate(ENTITIES)
    return f"<{address}|{_words(found['words'])}>" if found["words"] else f"<{address}>"


def _words(text: str) -> str:
    return CALLING.sub(ZERO_WIDTH, text).translate(ENTITIES)
