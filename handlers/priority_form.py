"""The form in which support changes a priority: both meanings side by side, in the policy's words, and the new time."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, MarkdownTextObject, Option, SectionBlock
from slack_sdk.models.blocks.block_elements import StaticSelectElement
from slack_sdk.models.views import View

from cases.case import Case
from cases.changing_priority import PriorityPreview
from cases.policy import Priority, Product
from cases.queues import Json
from handlers import facts, fields, ids
from handlers.case_fields import case_of, field_id
from handlers.fields import number, values, word
from handlers.kit import context, modal, option, section
from handlers.open_words import fitting
from handlers.text import escape, inline, paragraph
from handlers.times import date, local, target

MEANING = 1100
EXAMPLES = 600
LABEL = 150


@dataclass(frozen=True, slots=True)
class ReadPriority:
    """The priority form, filled."""

    case: int
    """0: the form names none."""
    priority: int | None
    reason: str


def priority_view(shown: PriorityPreview, zone: str, now: datetime, reason: str = "") -> View:
    """For support: another priority, and why; `zone` is the reader's. Drawn anew as another one is chosen.

    The reason's block keeps its id, so that Slack keeps what was typed; `reason` fills it at first.
    """
    case = shown.case
    scale = facts.scale(case.promise.label).lower()
    blocks: list[Block] = [
        section(facts.heading(case), f"Now {facts.priority(case)}"),
        fields.asked(field_id("priority"), "From now on", _menu(shown), redraws=True),
        side_by_side(case, shown.product, shown.chosen),
        section(*_time(shown, zone, now)),
        fields.asked(
            field_id("reason"),
            "Why?",
            fields.text(ids.FORM_VALUE, fitting(reason), lines=True, placeholder="One sentence is enough."),
            hint="The customer reads this in the case's thread.",
        ),
        context(
            "The deadline and all reminders are planned anew. A deadline that was missed stays on record.",
            _consent(shown),
        ),
    ]
    return modal(ids.PRIORITY_FORM, f"Change the {scale}", blocks, "Change it", "Cancel", str(case.number))


def read_priority(view: Json) -> ReadPriority:
    """The priority form, from a view_submission or from a choice in it."""
    held = values(view)
    return ReadPriority(case_of(view), number(held.get(field_id("priority"))), word(held.get(field_id("reason"))))


def options(product: Product) -> list[Option]:
    """The product's priorities, to choose from."""
    return [option(known.label, str(known.number)) for known in product.priorities]


def side_by_side(case: Case, product: Product, chosen: Priority | None, then: str = "From now on") -> SectionBlock:
    """What the priority in force means, and what the chosen one would, in the policy's words; `then` heads it."""
    in_force = next((each for each in product.priorities if each.number == case.promise.priority), None)
    now = _meaning(f"Now: {case.promise.label}", case.promise.meaning, in_force.examples if in_force else ())
    if chosen is None:
        return two_fields(now, f"*{then}*\nChoose another one above, and what it means stands here.")
    return two_fields(now, _meaning(f"{then}: {chosen.label}", chosen.meaning, chosen.examples))


def two_fields(left: str, right: str) -> SectionBlock:
    """Two columns of mrkdwn; one below the other on a phone."""
    return SectionBlock(fields=[MarkdownTextObject(text=text, verbatim=True) for text in (left, right)])


def _meaning(title: str, meaning: str, examples: tuple[str, ...]) -> str:
    such = f"\n_For example:_ {paragraph(' '.join(examples), EXAMPLES)}" if examples else ""
    return f"*{inline(title, LABEL)}*\n{paragraph(meaning, MEANING)}{such}"


def _menu(shown: PriorityPreview) -> StaticSelectElement:
    chosen = shown.chosen.number if shown.chosen else shown.case.promise.priority
    return fields.menu(ids.PRIORITY_CHANGED, options(shown.product), str(chosen))


def _time(shown: PriorityPreview, zone: str, now: datetime) -> list[str]:
    case, promise = shown.case, shown.promise
    if promise is None:
        return [f"⏳ The first answer is due {date(case.due_at)}." if case.waits_for_response else "⏳ No clock runs."]
    within = target(promise.target, promise.calendar)
    if shown.due_at is None:
        return [f"⏳ First answer within {within}; a person has given it already, so no clock runs."]
    said = f"⏳ First answer within {within}: due *{local(shown.due_at, zone)}* instead of {local(case.due_at, zone)}."
    over = "That time is over already: the team hears of it at once." if shown.due_at <= now else ""
    return [said, over]


def _consent(shown: PriorityPreview) -> str:
    if shown.commitment is None or shown.chosen is None:
        return ""
    return (
        f"Changed by you, {escape(shown.chosen.label)} asks nobody of the customer's to be on call: they agree to that "
        "only themselves, when they open a case or ask for this priority."
    )
