"""How messages look on the other side."""

from dataclasses import replace

import pytest

from cases.change import Places
from cases.crossing import File, Line, line_say, reply_say, sent_say
from cases.people import Person
from cases.says import Say
from handlers.renderer import Renderer
from tests.builders import DANA, ENG, NOON, case
from tests.handlers.looks import seen
from workspace.pings import pings

PLACES = Places("C0TRIAGE", "C0TRIAGE", "C0MANAGERS")
LINE = Line("C0ACME", "1772452800.000100", "1.0", DANA, "It is worse", link="https://acme.slack.com/archives/x")
HOSTILE = "<!channel> *x* `y` https://a.b/c_d?e=1&f=<g> \u202eback\n> quote :tada: @here"


def look(say: Say, **body: bool | str) -> str:
    drawn = Renderer(lambda: "").draw(replace(say, body={**say.body, **body}), case(), NOON)
    assert not pings(drawn.text, [dict(block) for block in drawn.blocks])
    return seen(drawn)


def copy(line: Line) -> str:
    return look(line_say(case(), line, by_support=False, places=PLACES))


def test_a_file_is_a_link_by_its_name() -> None:
    shown = copy(replace(LINE, text="", files=(File("a<b>.har", "https://x/f"), File())))
    assert "<https://x/f|\u2068a&lt;b&gt;.har\u2069>" in shown
    assert "<https://acme.slack.com/archives/x|a file>" in shown


@pytest.mark.parametrize("text", [HOSTILE, "&" * 40_000, "🎉" * 20_000, "", "\u200b", "x" * 40_000, "\u202e"])
def test_any_text_fits_and_has_no_effect(text: str) -> None:
    shown = copy(replace(LINE, text=text))
    assert "<!channel>" not in shown
    assert "\u202e" not in shown
    if len(text) > 3000:
        assert "more characters" in shown
    words = f"{text[:2_998]} x"
    look(reply_say(case(), "k", ENG, words))
    look(sent_say(case(), reply_say(case(), "k", ENG, "x"), words, files='[["a.har", "F1", ""]]', places=PLACES))


def test_a_reply_is_whole_and_its_addresses_can_be_followed() -> None:
    long = "\n".join(f"line {number} & more" for number in range(140))
    shown = look(reply_say(case(), "k", ENG, long))
    assert all(f"line {number} &amp; more" in shown for number in range(140))
    assert "<https://a.b/c_d?e=1&amp;f=>" in look(reply_say(case(), "k", ENG, HOSTILE))


def test_a_name_does_no_harm_and_is_the_mention_where_it_is_not_known() -> None:
    assert "<!channel>" not in look(reply_say(case(), "k", Person("U0E", "T", "<!channel>*"), "hello"))
    drawn = Renderer(lambda: "").draw(reply_say(case(), "k", Person("U0ENG", "T"), "hello"), case(), NOON)
    assert "<@U0ENG>" in seen(drawn)


def test_a_reply_that_was_refused_says_so() -> None:
    sent = sent_say(case(), reply_say(case(), "k", ENG, "x"), "", files="[]", places=PLACES)
    assert "Sent to the customer" in look(sent)
    assert "have not seen it" in look(sent, failed=True)
