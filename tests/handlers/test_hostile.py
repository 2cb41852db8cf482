"""Whatever is typed, wherever it is typed: nothing pings, nothing breaks, nothing is cut without a word."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from cases.case import Case, Entry, Rating, Solution, State, Wish
from cases.changing_priority import PriorityPreview
from cases.intake import Declined, Form, Intake, Opened
from cases.lookup import Explanation
from cases.messages import Drawn
from cases.opening import preview
from cases.policy import Answer, Question
from cases.says import Body, Note, Say, SayKind
from cases.wishes import WishForm
from handlers import answers
from handlers.cards import customer_card, triage_card
from handlers.case_forms import hand_over_view
from handlers.closing import declined_view, opened_view
from handlers.open_form import open_view
from handlers.priority_form import priority_view
from handlers.renderer import Renderer
from handlers.setup_form import Setup, setup_view
from handlers.solution_form import rating_view, reopen_view, resolve_view
from handlers.wish_form import refusal_view, wish_view
from tests.builders import BOB, DANA, ENG, ENGINEER, NOON, account, calendar, case, program
from tests.handlers.looks import message, modal, seen, words

WORST = [
    "",
    " \n ",
    "x" * 40_000,
    "&" * 40_000,
    "<" * 3_000,
    "😀" * 20_000,
    "👩‍👩‍👧‍👦" * 5_000,
    "<!channel> <!here|all> <@U0DANA> <#C0ACME>",
    "<http://evil.example|your bank> https://evil.example www.evil.example",
    "תקלה \u202e בכניסה \u2067 למערכת",
    "```\ncode\n```\n> quoted\n*bold* _i_ ~s~ `c`",
    "\n" * 5_000 + "last line",
    "a\x00b\x1b[31m\ud800",
    ":tada: " * 1_000,
]
TYPED = st.sampled_from(WORST) | st.text(max_size=400)
QUESTION = Question("q", "Which?", (Answer("a", "This", "Because.", priority=1),))
LATER = NOON + timedelta(minutes=22)
COMMANDS = ("<!channel", "<!here", "<@U0EVIL", "<http://evil", "<#C0EVIL")


def hostile_case(typed: str) -> Case:
    fresh = case(committed=True)
    return replace(
        fresh,
        title=typed,
        details=typed,
        account_name=typed,
        tenant=typed,
        source=replace(message(typed), permalink="https://acme.slack.com/archives/C0ACME/p1"),
        promise=replace(fresh.promise, meaning=typed[:5000], label="Priority 1", resolution=typed[:5000] or None),
    )


def messages(typed: str) -> Iterator[Drawn]:
    """Every message that shows something that somebody typed."""
    fresh = hostile_case(typed)
    done = replace(
        fresh, state=State.RESOLVED, assignee=ENG, solution=Solution("resolved", "Resolved", typed, ENG, LATER)
    )
    offered = replace(done, state=State.OFFERED)
    closed = replace(done, state=State.CLOSED, closed_at=LATER, rating=Rating(4, typed, DANA, LATER), reopened=2)
    for shown in (fresh, done, offered, closed):
        yield customer_card(shown, LATER)
        yield triage_card(shown, LATER)
    whats = ("opened", "answered", "recommended", "typed", "reprioritised")
    history = [Entry(NOON, DANA, what, typed) for what in whats]
    yield answers.show(done, history * 10, LATER, typed[:50], support=True)
    yield answers.listing([fresh] * 3, LATER)
    stretches = calendar(fresh.promise.calendar).explain(fresh.counted_from, fresh.due_at)
    yield answers.why(Explanation(fresh, stretches, history * 10), "Asia/Jerusalem")
    renderer = Renderer(lambda: "<!subteam^S0ONCALL>")
    for kind, body in bodies(typed):
        for shown in (fresh, offered, closed):
            yield renderer.draw(Say("k", kind, "C0ACME", 0, 1, body), shown, LATER)


def bodies(typed: str) -> Iterator[tuple[SayKind, Body]]:
    due: Body = {"due_at": "2026-03-02T13:00:00Z", "fell_at": "2026-03-02T12:30:00Z", "late_seconds": 3600}
    told: Body = dict.fromkeys(("before", "after", "reason", "text", "account", "program", "about", "title"), typed)
    people: Body = {"who": "U0ENG", "to": "U0BOB"}
    for note in Note:
        yield SayKind.NOTE, {**told, **people, **due, "note": note.value, "runs": True, "commitment_ended": True}
    for share, repeat in ((50, 0), (75, 0), (100, 0), (100, 3)):
        yield SayKind.ESCALATION, {**due, "share": share, "repeat": repeat, "audience": "triage", "mention": True}
    for step in ("ask", "backup", "managers"):
        yield SayKind.CHECK_IN, {**due, **people, "check_in": 1, "step": step}
    wish: Body = dict.fromkeys(("label", "reason", "before", "before_means", "means", "replaced", "word"), typed)
    for outcome in (None, "granted", "refused", "replaced", "overtaken", "done"):
        yield SayKind.WISH, {**wish, **people, "wish": 3, "by": "U0ENG", "outcome": outcome, "available": "U0BOB"}
    yield SayKind.WELCOME, told
    yield SayKind.INVITE, {"intake": "i", "existing": 1}
    yield SayKind.RESOLVE_OFFER, {}
    for offer in (1, 2):
        yield SayKind.SOLUTION, {**people, "offer": offer, "label": typed[:75], "text": typed}
    for time in (0, 1):
        yield SayKind.REOPENED, {**people, "time": time, "before": "U0ENG", "text": typed}
    yield SayKind.HAND_OVER, {**told, **dict.fromkeys(("details", "user", "permalink"), typed)}


@pytest.mark.parametrize("typed", WORST)
def test_no_message_is_broken_by_the_worst_that_is_typed(typed: str) -> None:
    for drawn in messages(typed):
        harmless(seen(drawn))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED)
def test_no_message_is_broken_by_anything_that_is_typed(typed: str) -> None:
    for drawn in messages(f"{typed} <!channel> <@U0EVIL> <http://evil.example|x>"):
        harmless(seen(drawn))


def harmless(shown: str) -> None:
    for command in COMMANDS:
        assert command not in shown
    assert "\u202e" not in shown
    assert shown.count("\u2068") == shown.count("\u2069")
    json.dumps(shown).encode()
    shown.encode()


def views(typed: str) -> Iterator[View]:
    fresh = hostile_case(typed)
    okta = program()
    service = replace(okta.products["service"], asks_tenant=True, questions=(QUESTION,))
    policy = replace(okta, products={"service": service}, resolution=typed[:5000] or None)
    named = replace(account(), name=typed)
    form = Form(title=typed, details=typed, tenant=typed, priority=1)
    for source, text in ((message(typed), ""), (None, typed)):
        for filling in (Form(priority=1), form):
            intake = Intake("i", "C0ACME", DANA, NOON, source, text)
            shown = preview(intake, (named, replace(named, id=2)), policy, filling, ENGINEER, calendar, NOON)
            yield open_view(intake, filling, shown, "UTC", NOON)
    yield opened_view(Opened(fresh, existing=False), "UTC", NOON)
    yield declined_view(Declined(typed, handed_over=True))
    other = okta.products["service"].priority(2)
    described = replace(other, meaning=typed, examples=(typed,), label=typed[:75] or "Priority 2")
    wished = replace(fresh, wish=Wish(2, described.label, typed, DANA, NOON, 3))
    changed = PriorityPreview(wished, okta.products["service"], described, fresh.promise, NOON)
    yield priority_view(changed, "UTC", NOON, typed)
    yield wish_view(changed, WishForm(2, typed), "UTC")
    if wished.wish:
        yield refusal_view(wished, wished.wish)
    yield resolve_view(fresh, typed)
    yield reopen_view(replace(fresh, solution=Solution("fix", typed[:75], typed, ENG, LATER), state=State.OFFERED))
    yield rating_view(replace(fresh, rating=Rating(4, typed[:500], DANA, LATER)))
    yield hand_over_view(fresh)
    hours = (typed, typed, typed, typed)
    yield setup_view(
        {"okta": okta}, Setup("C0ACME", typed, "okta", "premier", typed, (typed,), (BOB.user,), (ENG.user,), *hours)
    )


@pytest.mark.parametrize("typed", WORST)
def test_no_form_is_broken_by_the_worst_that_is_typed(typed: str) -> None:
    for view in views(typed):
        shown = [block for block in modal(view)["blocks"] if block["type"] != "input"]
        harmless("\n".join(words(shown)))


def test_a_text_that_does_not_fit_says_how_much_is_missing_wherever_it_is_shown() -> None:
    told = "more character"
    fresh = replace(case(), details="x" * 40_000, title="y" * 40_000)
    assert told in seen(triage_card(fresh, LATER))
    assert told in seen(customer_card(fresh, LATER))
    assert told in seen(answers.show(fresh, [Entry(NOON, DANA, "typed", "z" * 40_000)], LATER, "UTC", support=True))
    assert told in seen(answers.listing([fresh], LATER))
