"""What people typed: shown as typed, in force nowhere, cut nowhere without a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit import long_text
from handlers.text import clip, escape, inline, link, mention, paragraph, size, tidy

TYPED = st.text(max_size=300) | st.sampled_from(
    [
        "<!channel>",
        "<@U0DANA>",
        "<http://evil.example|your bank>",
        "&amp;",
        "😀" * 200,
        "👩‍👩‍👧" * 60,
        "שלום\u202e",
        "\x00",
    ]
)


@pytest.mark.parametrize(
    "command", ["<!channel>", "<!here|x>", "<@U0DANA>", "<#C1>", "<http://evil.example|your bank>"]
)
def test_slack_commands_are_shown_as_they_were_typed(command: str) -> None:
    assert escape(command).replace("&lt;", "<").replace("&gt;", ">") == command
    assert "<" not in escape(command)


def test_the_words_that_call_a_channel_together_call_nobody() -> None:
    assert "@channel" not in escape("hey @channel, @here and @everyone")


@pytest.mark.parametrize("typed", ["*loud*", "_slanted_", "~gone~", "`code`", "```\nblock", "> quoted", ":boom:"])
def test_formatting_stays_what_it_is_and_takes_no_effect(typed: str) -> None:
    shown = escape(typed)
    assert shown != typed
    assert shown.replace("\u200b", "").replace("&gt;", ">") == typed


def test_names_and_sums_in_an_error_message_can_be_copied_unharmed() -> None:
    assert escape("my_service_name failed at 12:30:45, 2*3*4") == "my_service_name failed at 12:30:45, 2*3*4"


def test_an_override_of_direction_is_taken_out_and_hebrew_is_kept() -> None:
    assert tidy("abc\u202edef \u2066שלום") == "abcdef שלום"


def test_right_to_left_words_stay_inside_their_own_space() -> None:
    assert inline("תקלה בכניסה") == "\u2068תקלה בכניסה\u2069"
    assert inline("first\nsecond  third") == "\u2068first second third\u2069"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n", "\u200b", "\u202e"])
def test_nothing_is_shown_as_nothing(nothing: str) -> None:
    assert inline(nothing, empty="no title") == "no title"
    assert paragraph("", 10, empty="—") == "—"


def test_forty_thousand_characters_say_how_many_are_left_out() -> None:
    shown = clip("x" * 40_000, 100)
    kept = shown.count("x")
    assert shown == "x" * kept + f"… ({40_000 - kept:,} more characters)"
    assert len(shown) == 100


def test_what_fits_exactly_is_not_cut() -> None:
    assert clip("x" * 100, 100) == "x" * 100
    assert clip("&" * 20, 100) == "&amp;" * 20


def test_a_family_is_not_torn_apart() -> None:
    family = "👩‍👩‍👧‍👦"
    assert re.fullmatch(rf"(?:{family})*… \(\d+ more characters\)", clip(family * 100, 120))


@given(typed=TYPED, times=st.integers(1, 50), limit=st.integers(40, 500))
def test_a_cut_is_counted_and_keeps_the_limit_and_every_entity(typed: str, times: int, limit: int) -> None:
    shown = clip(typed * times, limit)
    assert size(shown) <= limit
    assert "<" not in shown
    assert ">" not in shown
    told = re.search(r"… \(([\d,]+) more characters?\)$", shown)
    kept = shown[: told.start()] if told else shown
    assert not re.search(r"&(?!amp;|lt;|gt;)", kept)
    unescaped = kept.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    left_out = int(told[1].replace(",", "")) if told else 0
    whole = tidy(typed * times).replace("\u200b", "")
    assert unescaped.replace("\u200b", "") == whole[: len(unescaped.replace("\u200b", ""))]
    assert left_out or len(unescaped.replace("\u200b", "")) == len(whole)


@given(TYPED)
def test_a_long_text_is_spread_over_sections_with_nothing_lost(typed: str) -> None:
    shown = "".join(str(block.to_dict()["text"]["text"]) for block in long_text(f"{typed}x" * 30))
    assert shown.replace("\u200b", "").count("x") == tidy(f"{typed}x" * 30).count("x")


def test_only_real_people_and_places_are_mentioned_and_linked() -> None:
    assert mention("U0DANA") == "<@U0DANA>"
    assert "<" not in mention("!channel> <@U0DANA")
    assert link("https://acme.slack.com/x", "there") == "<https://acme.slack.com/x|there>"
    assert link("https://a|b> <!channel>", "there") == "there"
    assert link("https://evil.example/\u202egnp.exe", "there") == "there"
