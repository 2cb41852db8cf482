"""The modal that opens a case: it asks, recommends a priority, and shows the deadline before anything is sent."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from cases.intake import Form, Intake, Preview
from handlers import fields, ids
from handlers.form_outcome import outcome
from handlers.form_questions import about, account, guiding, noticed, start
from handlers.kit import context, modal, section
from handlers.open_words import first_line, fitting
from handlers.suggestions import suggested
from handlers.text import link, paragraph
from handlers.times import date

QUOTE = 1200


def open_view(intake: Intake, form: Form, shown: Preview, zone: str, now: datetime) -> View:
    """The form as it stands; `zone` is the IANA zone of the person who fills it.

    Block ids stay the same from one drawing to the next, so that Slack keeps what was typed. `form` fills the inputs
    that are new.
    """
    blocks: list[Block] = [
        *account(shown),
        *noticed(form, shown),
        *_quoted(intake, shown),
        *_words(intake, form, shown),
        *suggested(_title(intake, form), shown.program.articles),
        *about(form, shown),
        *guiding(shown),
        *start(form, shown),
        DividerBlock(),
        *outcome(form, shown, zone, now),
    ]
    return modal(ids.OPEN_FORM, "Open a case", blocks, _submit(shown), "Cancel", intake.id)


def _submit(shown: Preview) -> str:
    if shown.declined is None:
        return "Open the case"
    if shown.to_triage:
        return "Leave the request"
    return "Ask a manager" if shown.to_manager else "OK"


def _quoted(intake: Intake, shown: Preview) -> Iterator[Block]:
    if intake.source is None:
        return
    seen = link(intake.source.permalink, "See it in the channel")
    starts = shown.started_at == intake.source.at
    clock = "its time starts the clock" if starts else "the clock starts now instead"
    yield section(f"*The message*, {date(intake.source.at)}; {clock}.")
    yield context(paragraph(intake.source.text, QUOTE, empty="It has no text of its own."), seen)


def _title(intake: Intake, form: Form) -> str:
    return form.title or first_line(intake.source.text if intake.source else intake.text)


def _words(intake: Intake, form: Form, shown: Preview) -> Iterator[Block]:
    typed = intake.source.text if intake.source else intake.text
    title, details = _title(intake, form), form.details or typed.strip()
    helps = bool(shown.program.articles)
    yield fields.asked(
        f"{ids.OPEN_BLOCK}:title",
        "Title",
        fields.text(ids.TITLE_TYPED, fitting(title), placeholder="What is it about, in a few words?", as_typed=helps),
        optional=not shown.is_sent,
        redraws=helps,
    )
    yield fields.asked(
        f"{ids.OPEN_BLOCK}:details",
        "What happens?",
        fields.text(
            ids.OPEN_VALUE, fitting(details), lines=True, placeholder="What do you see, and what did you expect?"
        ),
        optional=not shown.is_sent,
    )
    if not fields.fits(typed):
        yield context(
            f"The text has {len(typed):,} characters; the field above holds the first {len(fitting(typed.strip())):,}. "
            "The whole of it stays with the case."
        )
