"""The small modal about one case that hands its commitment over."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.case import Case
from cases.queues import Json
from handlers import facts, fields, ids
from handlers.case_fields import asked, case_of, field_id
from handlers.fields import values, word
from handlers.kit import modal, section
from handlers.text import mention


@dataclass(frozen=True, slots=True)
class ReadHandOver:
    """The hand-over form, filled."""

    case: int
    to: str | None
    """Slack user id."""


def hand_over_view(case: Case) -> View:
    """For the customer: who is reachable from now on."""
    now = f"Now it is {mention(case.commitment.available.user)}." if case.commitment else ""
    blocks: list[Block] = [
        section(facts.heading(case), now),
        asked(
            "to",
            "Who can be reached from now on?",
            fields.person(ids.FORM_VALUE, None),
            hint="We ask them at once whether they are available.",
        ),
    ]
    return _form(ids.HAND_OVER_FORM, "Hand over", "Hand over", case, blocks)


def read_hand_over(view: Json) -> ReadHandOver:
    """The hand-over form, from a view_submission."""
    return ReadHandOver(case_of(view), word(values(view).get(field_id("to"))) or None)


def _form(callback: str, title: str, submit: str, case: Case, blocks: list[Block]) -> View:
    return modal(callback, title, blocks, submit, "Cancel", str(case.number))
