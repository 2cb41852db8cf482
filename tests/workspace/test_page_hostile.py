"""Whatever is written into messages and forms, the page holds no tag, attribute or link that it did not make itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.workspace.html_page import Tag, parsed
from tests.workspace.kit import actions, button, field, plain, section, text_input
from tests.workspace.page_readers import MAX
from workspace.model import JsonDict
from workspace.page.blocks import blocks_html
from workspace.page.markdown import markdown_html
from workspace.page.mrkdwn import mrkdwn, phrase_html, text_html
from workspace.page.rich_text import rich_text_html

OURS = {
    "b": set(),
    "i": set(),
    "s": set(),
    "br": set(),
    "code": set(),
    "pre": set(),
    "blockquote": set(),
    "div": {"class"},
    "span": {"class", "role", "aria-label", "title"},
    "a": {"class", "href", "rel", "target"},
    "time": {"datetime", "title"},
}
CLASSES = {"mention", "mention me", "item", "item-mark", "emoji", "rich", None}
CHARACTERS = list("<>&\"'*_~`|^:{}=/ \n\t\r\x00ab1\u200b\u2068\ud800")
MARKUP = ["```", "&lt;", "&gt;", "&amp;", "&#x3c;", "> ", "• ", "1. ", "<@U0MAX", "<#C0ACME", "<!subteam^", ":eyes:"]
DATES = ["<!date^1774602000^", "{date}", "{time}", "|x>"]
ATTACKS = ["<script>", "</div>", "<!--", "<img src=x onerror=y>", ' onclick="x"']
LINKS = [
    "javascript:",
    "data:",
    "<https://x.example/",
    "<mailto:",
    "<https://a.slack.com/archives/C0ACME/p1774602000000100",
]
PIECES = st.sampled_from([*CHARACTERS, *MARKUP, *DATES, *ATTACKS, *LINKS])
HOSTILE = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


def only_ours(html: Markup) -> Tag:
    seen = parsed(html)
    for tag in seen.every():
        assert tag.attributes.keys() <= OURS[tag.name], tag
        assert tag.attributes.get("class") in CLASSES
        assert str(tag.attributes.get("href", "http://")).startswith(
            ("https://", "http://", "mailto:", "/?as=U0MAX&in=C")
        )
        assert tag.attributes.get("target", "_blank") == "_blank"
    return seen


@given(HOSTILE)
def test_no_text_becomes_a_tag_or_attribute_of_its_own(source: str) -> None:
    only_ours(mrkdwn(MAX, source))
    only_ours(phrase_html(MAX, {"type": "mrkdwn", "text": source}))


@given(HOSTILE.filter(lambda text: ":" not in text and "&" not in text))
def test_plain_text_reads_as_it_was_typed(source: str) -> None:
    assert only_ours(text_html(MAX, {"type": "plain_text", "text": source})).text == source


@given(HOSTILE)
def test_rich_text_reads_as_it_was_typed(source: str) -> None:
    parts = [{"type": "text", "text": source}, {"type": "link", "url": source, "text": "x"}]
    block = {"elements": [{"type": "rich_text_section", "elements": parts}]}
    assert only_ours(rich_text_html(MAX, block)).text.startswith(source)


@given(HOSTILE)
def test_markdown_holds_no_tag_or_link_of_its_own(source: str) -> None:
    for tag in parsed(markdown_html(source)).every():
        assert tag.name not in {"script", "img", "svg", "style", "iframe"}
        assert tag.attributes.keys() <= {"href", "title", "rel", "target", "start", "class"}
        assert str(tag.attributes.get("href", "http://")).startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize("piece", ["*_~", "*a ", "`", "<", "> ", ":a:", "*a* ~", "```", "\n• ", "_*x*_ "])
def test_a_message_of_the_greatest_length_is_drawn(piece: str) -> None:
    source = (piece * 40_000)[:40_000]
    assert only_ours(mrkdwn(MAX, source)).text


def everywhere(words: str) -> list[JsonDict]:
    """Every kind of element with these words wherever a bot could put them."""
    text, marked = plain(words), {"type": "mrkdwn", "text": words}
    offered = [{"text": marked, "value": words, "description": marked}]
    confirm = {"title": text, "text": marked, "confirm": text, "deny": text}
    press = button(words, words, value=words, url=words, confirm=confirm, accessibility_label=words)
    menu = {"action_id": words, "placeholder": text, "option_groups": [{"label": text, "options": offered}]}
    image = {"type": "image", "image_url": words, "alt_text": words, "title": text}
    return [
        section(words, block_id=words, accessory=press, fields=[marked, text]),
        {"type": "header", "block_id": "h", "text": text},
        {"type": "context", "block_id": "c", "elements": [marked, image]},
        image | {"block_id": "i"},
        {"type": words, "block_id": "u"},
        actions({"type": words}, {"type": "overflow", "options": offered}, block_id="a"),
        *(actions({"type": kind, **menu}, block_id=kind) for kind in ("static_select", "multi_static_select")),
        *(actions({"type": kind, "options": offered}, block_id=kind) for kind in ("radio_buttons", "checkboxes")),
        field("f", text_input(words, initial_value=words, placeholder=text), label=text, hint=text),
        field("l", text_input(words, initial_value=words, multiline=True), label=text),
    ]


@given(HOSTILE)
def test_blocks_hold_nothing_but_their_own_tags(words: str) -> None:
    seen = parsed(blocks_html(MAX, everywhere(words), {}, {"f": words}, words))
    usual = parsed(blocks_html(MAX, everywhere("x"), {}, {"f": "x"}, "x"))
    made = {tag.name for tag in usual.every()} | OURS.keys() | {"img"}
    for tag in seen.every():
        assert tag.name in made
        assert not any(name.startswith("on") or name == "style" for name in tag.attributes)
    assert next(tag["data-block"] for tag in seen.all("div") if "data-block" in tag) == words
    assert seen.one("textarea").text.removeprefix("\n") == words
    assert seen.one("input", type_="text")["value"] == words


@given(HOSTILE)
def test_no_picture_comes_from_outside(url: str) -> None:
    image = {"type": "image", "block_id": "i", "image_url": url, "alt_text": "what it shows"}
    for picture in parsed(blocks_html(MAX, [image])).all("img"):
        assert str(picture["src"]).startswith(("/", "data:image/"))
        assert not str(picture["src"]).replace("\\", "/").startswith("//")
