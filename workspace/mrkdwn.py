"""Slack's mrkdwn for a terminal: names for mentions, dates in the reader's zone, styles; and whom a message pings."""

import re
from dataclasses import dataclass
from datetime import tzinfo
from html import unescape

from rich.emoji import Emoji
from rich.text import Text

from workspace.dates import formatted
from workspace.model import JsonDict
from workspace.state import State

ENTITY = r"<([^<>]+)>"
SPANS = (
    (re.compile(r"```(.+?)```", re.DOTALL), "green"),
    (re.compile(r"`([^`\n]+)`"), "green"),
    (re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)"), "bold"),
    (re.compile(r"(?<!\w)_([^_\n]+)_(?!\w)"), "italic"),
    (re.compile(r"(?<!\w)~([^~\n]+)~(?!\w)"), "strike"),
)
ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
PING = re.compile(r"<(![a-z]+|!subteam\^\w+|@\w+)(?:\|[^<>]*)?>")


@dataclass(frozen=True)
class Reader:
    """Who reads: names come from ``state``, times are told in ``zone``."""

    state: State
    zone: tzinfo

    def mrkdwn(self, source: str) -> Text:
        """Formatted text."""
        spans = [(found, style) for pattern, style in SPANS if (found := pattern.search(source))]
        if not spans:
            return self._entities(source)
        found, style = min(spans, key=lambda span: span[0].start())
        before, after = self._entities(source[: found.start()]), self.mrkdwn(source[found.end() :])
        inside = Text(unescape(found[1])) if style == "green" else self.mrkdwn(found[1])
        inside.stylize(style)
        return Text.assemble(before, inside, after)

    def _entities(self, source: str) -> Text:
        done, last = Text(), 0
        for found in re.finditer(ENTITY, source):
            done.append(_emoji(source[last : found.start()]))
            done.append(self.entity(found[1]), style="cyan")
            last = found.end()
        return done.append(_emoji(source[last:]))

    def entity(self, inside: str) -> str:
        """What stands between ``<`` and ``>``, in words."""
        if inside.startswith("!date^"):
            _, epoch, pattern, *_ = inside.partition("|")[0].split("^")
            return formatted(int(epoch), pattern, self.zone, self.state.clock())
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return f"@{self.name(target[1:])}"
        if target.startswith("#"):
            channel = self.state.channels.get(target[1:])
            return f"#{channel.name if channel else target[1:]}"
        if target.startswith("!subteam^"):
            group = self.state.groups.get(target.removeprefix("!subteam^"))
            return f"@{group.handle if group else target}"
        if target.startswith("!"):
            return f"@{target[1:]}"
        return unescape(f"{label} ({target})" if label else target)

    def name(self, user_id: str) -> str:
        user = self.state.users.get(user_id)
        return user.name if user else user_id


def plain(source: str) -> Text:
    """A ``plain_text`` object's words: nothing is formatted but emoji names."""
    return Text(_emoji(source))


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


def _emoji(source: str) -> str:
    """Terminals count the invisible marks around names of unknown direction as letters."""
    return Emoji.replace(unescape(source).translate(ISOLATES))
