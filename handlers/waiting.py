"""Waiting on the customer, as both sides read it: the question, its reminders, the offer to close, and the form."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.case import Case, State
from cases.instants import iso
from cases.messages import Drawn
from cases.queues import Json
from cases.says import Body
from handlers import facts, fields, ids
from handlers.bodies import instant, text_of
from handlers.case_fields import case_of
from handlers.fields import values, word
from handlers.kit import actions, button, context, drawn, modal, section
from handlers.open_words import fitting
from handlers.text import mention, paragraph
from handlers.times import date
from handlers.wait_words import ANSWER_HERE

ASKED = 2500
FIELD = f"{ids.CASE_BLOCK}:asked"


def waiting(case: Case, body: Body) -> Drawn:
    """The question, a reminder or the offer to close; `body` as listed at `SayKind.WAITING`."""
    if text_of(body, "step") == "close":
        return _offer(case, body)
    who = mention(text_of(body, "who"))
    head = f"{_hello(body)}, to go on with *{case.reference}* {who} needs something from you:"
    if text_of(body, "step") == "remind":
        when = date(instant(body, "since"))
        head = f"{_hello(body)}, a kind reminder: *{case.reference}* waits for your answer. {who} asked {when}:"
    return drawn(head, [section(head), _asked(body), context(ANSWER_HERE)])


def _offer(case: Case, body: Body) -> Drawn:
    who, value = mention(text_of(body, "who")), str(case.number)
    if not _stands(case, body):
        what = f"it {case.how_done}" if case.is_done else "it goes on"
        over = f"✅ Thank you. *{case.reference}* waits no longer: {what}."
        return drawn(over, [section(over)])
    head = (
        f"{_hello(body)}, we haven't heard from you about *{case.reference}* since {who} asked "
        f"{date(instant(body, 'since'))}. Is it still needed?"
    )
    blocks: list[Block] = [
        section(head),
        _asked(body),
        actions(
            button("Still needed", ids.STILL_NEEDED, value, "primary"),
            button("Close it", ids.CLOSE_IT, value),
        ),
        context(f"*Still needed*, or an answer here, brings it back to {who}. *Close it* closes it for good."),
    ]
    return drawn(head, blocks)


def _hello(body: Body) -> str:
    return f"Hello {mention(text_of(body, 'to'))}" if body.get("to") else "Hello"


def _stands(case: Case, body: Body) -> bool:
    return case.wait is not None and case.state is State.WAITING and iso(case.wait.since) == text_of(body, "since")


def _asked(body: Body) -> Block:
    return section(paragraph(text_of(body, "asked"), ASKED))


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """The form, filled."""

    case: int
    """0: the form names none."""
    question: str


def ask_view(case: Case, question: str = "") -> View:
    """For support: what is needed of the customer."""
    blocks: list[Block] = [
        section(facts.heading(case)),
        fields.asked(
            FIELD,
            "What do you need from them?",
            fields.text(ids.FORM_VALUE, fitting(question), lines=True),
            hint="They read it in the case's thread. The case waits, and they are reminded, until they answer.",
        ),
    ]
    return modal(ids.ASK_FORM, "Ask the customer", blocks, "Ask", "Cancel", str(case.number))


def read_ask(view: Json) -> ReadQuestion:
    """From a view_submission."""
    return ReadQuestion(case_of(view), word(values(view).get(FIELD)))
