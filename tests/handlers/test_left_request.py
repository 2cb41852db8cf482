"""A request left without a clock, as the triage channel reads it."""

import pytest

from cases.intake import Declined
from cases.says import Say, SayKind
from handlers.closing import declined_view
from handlers.renderer import Renderer
from tests.builders import NOON
from tests.handlers.looks import buttons, page, seen

HOSTILE = "<!channel> *x* <https://evil.example|here>"
BODY = {
    "account": "Bolt",
    "program": "Auth0",
    "about": "Auth0 Platform",
    "title": "Login page is blank",
    "details": "Since the test deploy.",
    "user": "U0BORIS",
    "permalink": "https://x.slack.com/archives/C0BOLT/p1",
    "tenant": "bolt-dev",
    "channel": "C0BOLT",
}


def drawn(**changes: str) -> str:
    say = Say("left:1", SayKind.LEFT_REQUEST, "C0TRIAGE", 0, body={**BODY, **changes})
    message = Renderer(lambda: "").draw(say, None, NOON)
    assert buttons(message) == []
    return seen(message)


def test_it_says_whose_it_is_where_to_answer_and_that_nothing_was_promised() -> None:
    told = drawn()
    for fact in ("<@U0BORIS>", "Bolt", "bolt-dev", "<#C0BOLT>", "no time is promised", "Since the test deploy.", "p1|"):
        assert fact in told


def test_what_is_missing_is_said_or_left_out() -> None:
    told = drawn(details="", tenant="", permalink="")
    assert "No details were given." in told
    assert "tenant \u2068" not in told
    assert "It began with" not in told


@pytest.mark.parametrize("field", ["account", "program", "about", "title", "details", "tenant"])
def test_what_was_typed_has_no_effect_but_to_be_read(field: str) -> None:
    told = drawn(**{field: HOSTILE})
    assert "<!channel>" not in told
    assert "|here>" not in told


def test_a_very_long_text_is_told_with_a_word_about_the_rest() -> None:
    assert "more characters" in drawn(details="x " * 10_000, title="y" * 500)


def test_whoever_left_it_reads_what_becomes_of_it() -> None:
    told = page(declined_view(Declined("Support covers production.", handed_over=False, left=True)))
    assert "Support covers production." in told
    assert "The team has your request now" in told
