"""A digest as it is read: why it is one, what is worst, each case on its row with one thing to press."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Case, State
from cases.case_parts import Naming, Response, ResponseBy, Solution
from cases.escalating import escalated
from cases.instants import iso
from cases.messages import Drawn, Row
from cases.queues import Post
from cases.says import Body, Say, SayKind, Urgency
from cases.storms import ROWS, digests
from handlers import ids
from handlers.renderer import Renderer
from handlers.text import size
from tests.builders import BOB, ENG, NOON, PLACES, calendar, case
from tests.faults.hostile import some
from tests.faults.surfaces.typed import LATER, hostile_case
from tests.faults.test_hostile import TYPED, harmless
from tests.handlers.looks import seen, words

BLOCKS_UNITS = 12_000
"""Slack refuses a message whose blocks are longer altogether with `msg_blocks_too_long`: at about 13,200 characters, as
people found who met it (slackapi/bolt-js, issue 2509); nothing that it publishes says so."""
HOST = "https://host.slack.com/"
CALLS = "<!subteam^S0ONCALL>"
WORST = some(12, 0)
RENDERER = Renderer(lambda: CALLS, HOST)
CARD = Post("C0TRIAGE", "1772451000.000100")
TIMES: Body = {"due_at": iso(NOON + timedelta(hours=1)), "fell_at": iso(NOON), "late_seconds": 90_000, "mention": True}
ANSWERED = Response(ENG, NOON, ResponseBy.MESSAGE)


def bodies() -> Iterator[tuple[SayKind, Body]]:
    """Every alarm that there is."""
    for audience in ("triage", "managers-channel", "manager", "success-manager"):
        for share, repeat in ((50, 0), (75, 0), (90, 0), (100, 0), (100, 999)):
            yield SayKind.ESCALATION, {**TIMES, "share": share, "repeat": repeat, "audience": audience}
    for clock in ("next-response", "update", "solution"):
        of = {"clock": clock, "number": 1, "since": iso(NOON)}
        yield SayKind.ESCALATION, {**TIMES, **of, "share": 100, "repeat": 999, "audience": "triage"}
    for step in ("queue", "nobody"):
        yield SayKind.LEASE, {"step": step, "at": iso(NOON), "who": "U0ENG", "runs": True, "mention": True}
    yield SayKind.CHECK_IN, {"step": "managers", "check_in": 1, "late_seconds": 0}
    yield SayKind.NAMING, {"step": "managers"}


def states(of: Case) -> Iterator[Case]:
    """How a case may stand."""
    yield of
    yield replace(of, asked_at=NOON, commitment=None, naming=Naming(NOON))
    yield replace(of, asked_at=NOON, response=ANSWERED)
    yield replace(of, state=State.CLAIMED, assignee=ENG, response=ANSWERED)
    solution = Solution("resolved", "Resolved", "x", ENG, LATER)
    yield replace(of, state=State.OFFERED, assignee=ENG, solution=solution)
    yield replace(of, state=State.CLOSED, closed_at=LATER, reopened=2)


def rows(shown: Case) -> list[Row]:
    """Every alarm over every state of it."""
    return [
        Row(Say(f"{number}", kind, "C0TRIAGE", Urgency.ESCALATION, 12_345, body), replace(each, number=12_345), CARD)
        for number, (each, (kind, body)) in enumerate((each, said) for each in states(shown) for said in bodies())
    ]


def drawn(told: list[Row], page: int = 1) -> Drawn:
    """As one page."""
    body: Body = {"page": page, "pages": 3, "total": 120, "mention": page == 1, "on_call": True}
    return RENDERER.digest(Say("digest", SayKind.DIGEST, "C0TRIAGE", 0, body=body), told, LATER)


def fits(told: list[Row]) -> None:
    """Slack takes it, and each has its row."""
    page = drawn(told)
    shown = seen(page)
    harmless([(SayKind.DIGEST, page)])
    assert shown.count("C-12345*") + shown.count("C-12345>*") == len(told)
    assert shown.count(CALLS) == 2, "in the notification and at the head"
    assert size(json.dumps(page.blocks, ensure_ascii=False)) <= BLOCKS_UNITS


@pytest.mark.parametrize("typed", WORST, ids=range(len(WORST)))
def test_the_longest_pages_fit_whatever_was_typed(typed: str) -> None:
    every = rows(hostile_case(typed))
    for start in range(0, len(every), ROWS):
        fits(every[start : start + ROWS])


@settings(max_examples=40)
@given(st.lists(st.tuples(TYPED, st.integers(0, len(rows(case())) - 1)), min_size=1, max_size=ROWS))
def test_no_page_is_refused_whatever_stands_in_it(chosen: list[tuple[str, int]]) -> None:
    fits([rows(hostile_case(f"{typed} <!channel> <http://evil.example|x>"))[which] for typed, which in chosen])


def told_at(minutes: int, number: int = 7) -> tuple[list[Row], Say]:
    """So many cases, as triage hears of them so long after noon; and the digest."""
    cases = {n: replace(case(), number=n, title=f"Site {n}") for n in range(1, number + 1)}
    at = NOON + timedelta(minutes=minutes)
    says = [
        say
        for each in cases.values()
        for say in escalated(each, calendar(each.promise.calendar), PLACES, (), at).says
        if say.channel == "C0TRIAGE"
    ]
    (page,) = digests(says, cases)
    return [Row(say, cases[say.case or 0], CARD) for say in page.rows], page.say


def test_it_says_why_it_is_one_what_is_worst_and_as_of_when() -> None:
    told, say = told_at(72)
    page = RENDERER.digest(say, told, NOON + timedelta(minutes=72))
    head, why, first, *_ = ["\n".join(words([dict(block)])) for block in page.blocks]
    assert head.startswith(f"🔴 {CALLS} *7 alarms came due together*\n7 of 7 still ask for somebody")
    assert "One message instead of 7, since more than five were due here at once." in why
    assert "*<https://host.slack.com/archives/C0TRIAGE/p1772451000000100|C-1>* · \u2068Site 1\u2069" in first
    assert "*Time over, nobody has answered* · Priority 1 · \u2068Acme\u2069" in first
    assert "*12 min over* · nobody yet · told late" in first
    assert page.text.startswith(f"{CALLS} 7 alarms came due together: C-1 \u2068Site 1\u2069, C-2 ")
    assert page.text.endswith(", and 4 more.")


def test_each_row_has_the_one_button_that_ends_its_alarm() -> None:
    fresh = replace(case(committed=True), number=12_345, asked_at=NOON)
    wanted = {SayKind.ESCALATION: ids.CLAIM, SayKind.LEASE: ids.CLAIM, SayKind.CHECK_IN: ids.PRIORITY}
    for kind, body in bodies():
        if kind is SayKind.NAMING or body.get("clock"):
            continue
        (row,) = drawn([Row(Say("x", kind, "C0TRIAGE", 0, 12_345, body), fresh, CARD)]).blocks[2:]
        button = row.get("accessory")
        if body.get("audience") == "success-manager":
            assert button is None
        else:
            assert isinstance(button, dict)
            assert (button["action_id"], button["value"]) == (wanted[kind], "12345")


def test_what_is_settled_is_struck_out_without_a_button_and_the_head_counts_the_rest() -> None:
    told, say = told_at(45)
    taken = replace(told[2].case or case(), state=State.CLAIMED, assignee=BOB, response=replace(ANSWERED, person=BOB))
    told[2] = replace(told[2], case=taken)
    page = RENDERER.digest(say, told, LATER)
    assert "6 of 7 still ask for somebody" in seen(page)
    struck = page.blocks[4]
    assert "~*<https://host.slack.com/archives/C0TRIAGE/p1772451000000100|C-3>*~" in str(struck)
    assert "Claimed in the meantime: <@U0BOB> is on it." in str(struck)
    assert "accessory" not in struck


def test_once_all_are_settled_it_says_thank_you() -> None:
    told, say = told_at(45)
    done = [replace(row, case=replace(row.case or case(), state=State.CLOSED, closed_at=LATER)) for row in told]
    assert "Nothing asks for anybody any more. Thank you!" in seen(RENDERER.digest(say, done, LATER))


def test_one_that_cannot_be_drawn_or_read_still_has_its_row() -> None:
    told, say = told_at(45)
    broken: Body = {"late_seconds": 90, "fell_at": "yesterday"}
    told[0] = replace(told[0], case=None)
    told[1] = replace(told[1], say=replace(told[1].say, body={**told[1].say.body, **broken}))
    page = RENDERER.digest(say, told, LATER)
    assert seen(page).count("Something is due here that I can't show") == 2
    assert "7 of 7 still ask" in seen(page)
