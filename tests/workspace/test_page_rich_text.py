"""What the composer makes, and Markdown, as HTML."""

from tests.workspace.html_page import parsed
from tests.workspace.page_readers import MAX
from workspace.model import JsonDict
from workspace.page.markdown import markdown_html
from workspace.page.rich_text import rich_text_html

RICH: JsonDict = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "<b> *raw*", "style": {"bold": True, "code": True}},
                {"type": "user", "user_id": "U0MAX"},
                {"type": "channel", "channel_id": "C0ACME"},
                {"type": "usergroup", "usergroup_id": "S0ONCALL"},
                {"type": "broadcast", "range": "here"},
                {"type": "emoji", "name": "wave", "skin_tone": 3},
                {"type": "link", "url": "https://x.example", "text": "x"},
                {"type": "link", "url": "javascript:x", "text": "y"},
                {"type": "date", "timestamp": 1774602000, "format": "{time}"},
                {"type": "color", "value": "#ff0000"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "offset": 2,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "third"}]}],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "dot"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a\n  b"}]},
    ],
}


def test_rich_text_has_all_that_the_composer_knows() -> None:
    seen = parsed(rich_text_html(MAX, RICH))
    assert seen.one("div", class_="rich").text == "<b> *raw*@Max#acme-support@oncall@here👋🏼xy12:00 PM#ff0000"
    assert seen.one("b").one("code").text == "<b> *raw*"
    assert seen.one("ol")["start"] == "3"
    assert seen.one("ol")["class"] == "rich-list indent-1"
    assert [item.text for item in seen.all("li")] == ["third", "dot"]
    assert seen.one("blockquote").text == "said"
    assert seen.one("pre").text == "a\n  b"
    assert [link["href"] for link in seen.all("a")] == ["/?as=U0MAX&in=C0ACME", "https://x.example"]
    assert seen.one("rect")["fill"] == "#ff0000"


def test_a_colour_that_is_none_is_only_told() -> None:
    part = {"type": "color", "value": "url(https://x.example)"}
    seen = parsed(rich_text_html(MAX, {"elements": [{"type": "rich_text_section", "elements": [part]}]}))
    assert seen.text == "url(https://x.example)"
    assert seen.all("svg") == []


def test_markdown_is_drawn_without_html_or_pictures_of_others() -> None:
    seen = parsed(
        markdown_html(
            "# Hi\n**b** <b>x</b> [l](https://x.example) [j](javascript:x) [f](ftp://x.example) ![p](https://x.example/p.png)"
        )
    )
    assert seen.one("h1").text == "Hi"
    assert seen.one("strong").text == "b"
    assert seen.all("img") == seen.all("b") == seen.all("script") == []
    assert {link["rel"] for link in seen.all("a")} == {"noopener noreferrer nofollow"}
    assert {link["href"] for link in seen.all("a")} == {"https://x.example", "https://x.example/p.png"}


def test_a_markdown_table_aligns_its_columns_without_styles() -> None:
    seen = parsed(markdown_html("| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert [(cell.text, cell.attributes) for cell in seen.all("td")] == [("1", {}), ("2", {"class": "align-right"})]
