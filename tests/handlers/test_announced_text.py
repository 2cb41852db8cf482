"""What a manager writes keeps its form and its links, and calls nobody, whatever it is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.announced_text import announced
from workspace.pings import pings

PIECES = (
    "<!channel>",
    "<@U0EVIL>",
    "<!subteam^S0EVIL>",
    "@here",
    "@everyone",
    "<https://x.example|",
    ">",
    "|",
    "<",
    "&",
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("*bold* _it_ ~no~ `code` :tada:\n• one", "*bold* _it_ ~no~ `code` :tada:\n• one"),
        ("<https://a.example/x?y=1&z=2|the notes>", "<https://a.example/x?y=1&amp;z=2|the notes>"),
        ("<mailto:help@a.example>", "<mailto:help@a.example>"),
        ("See https://a.example/x, or (https://b.example).", "See <https://a.example/x>, or (<https://b.example>)."),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel|x> <@U0MAX> <#C0ACME>", "&lt;!channel|x&gt; &lt;@U0MAX&gt; &lt;#C0ACME&gt;"),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("mail me@here.example", "mail me@\u200bhere.example"),
        ("<https://a.example|@channel>", "<https://a.example|@\u200bchannel>"),
    ],
)
def test_form_and_links_stay_and_calls_become_words(typed: str, written: str) -> None:
    assert announced(typed) == written


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8).map("".join))
def test_nothing_that_is_typed_calls_anybody(typed: str) -> None:
    written = announced(typed)
    assert pings(written, []) == set()
    assert not re.search(r"@(channel|here|everyone)\b", written)
    assert all(re.fullmatch(r"<(https?|mailto):[^<>]+>", token) for token in re.findall(r"<[^>]*>?", written))
