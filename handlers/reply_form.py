"""The form of a reply to the customer, on the triage card."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.case import Case
from cases.queues import Json
from handlers import facts, fields, ids
from handlers.case_fields import case_of
from handlers.fields import values, word
from handlers.kit import context, modal, section

FIELD = f"{ids.CASE_BLOCK}:reply"


@dataclass(frozen=True, slots=True)
class ReadReply:
    """The form, filled."""

    case: int
    """0: the form names none."""
    text: str
    form: str
    """Slack's id of this very form: sent twice, it says what it says once."""


def reply_view(case: Case, prefix: str) -> View:
    """For support."""
    blocks: list[Block] = [
        section(facts.heading(case)),
        fields.asked(
            FIELD,
            "What shall the customer read?",
            fields.text(ids.FORM_VALUE, "", lines=True),
            hint="It goes into their thread under your name. Nobody is called by it.",
        ),
        context(f"In the case's triage thread, a message that begins with `{prefix}` does the same."),
    ]
    return modal(ids.REPLY_FORM, "Reply to customer", blocks, "Send", "Cancel", str(case.number))


def read_reply(view: Json) -> ReadReply:
    """The form, from a view_submission."""
    return ReadReply(case_of(view), word(values(view).get(FIELD)), str(view.get("id")))
