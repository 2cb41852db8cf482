"""The few shapes of Block Kit that every surface is made of; Slack's limits are checked as they are built."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from cases.messages import Drawn
from cases.queues import Json
from handlers import view_size
from handlers.text import escape, fitting_length, inline_plain, paragraph, size, tidy

SECTION = 3000
"""Units of text that fit a section."""
SMALL_PRINT = 2000
"""Units of a text of small print."""
OPTION = 75
BLOCKS = 50
"""Of a message."""


def section(*lines: str, accessory: ButtonElement | None = None) -> SectionBlock:
    """A section of mrkdwn lines, empty ones left out; with one line that alone overflows, Slack's model refuses."""
    return SectionBlock(text=_mrkdwn(_joined(lines)), accessory=accessory)


def long_text(text: str, most: int = 5, empty: str = "—") -> list[SectionBlock]:
    """What a person wrote, over as many sections as it takes; beyond `most` of them it says how much is left out."""
    rest = tidy(text).strip()
    blocks: list[SectionBlock] = []
    while rest and len(blocks) < most - 1:
        piece = rest[: fitting_length(rest, SECTION)]
        blocks.append(section(escape(piece)))
        rest = rest[len(piece) :].lstrip("\n")
    if rest or not blocks:
        blocks.append(section(paragraph(rest, SECTION, empty=empty)))
    return blocks


def packed(lines: Iterable[str]) -> list[SectionBlock]:
    """Lines over as few sections as hold them, none broken; each line fits a section."""
    return [section(part) for part in _parts(lines, SECTION)]


def at_most(blocks: Sequence[Block], most: int, left_out: str) -> list[Block]:
    """So many of the blocks; where that isn't all of them, `left_out` (mrkdwn) says so in place of the last."""
    return [*blocks] if len(blocks) <= most else [*blocks[: most - 1], context(left_out)]


def context(*lines: str) -> ContextBlock:
    """Small print in mrkdwn, in as many texts as it takes; each line fits one, and ten of them a block."""
    return ContextBlock(elements=[_mrkdwn(part) for part in _parts(lines, SMALL_PRINT)])


def actions(*buttons: ButtonElement) -> ActionsBlock:
    """A row of buttons."""
    return ActionsBlock(elements=list(buttons))


def button(words: str, action: str, value: str, style: str | None = None) -> ButtonElement:
    """A button; style: `primary`, `danger` or none."""
    return ButtonElement(text=PlainTextObject(text=words, emoji=True), action_id=action, value=value, style=style)


def option(words: str, value: str, description: str = "") -> Option:
    """One choice of a menu, of radio buttons or of checkboxes."""
    said = PlainTextObject(text=inline_plain(description, OPTION)) if description else None
    return Option(text=PlainTextObject(text=fitted(words)), value=value, description=said)


def fitted(words: str, limit: int = OPTION) -> str:
    """Words of ours or of a policy where no markup is read, cut visibly when they are too long."""
    return words if size(words) <= limit and words.strip() else inline_plain(words, limit)


def drawn(text: str, blocks: Sequence[Block]) -> Drawn:
    """A message: its notification, and its blocks as plain JSON."""
    return Drawn(text, jsons(blocks))


def jsons(blocks: Iterable[Block]) -> list[Json]:
    """Blocks as plain JSON, each checked by its model."""
    return [block.to_dict() for block in blocks]


def modal(callback: str, title: str, blocks: Sequence[Block], submit: str | None, close: str, metadata: str) -> View:
    """A modal; `submit` is required where something is asked."""
    view = View(
        type="modal",
        callback_id=callback,
        title=PlainTextObject(text=title),
        blocks=list(blocks),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close),
        private_metadata=metadata,
    )
    return view_size.fitting(view)


def _parts(lines: Iterable[str], limit: int) -> list[str]:
    parts: list[str] = []
    for line in lines:
        if line and parts and size(parts[-1]) + 1 + size(line) <= limit:
            parts[-1] += f"\n{line}"
        elif line:
            parts.append(line)
    return parts


def _mrkdwn(text: str) -> MarkdownTextObject:
    return MarkdownTextObject(text=text, verbatim=True)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)
