"""Asking for the success manager: the customer's form, and what the manager reads."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.case import Case
from cases.messages import Drawn
from cases.queues import Json, Post
from cases.says import Body
from handlers import facts, fields, ids
from handlers.bodies import text_of
from handlers.case_fields import case_of
from handlers.fields import values, word
from handlers.home_parts import place
from handlers.kit import context, drawn, modal, section
from handlers.text import escape, inline, link, mention, paragraph

WORDS = 2500
FIELD = f"{ids.CASE_BLOCK}:words"


@dataclass(frozen=True, slots=True)
class ReadCall:
    """The form, filled."""

    case: int
    """0: the form names none."""
    words: str


def call_view(case: Case) -> View:
    """For the customer: what their success manager should know, if anything."""
    title, who = escape(case.promise.success_manager or ""), mention(case.csm or "")
    blocks: list[Block] = [
        section(facts.heading(case), f"{who} is your {title}, and helps when a case has to move up."),
        fields.asked(
            FIELD,
            "What should they know?",
            fields.text(ids.FORM_VALUE, "", lines=True, placeholder="What has changed, and what would help?"),
            optional=True,
            hint="They read it with the case as it stands, and so does the team. Its thread says that they were asked.",
        ),
    ]
    return modal(ids.CALL_FORM, "Ask for my CSM", blocks, "Ask", "Cancel", str(case.number))


def read_call(view: Json) -> ReadCall:
    """From a view_submission."""
    return ReadCall(case_of(view), word(values(view).get(FIELD)))


def called_for(case: Case, body: Body, url: str, now: datetime) -> Drawn:
    """To the success manager: who asks, the case as it stands, their words, the way to the thread."""
    head = (
        f"{mention(text_of(body, 'who'))} of *{inline(case.account_name, 80)}* asks for you: *{case.reference}* has to "
        "move on."
    )
    blocks: list[Block] = [
        section(head),
        section(
            facts.heading(case),
            f"{facts.priority(case)} · {facts.contract(case)}",
            f"{facts.state(case, now)} · assignee: {facts.assignee(case)}",
            f"First response: {facts.due(case, now)}",
        ),
        section("*Their words*", paragraph(text_of(body, "text"), WORDS, empty="They left none.")),
    ]
    blocks.append(context(_way(case, body, url)))
    return drawn(f"{head} {inline(case.title)} · {escape(case.promise.label)}", blocks)


def _way(case: Case, body: Body, url: str) -> str:
    channel = text_of(body, "in_channel") or case.channel
    where = place(url, Post(channel, text_of(body, "ts"))) if body.get("ts") else ""
    return f"{link(where, 'The thread')} is in <#{channel}>. They read there that you were asked."
