"""Slack's markup read as people see it."""

import pytest

from handlers.crossings import for_customer
from handlers.plain_words import plain

NAMES = {"U0BOB": "Bob"}


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<@U0BOB> and <@U0GONE> and <@U0OLD|ann>", "@Bob and @someone and @ann"),
        ("<!channel> <!here> <!subteam^S1|@oncall> <!subteam^S2>", "@channel @here @oncall @subteam"),
        ("<#C1|general> <#C2>", "#general #channel"),
        ("<https://evil.example|your bank> <mailto:a@b.c|a@b.c>", "https://evil.example a@b.c"),
        ("&lt;!channel&gt; typed", "<!channel> typed"),
        ("<!date^1^{time}|noon>", "noon"),
    ],
)
def test_what_is_called_is_named_and_links_are_addresses(text: str, reads: str) -> None:
    assert plain(text, lambda user: NAMES.get(user, "")) == reads


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("!reply hello", "hello"),
        ("  !REPLY\nhello\n", "hello"),
        ("!reply", ""),
        ("!replyhello", None),
        ("hello !reply", None),
        ("> !reply hello", None),
        ("", None),
    ],
)
def test_only_the_prefix_at_the_very_beginning_marks_a_reply(text: str, reads: str | None) -> None:
    assert for_customer(text, "!reply") == reads
