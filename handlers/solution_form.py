"""The modals about a solution: support offers one; the customer says what is still wrong, or how it went."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.case import Case
from cases.queues import Json
from handlers import facts, fields, ids
from handlers.case_fields import asked, case_of, field_id
from handlers.fields import number, values, word
from handlers.kit import context, modal, option, section
from handlers.open_words import fitting
from handlers.text import escape
from handlers.times import date

STARS = {5: "Very well", 4: "Well", 3: "It was all right", 2: "Not so well", 1: "Badly"}


@dataclass(frozen=True, slots=True)
class ReadSolution:
    """The resolve form, filled."""

    case: int
    """0: the form names none."""
    kind: str | None
    note: str


@dataclass(frozen=True, slots=True)
class ReadReopen:
    """The reopen form, filled."""

    case: int
    why: str


@dataclass(frozen=True, slots=True)
class ReadRating:
    """The rating form, filled."""

    case: int
    stars: int | None
    line: str


def resolve_view(case: Case, note: str = "") -> View:
    """For support: how it is solved, in the kinds that the promise has, and a note to the customer."""
    options = [option(kind.label, kind.id) for kind in case.promise.solutions]
    only = options[0].value if len(options) == 1 else None
    blocks: list[Block] = [
        section(facts.heading(case), facts.priority(case)),
        asked("kind", "How is it solved?", fields.radio(ids.FORM_VALUE, options, only)),
        asked(
            "note",
            "What was the matter, and what solved it?",
            fields.text(ids.FORM_VALUE, fitting(note), lines=True),
            hint="The customer reads this in the case's thread, and is asked whether it helps.",
        ),
    ]
    return modal(ids.RESOLVE_FORM, "Resolve the case", blocks, "Offer the solution", "Cancel", str(case.number))


def read_resolve(view: Json) -> ReadSolution:
    """The resolve form, from a view_submission."""
    held = values(view)
    return ReadSolution(case_of(view), word(held.get(field_id("kind"))) or None, word(held.get(field_id("note"))))


def reopen_view(case: Case) -> View:
    """For the customer: what is still wrong."""
    blocks: list[Block] = [
        section(facts.heading(case), f"Offered: {escape(case.solution.label)}" if case.solution else ""),
        asked("why", "What is still wrong?", fields.text(ids.FORM_VALUE, "", lines=True)),
        context("The case goes back to the team, and the time to answer you begins anew."),
    ]
    return modal(ids.REOPEN_FORM, "Reopen the case", blocks, "Reopen", "Cancel", str(case.number))


def read_reopen(view: Json) -> ReadReopen:
    """The reopen form, from a view_submission."""
    return ReadReopen(case_of(view), word(values(view).get(field_id("why"))))


def rating_view(case: Case) -> View:
    """For the customer: how it went, starting at what they said before."""
    before = case.rating
    options = [option(f"{facts.stars(count)} {words}", str(count)) for count, words in STARS.items()]
    blocks: list[Block] = [
        section(facts.heading(case)),
        asked("stars", "How did it go?", fields.radio(ids.FORM_VALUE, options, str(before.stars) if before else None)),
        fields.asked(
            field_id("line"),
            "Anything you'd like to tell us?",
            fields.text(ids.FORM_VALUE, before.line if before else ""),
            optional=True,
        ),
    ]
    if case.closes_at:
        blocks.append(context(f"You can change it until the case closes, {date(case.closes_at)}."))
    return modal(ids.RATING_FORM, "Rate our help", blocks, "Send", "Cancel", str(case.number))


def read_rating(view: Json) -> ReadRating:
    """The rating form, from a view_submission."""
    held = values(view)
    return ReadRating(case_of(view), number(held.get(field_id("stars"))), word(held.get(field_id("line"))))
