"""Two hundred hostile texts, in all that the bot says: nothing pings, links, breaks, calculates or is cut silently."""

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Entry
from cases.messages import Drawn
from cases.says import SayKind
from handlers import answers
from handlers.cards import customer_card, triage_card
from tests.builders import DANA, NOON, case
from tests.faults.hostile import TEXTS, seeds_of, share_of
from tests.faults.seeds import runs
from tests.faults.surfaces.messages import BODIES, BUTTONLESS, messages
from tests.faults.surfaces.private import commands
from tests.faults.surfaces.typed import LATER
from tests.handlers.looks import seen
from workspace.pings import pings

TURNING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066\u2067]")
LINKED = re.compile(r"<[^<>]*evil", re.IGNORECASE)
FORGED = re.compile(r"<[^<>|]*evil[^<>|]*\||<(?:javascript|data|file|mailto|tel|slack):", re.IGNORECASE)
"""One that says something else than where it leads, or leads out of the web."""
OURS = frozenset({"@U0ENG", "@U0BOB", "@U0MAX", "@U0DANA", "@U0TOM", "!subteam^S0ONCALL"})
WITH_LINKS = frozenset({SayKind.ANNOUNCEMENT, SayKind.ANNOUNCED})
"""What a manager announces keeps its links, words and all."""
WITH_ADDRESSES = frozenset({SayKind.REPLY, SayKind.SENT})
"""An address in an engineer's reply can be followed; it reads as what it is."""
SKIPPED = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]*")
EACH = 7
TYPED = st.sampled_from(TEXTS) | st.text(max_size=400)


def test_every_kind_of_message_is_among_those_that_are_tried() -> None:
    assert set(BODIES) == set(SayKind)


def test_there_are_two_hundred_and_no_two_alike() -> None:
    assert len(set(TEXTS)) == len(TEXTS) >= 200


@pytest.mark.parametrize("each", [1, 4, EACH])
def test_each_of_them_has_its_turn(each: int) -> None:
    turns = [text for seed in range(seeds_of(each)) for text in share_of(seed, each, mixed=0)]
    assert turns == list(TEXTS)
    assert set(turns) == {text for seed in range(seeds_of(each)) for text in share_of(seed, each, mixed=2)}


@pytest.mark.parametrize("seed", runs(2, seeds_of(EACH)))
def test_no_message_is_broken_by_them(seed: int) -> None:
    for typed in share_of(seed, EACH, mixed=2):
        harmless(messages(typed))
        harmless((SayKind.NOTE, drawn) for drawn in commands(typed))


@settings(max_examples=4)
@given(TYPED)
def test_no_message_is_broken_by_anything_that_is_typed(typed: str) -> None:
    harmless(messages(f"{typed} <!channel> <@U0EVIL> <http://evil.example|x>"))


def harmless(said: Iterable[tuple[SayKind, Drawn]]) -> None:
    for kind, drawn in said:
        blocks = [dict(block) for block in drawn.blocks]
        words = f"{drawn.text}\n{drawn.attachment.title if drawn.attachment else ''}"
        if kind in {SayKind.REVIEW_FILE, SayKind.REPORT_FILE}:
            plain_words(drawn)
        elif kind in BUTTONLESS:
            plain_name(drawn)
        else:
            words += seen(drawn)
        called = pings(drawn.text, []) | pings(drawn.text, blocks)
        assert called <= OURS, (kind, called)
        assert not TURNING.search(words), kind
        assert kind in WITH_LINKS or not FORGED.search(words), kind
        assert kind in WITH_LINKS | WITH_ADDRESSES or not LINKED.search(words), kind
        assert words.count("\u2068") == words.count("\u2069"), kind
        json.dumps(words).encode()


def plain_name(drawn: Drawn) -> None:
    """A file of an engineer's: its name is no place in a folder, and no markup."""
    assert drawn.attachment is not None
    assert not re.search(r"[/\\<>\x00-\x1f]", drawn.attachment.name), drawn.attachment.name
    assert drawn.attachment.name.strip(". ")


def plain_words(drawn: Drawn) -> None:
    """A file that a spreadsheet opens: no cell of it begins a formula, whatever it passes over before."""
    assert drawn.attachment is not None
    assert re.fullmatch(r"[a-z0-9-]+\.csv", drawn.attachment.name)
    for row in csv.reader(StringIO(drawn.attachment.content.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not SKIPPED.sub("", cell, count=1).startswith(tuple("=+-@\t\r\n＝＋－＠")), cell[:40]
            assert not TURNING.search(cell)


def test_a_text_that_does_not_fit_says_how_much_is_missing_wherever_it_is_shown() -> None:
    told = "more character"
    fresh = replace(case(), details="x" * 40_000, title="y" * 40_000)
    assert told in seen(triage_card(fresh, LATER))
    assert told in seen(customer_card(fresh, LATER))
    assert told in seen(answers.show(fresh, [Entry(NOON, DANA, "typed", "z" * 40_000)], LATER, "UTC", support=True))
    assert told in seen(answers.listing([fresh], LATER))
