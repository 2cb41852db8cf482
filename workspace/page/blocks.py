"""Block Kit as HTML, for messages, modals and App Home; what can't be drawn is named where it would stand."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from workspace.forms import elements
from workspace.model import JsonDict
from workspace.page.control import FAMILIES, Control, Place
from workspace.page.markdown import markdown_html
from workspace.page.mrkdwn import phrase_html, plain_html, text_html, text_words
from workspace.page.reader import Reader
from workspace.page.rich_text import rich_text_html, unknown_parts
from workspace.page.templating import TEMPLATES
from workspace.page.texts import cannot

BLOCKS = {"section", "header", "divider", "image", "context", "actions", "input", "markdown", "rich_text"}
IN_CONTEXT = {"image", "mrkdwn", "plain_text"}
OWN_PICTURE = re.compile(r"data:image/[a-z+.-]+[;,].*|/(?![/\\]).*", re.DOTALL)
NEAR_WORDS = 80


def blocks_html(
    reader: Reader,
    blocks: list[JsonDict],
    values: dict[str, JsonDict] | None = None,
    errors: dict[str, str] | None = None,
    target: str = "",
) -> Markup:
    """Blocks that the server accepted. ``values`` as in ``view.state.values``, ``errors`` by block id; ``target`` is
    what the blocks belong to (a message's ts, a view's id): it begins every id, so give each one its own."""
    drawing = Drawing(reader, target, values or {}, errors or {})
    drawn = TEMPLATES.get_template("blocks.html").render(drawing=drawing, blocks=blocks)
    return Markup(drawn)  # noqa: S704 - the template escapes


def undrawn(blocks: list[JsonDict]) -> list[str]:
    """A sentence for each kind of thing that ``blocks_html`` can't draw."""
    found = [_block(block) for block in blocks if block.get("type") not in BLOCKS]
    known = [block for block in blocks if block.get("type") in BLOCKS]
    found += [_element(each) for _, each in elements(known) if each.get("type") not in FAMILIES]
    for block in known:
        if block["type"] == "context":
            found += [_element(each) for each in block["elements"] if each.get("type") not in IN_CONTEXT]
        if block["type"] == "rich_text":
            found += [f"{kind} in rich text" for kind in unknown_parts(block)]
    return [cannot(what) for what in dict.fromkeys(found)]


def _block(block: JsonDict) -> str:
    return f"a {block.get('type')} block"


def _element(element: JsonDict) -> str:
    return f"a {element.get('type')} element"


@dataclass(frozen=True)
class Drawing:
    """What the templates ask for while the blocks of one message or view are drawn."""

    reader: Reader
    target: str
    values: dict[str, JsonDict] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def draws(self, kind: str) -> bool:
        return kind in BLOCKS

    def draws_element(self, element: JsonDict) -> bool:
        return element.get("type") in FAMILIES

    def note(self, block: JsonDict) -> str:
        return cannot(_block(block))

    def element_note(self, element: JsonDict) -> str:
        return cannot(_element(element))

    def key(self, block: JsonDict, *more: str) -> str:
        """An id in the page: letters of a block's or an action's id that ids can't hold are written in others."""
        return "-".join(
            quote(part, safe=":", errors="surrogatepass")
            for part in (self.target, str(block.get("block_id", "")), *more)
        )

    def text(self, text: JsonDict) -> Markup:
        return text_html(self.reader, text)

    def phrase(self, text: JsonDict) -> Markup:
        return phrase_html(self.reader, text)

    def plain(self, text: JsonDict) -> Markup:
        return plain_html(text)

    def words(self, text: JsonDict) -> str:
        return text_words(self.reader, text)

    def rich_text(self, block: JsonDict) -> Markup:
        return rich_text_html(self.reader, block)

    def markdown(self, block: JsonDict) -> Markup:
        return markdown_html(block["text"])

    def picture(self, image: JsonDict) -> str | None:
        """Where a picture is loaded from; None: it lies outside of the page."""
        url = str(image["image_url"])
        return url if OWN_PICTURE.fullmatch(url) else None

    def error(self, block: JsonDict) -> str | None:
        return self.errors.get(block.get("block_id", ""))

    def control(self, block: JsonDict, element: JsonDict) -> Control:
        action_id = str(element.get("action_id", ""))
        held = self.values.get(str(block.get("block_id")), {}).get(action_id)
        return Control(self.reader, self._place(block, action_id), element, held)

    def _place(self, block: JsonDict, action_id: str) -> Place:
        key = self.key(block, action_id)
        near = text_words(self.reader, block["text"]) if block["type"] == "section" and "text" in block else ""
        described = [f"{key}-hint"] if "hint" in block else []
        described += [f"{key}-error"] if self.error(block) else []
        return Place(block, key, near[:NEAR_WORDS], " ".join(described) or None, bool(self.error(block)))
