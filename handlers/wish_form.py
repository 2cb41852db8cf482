"""The forms of a wish: the customer asks for another priority; support, refusing, says why."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.case import Case
from cases.case_parts import Wish
from cases.changing_priority import PriorityPreview
from cases.queues import Json
from cases.wishes import WishForm
from handlers import facts, fields, ids
from handlers.case_fields import case_of, field_id
from handlers.commitment_fields import commitment_fields
from handlers.fields import metadata, number, values, word, words
from handlers.kit import context, modal, packed, section
from handlers.open_words import fitting
from handlers.priority_form import options, side_by_side
from handlers.text import escape, inline, mention, paragraph
from handlers.times import local, target


@dataclass(frozen=True, slots=True)
class ReadWish:
    """The customer's form; the people still as Slack ids, for the listener to look up."""

    case: int
    form: WishForm
    available: str | None
    backup: str | None


@dataclass(frozen=True, slots=True)
class ReadRefusal:
    """The refusal, filled."""

    case: int
    wish: int
    word: str


def wish_view(shown: PriorityPreview, form: WishForm, zone: str) -> View:
    """For the customer: the priorities with their meanings, and a reason; drawn anew as another one is chosen."""
    case = shown.case
    scale = facts.scale(case.promise.label).lower()
    chosen = str(shown.chosen.number) if shown.chosen else None
    open_options = [each for each in options(shown.product) if each.value != str(case.promise.priority)]
    menu = fields.menu(ids.WISH_CHANGED, open_options, chosen)
    blocks: list[Block] = [
        section(facts.heading(case), f"It is at {facts.priority(case)}."),
        fields.asked(field_id("priority"), f"Which {scale} would be right?", menu, redraws=True),
        *_meanings(shown),
        fields.asked(
            field_id("reason"),
            "Why?",
            fields.text(ids.FORM_VALUE, fitting(form.reason), lines=True, placeholder="What has changed?"),
            hint="The team decides by this, and everyone in the case's thread can read it once it is granted.",
        ),
    ]
    if shown.commitment and shown.chosen:
        held = (form.consent, form.available, form.backup)
        begins = "once the team agrees"
        blocks += commitment_fields(shown.commitment, shown.chosen.label, held, field_id, ids.FORM_VALUE, begins)
    blocks.append(context(*_small_print(shown, zone)))
    return modal(ids.WISH_FORM, f"Ask for another {scale}", blocks, "Ask", "Cancel", str(case.number))


def read_wish(view: Json) -> ReadWish:
    """The customer's form, from a view_submission or from a choice in it."""
    held = values(view)
    form = WishForm(
        priority=number(held.get(field_id("priority"))),
        reason=word(held.get(field_id("reason"))),
        consent=bool(words(held.get(field_id("consent")))),
    )
    available, backup = word(held.get(field_id("available"))), word(held.get(field_id("backup")))
    return ReadWish(case_of(view), form, available or None, backup or None)


def refusal_view(case: Case, wish: Wish) -> View:
    """For support: why the priority stays."""
    blocks: list[Block] = [
        section(facts.heading(case), f"{mention(wish.by.user)} asks for *{inline(wish.label, 100)}*:"),
        section(paragraph(wish.reason, 2500)),
        fields.asked(
            field_id("word"),
            f"Why does it stay at {case.promise.label}?",
            fields.text(ids.FORM_VALUE, "", lines=True),
            hint="The customer reads this in the case's thread.",
        ),
    ]
    return modal(ids.REFUSAL_FORM, "Keep the priority", blocks, "Keep it", "Cancel", wish_value(case, wish))


def read_refusal(view: Json) -> ReadRefusal:
    """The refusal, from a view_submission."""
    case, wish = read_value(metadata(view))
    return ReadRefusal(case, wish, word(values(view).get(field_id("word"))))


def wish_value(case: Case, wish: Wish) -> str:
    """What the wish's buttons and the refusal carry: the case's number, and which of its wishes is meant."""
    return f"{case.number}:{wish.revision}"


def read_value(value: str) -> tuple[int, int]:
    """`wish_value` read back; 0 where there is none."""
    case, _, wish = value.partition(":")
    return number(case[:9]) or 0, number(wish[:9]) or 0


MEANINGS = 10
"""Sections of them: a view holds 250 KB, and an emoji takes twelve bytes. Whichever is chosen is read whole."""


def _meanings(shown: PriorityPreview) -> list[Block]:
    if shown.chosen is not None:
        return [side_by_side(shown.case, shown.product, shown.chosen, "You ask for")]
    listed = (f"*{escape(each.label)}*: {paragraph(each.meaning, 600)}" for each in shown.product.priorities)
    return list(packed(listed)[:MEANINGS])


def _small_print(shown: PriorityPreview, zone: str) -> list[str]:
    lines = ["A person of our team decides and answers in the case's thread. Until then everything stays as it is."]
    if shown.promise and shown.due_at:
        within = target(shown.promise.target, shown.promise.calendar)
        lines.append(f"Granted now, it would bring a first answer within {within}: by {local(shown.due_at, zone)}.")
    if shown.case.wish is not None:
        lines.append(f"It takes the place of your earlier wish for {escape(shown.case.wish.label)}.")
    return lines
