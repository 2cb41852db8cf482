"""Blocks as HTML: whatever the server accepts is drawn, has a name to call it by, and says what a press of it does."""

import json

import pytest

from tests.workspace.html_page import Tag, parsed
from tests.workspace.kit import actions, button, field, modal, plain, section, select, text_input
from tests.workspace.page_pieces import ELEMENTS, element, named, page
from tests.workspace.page_readers import MAX, STATE
from workspace.check_blocks import RULES
from workspace.check_elements import IN_ACTIONS, IN_INPUT, IN_SECTION
from workspace.check_payloads import accept_blocks, accept_view
from workspace.forms import EMPTY, starting_values
from workspace.model import JsonDict
from workspace.page.blocks import blocks_html, undrawn

CONFIRM = {
    "title": plain("Sure?"),
    "text": {"type": "mrkdwn", "text": "*Really*, <@U0MAX>?"},
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
BLOCKS: dict[str, JsonDict] = {
    "section": section("*words*", fields=[plain("a field")]),
    "header": {"text": plain("words")},
    "divider": {},
    "image": ELEMENTS["image"] | {"title": plain("words")},
    "context": {"elements": [plain("words"), {"type": "image", **ELEMENTS["image"]}]},
    "actions": actions(button("words")),
    "input": field("words", text_input()),
    "markdown": {"text": "# words"},
    "rich_text": {"elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "words"}]}]},
}


@pytest.mark.parametrize("kind", RULES)
def test_every_block_that_the_server_accepts_is_drawn(kind: str) -> None:
    block = {**BLOCKS[kind], "type": kind, "block_id": "b"}
    accepted = accept_blocks(STATE, [block])
    assert undrawn(accepted) == []
    seen = page(block)
    assert seen.one("div", data_block="b")["class"] == f"block block-{kind}"
    assert seen.all(class_="undrawn") == []
    assert "words" in seen.text.lower() or kind == "divider"


PLACES = [*((kind, "section") for kind in IN_SECTION), *((kind, "actions") for kind in IN_ACTIONS)]
PLACES += [(kind, "input") for kind in IN_INPUT]


@pytest.mark.parametrize(("kind", "place"), sorted(PLACES))
def test_every_element_that_the_server_accepts_is_drawn_and_has_a_name(kind: str, place: str) -> None:
    made = element(kind)
    blocks = {
        "section": section("Which?", block_id="b", accessory=made),
        "actions": actions(made, block_id="b"),
        "input": field("b", made),
    }
    accepted = accept_view(STATE, modal(blocks[place]), "modal")["blocks"]
    assert undrawn(accepted) == []
    seen = parsed(blocks_html(MAX, accepted, starting_values(accepted), {}, "v1"))
    assert seen.all(class_="undrawn") == []
    if kind == "image":
        assert seen.one("div", role="img")["aria-label"] == "a chart"
        return
    root = seen.one(data_action="it")
    assert root["data-type"] == kind
    assert ("data-dispatch" in root) == (kind in EMPTY and place != "input")
    assert named(seen, root)


def test_what_cannot_be_drawn_is_named_where_it_stands_and_in_a_list() -> None:
    blocks = [{"type": "video"}, actions({"type": "slider"}), field("f", {"type": "file_input"}), {"type": "video"}]
    video, slider, files = (
        f"This local Slack can't draw a {what} yet." for what in ("video block", "slider element", "file_input element")
    )
    assert undrawn(blocks) == [video, slider, files]
    notes = [note.text for note in parsed(blocks_html(MAX, blocks)).all("p", class_="undrawn")]
    assert notes == [video, slider, files, video]


def test_a_confirm_dialog_goes_along_as_words() -> None:
    press = page(actions(button("Close", style="danger", confirm={**CONFIRM, "style": "danger"}))).one("button")
    assert press["class"] == "button button-danger"
    assert json.loads(str(press["data-confirm"])) == {
        "title": "Sure?",
        "text": "Really, @Max?",
        "confirm": "Yes",
        "deny": "No",
        "style": "danger",
    }


def test_a_button_with_an_address_is_a_link_that_still_acts() -> None:
    link = page(actions(button("Open", url="https://x.example/?a=1&b=2"))).one("a")
    assert (link["href"], link["data-type"], link["target"]) == ("https://x.example/?a=1&b=2", "button", "_blank")
    assert page(actions(button("Open", url="javascript:x"))).one("button").text == "Open"


def test_what_was_chosen_in_an_element_that_is_gone_is_not_shown() -> None:
    old = {"it": {"type": "static_select", "selected_option": ELEMENTS["checkboxes"]["options"][0]}}
    shown = page(actions(element("datepicker", initial_date="2026-03-27"), block_id="b"), b=old)
    assert shown.one("input")["value"] == "2026-03-27"


def test_an_overflow_menu_folds_its_choices() -> None:
    menu = page(section(accessory=element("overflow"))).one("details", data_type="overflow")
    assert menu.one("summary")["aria-label"] == "More actions"
    assert [item["data-value"] for item in menu.all("button")] == ["high", "low"]


def test_a_picture_is_loaded_from_the_page_alone() -> None:
    def drawn(url: str) -> Tag:
        return page({"type": "image", "image_url": url, "alt_text": "a chart", "title": plain("Load")})

    assert drawn("https://x.example/p.png").all("img") == drawn("//x.example/p.png").all("img") == []
    assert drawn("https://x.example/p.png").one(role="img").text == "a chart"
    assert drawn("/static/p.png").one("img").attributes == {"src": "/static/p.png", "alt": "a chart"}
    assert drawn("data:image/png;base64,AAAA").one("figure").text.split() == ["Load"]


def test_ids_are_used_once_whatever_the_blocks_are_called() -> None:
    blocks = [section(block_id=name, accessory=select("1")) for name in ("a b", "a-b", "a%20b", "ä", '"><i>')]
    ids = [str(tag["id"]) for tag in page(*blocks).every() if "id" in tag]
    assert len(ids) == len(set(ids)) == 10
    assert not any(letter.isspace() for name in ids for letter in name)
