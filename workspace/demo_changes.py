"""What a reader of the story is shown of a message: all of it when it is new, what changed when it was redrawn."""

from dataclasses import replace
from datetime import tzinfo
from difflib import SequenceMatcher

from rich.padding import Padding
from rich.text import Text

from workspace.model import Message
from workspace.render_text import body_lines, byline, indented, message_text
from workspace.state import State

UNCHANGED = Text("⋮", style="dim")


def new_message(state: State, message: Message, zone: tzinfo) -> Padding:
    """The whole of it; redrawn before anyone saw it, it is not an update of anything."""
    return message_text(state, replace(message, edited=None), zone)


def is_redrawn(state: State, before: Message, message: Message) -> bool:
    """Whether a reader sees a difference."""
    zone = state.clock().tzinfo
    return zone is not None and _plain(body_lines(state, before, zone)) != _plain(body_lines(state, message, zone))


def redrawn_message(state: State, before: Message, message: Message, zone: tzinfo) -> Padding:
    """Its first line and the lines that are others now; the rest is left out."""
    was, now = body_lines(state, before, zone), body_lines(state, message, zone)
    lines = [byline(state, replace(message, edited=None), zone).append("  (updated)", style="yellow")]
    for kind, _, _, start, end in SequenceMatcher(None, _plain(was), _plain(now), autojunk=False).get_opcodes():
        lines += _left_out(now, start, end) if kind == "equal" else now[start:end]
    return indented(message, lines)


def _left_out(now: list[Text], start: int, end: int) -> list[Text]:
    """Of a stretch that stayed as it was: the message's first line, and a sign that there is more."""
    return [*now[start:1], *([UNCHANGED] if end > max(start, 1) else [])]


def _plain(lines: list[Text]) -> list[str]:
    return [line.plain for line in lines]
