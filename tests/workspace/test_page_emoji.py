"""Emoji by Slack's names, and the picker's search."""

import pytest

from workspace.page.emoji_names import SLACK_ONLY, character, find_emoji, with_emoji


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("eyes", "👀"),
        ("white_check_mark", "✅"),
        ("+1", "👍"),
        ("large_green_circle", "🟢"),
        ("man-running", "🏃‍♂️"),
        ("female-technologist", "👩‍💻"),
        ("flag-de", "🇩🇪"),
        ("simple_smile", "🙂"),
        ("wave::skin-tone-3", "👋🏼"),
        ("eyes::skin-tone-3", "👀"),
        ("skin-tone-6", "🏿"),
        *SLACK_ONLY.items(),
    ],
)
def test_a_name_of_slacks_has_its_emoji(name: str, shown: str) -> None:
    assert character(name) == shown


@pytest.mark.parametrize("name", ["shipit", "flag-zz", "", "EYES", "nobody_knows"])
def test_an_unknown_name_has_none(name: str) -> None:
    assert character(name) is None


def test_a_text_keeps_what_is_no_emoji_as_typed() -> None:
    assert with_emoji("at 12:30:45 :eyes::nope: :wave::skin-tone-3:") == "at 12:30:45 👀:nope: 👋🏼"


def test_without_words_the_picker_begins_with_the_usual_ones() -> None:
    assert [name for name, _ in find_emoji("", 4)] == ["eyes", "white_check_mark", "ticket", "+1"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("check", "white_check_mark"),
        ("thumbs up", "+1"),
        (":ticket:", "ticket"),
        ("ticket", "ticket"),
        ("hour", "hourglass"),
        ("germany", "flag-de"),
        ("FIRE", "fire"),
    ],
)
def test_the_best_answer_to_some_words_stands_first(words: str, name: str) -> None:
    assert find_emoji(words, 5)[0] == (name, character(name))


def test_every_word_counts_and_no_more_than_asked_for_come() -> None:
    assert find_emoji("check nonsense", 5) == []
    assert len(find_emoji("face", 7)) == 7


def test_each_offered_name_is_one_that_can_be_drawn_again() -> None:
    offered = find_emoji("", 5000)
    assert len(offered) > 1500
    assert all(character(name) == shown for name, shown in offered)
    assert len(offered) == len({shown for _, shown in offered})
