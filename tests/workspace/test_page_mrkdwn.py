"""mrkdwn as HTML: what Slack formats, what it leaves alone, and nothing that anybody could smuggle in."""

import pytest

from tests.workspace.html_page import Tag, parsed
from tests.workspace.kit import actions, button, section
from tests.workspace.page_readers import DANA, MAX
from workspace.model import JsonDict
from workspace.page.mrkdwn import mrkdwn, phrase_html, text_html, text_words
from workspace.page.reader import Reader
from workspace.pings import pings


def drawn(source: str, reader: Reader = MAX) -> Tag:
    return parsed(mrkdwn(reader, source))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*bold*, _slanted_ and ~gone~", "<b>bold</b>, <i>slanted</i> and <s>gone</s>"),
        ("*a _b ~c~_*", "<b>a <i>b <s>c</s></i></b>"),
        ("~*Half* of the time~ *C-1*", "<s><b>Half</b> of the time</s> <b>C-1</b>"),
        ("(*bold*).", "(<b>bold</b>)."),
        ("*a\nb*", "*a<br>b*"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("* not this * nor *this", "* not this * nor *this"),
        ("*:eyes:* *never", None),
        ("`*code* <@U0MAX> :eyes:`", "<code>*code* &lt;@U0MAX&gt; :eyes:</code>"),
        ("*see `a*b`*", "<b>see <code>a*b</code></b>"),
        ("before\n```\n*a*\n\n b\n```\nafter", "before<pre>*a*\n\n b</pre>after"),
        ("```one line```", "<pre>one line</pre>"),
        ("&lt;b&gt; &amp;lt; &quot;", "&lt;b&gt; &amp;lt; &amp;quot;"),
        ("> one\n> *two*\nnot", "<blockquote>one<br><b>two</b></blockquote>not"),
        ("&gt; one\nnot", "<blockquote>one</blockquote>not"),
        ("a\n&gt;&gt;&gt; all\nof it", "a<blockquote>all<br>of it</blockquote>"),
        ("a &gt; b", "a &gt; b"),
        ("\u200b*a* and *b\u200b*", "\u200b*a* and *b\u200b*"),
    ],
)
def test_formatting_is_as_strict_as_slacks(source: str, html: str | None) -> None:
    if html is not None:
        assert mrkdwn(MAX, source) == html
    else:
        assert drawn(source).one("b").text == "👀"


@pytest.mark.parametrize("mark", ["•", "-", "12."])
def test_a_typed_list_hangs_beside_its_marks(mark: str) -> None:
    (item,) = drawn(f"Then:\n{mark} do *this*\nand that").all("div", class_="item")
    assert item.one(class_="item-mark").text == mark
    assert item.one("b").text == "this"


def test_marks_that_were_broken_on_purpose_stay_as_typed() -> None:
    source = "\u200b*bold\u200b* \u200b`code\u200b` \u200b_x\u200b_\n\u200b&gt; quoted\n\u200b• item :\u200beyes:"
    assert {tag.name for tag in drawn(source).every()} == {"br"}


def test_what_isolates_right_to_left_names_is_kept() -> None:
    assert drawn("*C-1* · \u2068שלום\u2069").text == "C-1 · \u2068שלום\u2069"


def test_people_and_groups_are_named_and_ones_own_mention_stands_out() -> None:
    seen = drawn("<@U0MAX> asks <@U0DANA|x>, <!subteam^S0ONCALL> and <!here|here>, not <@U0GONE>")
    assert seen.text == "@Max asks @Dana, @oncall and @here, not @U0GONE"
    assert [tag["class"] for tag in seen.all("span")] == [
        "mention me",
        "mention",
        "mention me",
        "mention me",
        "mention",
    ]
    assert "me" not in str(drawn("<!subteam^S0ONCALL>", DANA).one("span")["class"]).split()


def test_a_channel_is_a_link_for_its_members_and_a_secret_for_those_who_may_not_know_it() -> None:
    assert drawn("<#C0ACME>").one("a")["href"] == "/?as=U0MAX&in=C0ACME"
    assert drawn("<#C0BOARD|board>", DANA).text == "#private-channel"
    assert drawn("<#C0LOUNGE>", DANA).text == "#private-channel"
    assert drawn("<#C0NOWHERE|plans>").text == "#plans"


def test_a_link_opens_outside_and_tells_nobody_where_it_was() -> None:
    link = drawn("<https://x.example/?a=1&amp;b=2|a *page*>").one("a")
    assert link.attributes == {
        "href": "https://x.example/?a=1&b=2",
        "rel": "noopener noreferrer nofollow",
        "target": "_blank",
    }
    assert link.text == "a *page*"
    assert drawn("<mailto:a@b.example>").one("a").text == "a@b.example"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "file:///etc", "http://[", "x"]
)
def test_what_is_no_safe_link_stays_as_typed(url: str) -> None:
    seen = drawn(f"<{url}|press>")
    assert seen.text == f"<{url}|press>"
    assert seen.all("a") == []


def test_a_link_to_a_message_here_stays_on_the_page() -> None:
    link = "https://host.slack.com/archives/C0ACME/p1774602000000100"
    assert drawn(f"<{link}|seen>").one("a")["href"] == "/?as=U0MAX&in=C0ACME&thread=1774602000.000100"
    reply = drawn(f"<{link}?thread_ts=1774600000.000200&amp;cid=C0ACME|seen>").one("a")
    assert reply["href"] == "/?as=U0MAX&in=C0ACME&thread=1774600000.000200"
    away = "https://host.slack.com/archives/C0BOARD/p1774602000000100"
    assert drawn(f"<{away}|seen>", DANA).all("a") == []


def test_a_date_is_told_on_the_readers_clock_and_in_full_on_request() -> None:
    source = "<!date^1774602000^{date_short} {time}|soon>"
    assert drawn(source).text == "Mar 27, 2026 12:00 PM"
    there = drawn(source, DANA).one("time")
    assert there.text == "Mar 27, 2026 5:00 AM"
    assert there["title"] == "Friday, March 27, 2026 at 5:00 AM"
    assert there["datetime"] == "2026-03-27T09:00:00+00:00"
    assert drawn("<!date^1774602000^{time}^https://x.example|soon>").one("a").one("time").text == "12:00 PM"


@pytest.mark.parametrize(
    "target",
    [
        "!date^x^{time}",
        "!date^99999999999999^{time}",
        "!date^99999999999999999999^{time}",
        "!date^253402300799^{time}",
        f"!date^{'9' * 5000}^{{time}}",
        "!date^1",
    ],
)
def test_a_date_that_is_none_shows_its_fallback(target: str) -> None:
    assert drawn(f"<{target}|soon>").text == "soon"


def test_emoji_have_a_name_for_those_who_hear_the_page() -> None:
    shown = drawn("ok :white_check_mark: :nope:").one("span")
    assert shown.attributes == {
        "class": "emoji",
        "role": "img",
        "aria-label": "white check mark",
        "title": ":white_check_mark:",
    }
    assert drawn("ok :white_check_mark: :nope:").text == "ok ✅ :nope:"


def test_plain_text_is_never_formatted() -> None:
    text = {"type": "plain_text", "text": "*x* <@U0MAX> &lt;b&gt; :eyes:\n`y`"}
    seen = parsed(text_html(MAX, text))
    assert seen.text == "*x* <@U0MAX> <b> 👀\n`y`"
    assert [tag.name for tag in seen.every()] == ["span", "br"]
    assert text_html(MAX, text | {"emoji": False}).startswith("*x* &lt;@U0MAX&gt; &lt;b&gt; :eyes:<br>")


def test_words_alone_are_left_where_only_words_fit() -> None:
    assert text_words(MAX, {"type": "mrkdwn", "text": "*Really* <@U0MAX>,\nnow :eyes: &lt;b&gt;?"}) == (
        "Really @Max, now 👀 <b>?"
    )


def test_a_phrase_holds_nothing_that_takes_whole_lines() -> None:
    assert phrase_html(MAX, {"type": "mrkdwn", "text": "> *a*\n• b"}) == "&gt; <b>a</b><br>• b"


@pytest.mark.parametrize(
    ("text", "blocks", "called"),
    [
        ("<!channel> and <@U0MAX>", [], {"!channel", "@U0MAX"}),
        ("&lt;!channel&gt; <!date^1^{date}|x>", [], set()),
        ("<!channel>", [section("hello <!subteam^S0ONCALL>")], {"!subteam^S0ONCALL"}),
        ("x", [actions(button("<!here>"))], set()),
    ],
)
def test_it_is_known_whom_a_message_calls(text: str, blocks: list[JsonDict], called: set[str]) -> None:
    assert pings(text, blocks) == called
