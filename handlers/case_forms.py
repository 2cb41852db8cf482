"""The small modals about one case: change its priority, resolve it, hand its commitment over."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block, InputInteractiveElement
from slack_sdk.models.views import View

from cases.case import Case
from cases.policy import Product
from cases.ports import Json
from handlers import facts, fields, ids
from handlers.fields import metadata, number, values, word
from handlers.kit import context, modal, option, packed, section
from handlers.open_words import fitting
from handlers.text import escape, mention, paragraph


@dataclass(frozen=True, slots=True)
class ReadPriority:
    """The priority form, filled."""

    case: int
    """0: the form names none."""
    priority: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReadNote:
    """The resolve form, filled."""

    case: int
    note: str


@dataclass(frozen=True, slots=True)
class ReadHandOver:
    """The hand-over form, filled."""

    case: int
    to: str | None
    """Slack user id."""


def priority_view(case: Case, product: Product, preset: int | None = None, reason: str = "") -> View:
    """For support: another priority, and why. `preset`: the one to propose; None: as it is."""
    scale = facts.scale(case.promise.label).lower()
    options = [option(known.label, str(known.number)) for known in product.priorities]
    chosen = str(preset if preset is not None else case.promise.priority)
    blocks: list[Block] = [
        section(facts.heading(case), f"Now {facts.priority(case)}"),
        _asked("priority", "From now on", fields.menu(ids.FORM_VALUE, options, chosen)),
        *packed(f"*{escape(known.label)}*: {paragraph(known.meaning, 600)}" for known in product.priorities),
        _asked(
            "reason",
            "Why?",
            fields.text(ids.FORM_VALUE, fitting(reason), lines=True, placeholder="One sentence is enough."),
            hint="The customer reads this in the case's thread.",
        ),
        context("The deadline and all reminders are planned anew. A deadline that was missed stays on record."),
    ]
    return _form(ids.PRIORITY_FORM, f"Change the {scale}", "Change it", case, blocks)


def read_priority(view: Json) -> ReadPriority:
    """The priority form, from a view_submission."""
    held = values(view)
    return ReadPriority(_case(view), number(held.get(_id("priority"))), word(held.get(_id("reason"))))


def resolve_view(case: Case, note: str = "") -> View:
    """For support: what was the matter, and what solved it."""
    blocks: list[Block] = [
        section(facts.heading(case)),
        _asked(
            "note",
            "What was the matter, and what solved it?",
            fields.text(ids.FORM_VALUE, fitting(note), lines=True),
            hint="The customer reads this in the case's thread.",
        ),
    ]
    return _form(ids.RESOLVE_FORM, "Resolve the case", "Resolve", case, blocks)


def read_resolve(view: Json) -> ReadNote:
    """The resolve form, from a view_submission."""
    return ReadNote(_case(view), word(values(view).get(_id("note"))))


def hand_over_view(case: Case) -> View:
    """For the customer: who is reachable from now on."""
    now = f"Now it is {mention(case.commitment.available.user)}." if case.commitment else ""
    blocks: list[Block] = [
        section(facts.heading(case), now),
        _asked(
            "to",
            "Who can be reached from now on?",
            fields.person(ids.FORM_VALUE, None),
            hint="We ask them at once whether they are available.",
        ),
    ]
    return _form(ids.HAND_OVER_FORM, "Hand over", "Hand over", case, blocks)


def read_hand_over(view: Json) -> ReadHandOver:
    """The hand-over form, from a view_submission."""
    return ReadHandOver(_case(view), word(values(view).get(_id("to"))) or None)


def _form(callback: str, title: str, submit: str, case: Case, blocks: list[Block]) -> View:
    return modal(callback, title, blocks, submit, "Cancel", str(case.number))


def _asked(field: str, label: str, element: InputInteractiveElement, hint: str = "") -> Block:
    return fields.asked(_id(field), label, element, hint=hint)


def _id(field: str) -> str:
    return f"{ids.CASE_BLOCK}:{field}"


def _case(view: Json) -> int:
    return number(metadata(view)) or 0
