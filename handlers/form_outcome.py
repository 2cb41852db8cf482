"""What the open form shows back: the priority and its deadline, the commitment, or why no case can be opened."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block

from cases.intake import Form, Preview
from cases.policy import Priority
from cases.promise import Promise
from handlers import facts, fields, form_ids, ids
from handlers.commitment_fields import commitment_fields
from handlers.form_ids import field
from handlers.kit import context, option, section
from handlers.text import escape, paragraph
from handlers.times import date, hours, local, target

EXAMPLES = 1500


def outcome(form: Form, shown: Preview, zone: str, now: datetime) -> Iterator[Block]:
    """The last part of the form; `zone` is the reader's."""
    if shown.declined is not None:
        yield from _declined(shown)
        return
    yield from _priority(shown)
    if shown.promise is None or shown.due_at is None:
        yield context(_still_missing(shown))
        return
    yield from _deadline(shown.promise, shown, shown.due_at, zone, now)
    if shown.promise.commitment and shown.detected:
        yield context("The customer hasn't declared this priority, so nobody of theirs is asked to be on call for it.")
    elif shown.promise.commitment:
        held = (form.consent, form.available, form.backup)
        yield from commitment_fields(shown.promise.commitment, shown.promise.label, held, field, ids.OPEN_VALUE)


def _declined(shown: Preview) -> Iterator[Block]:
    yield section("*This one lies outside the support programme*", paragraph(shown.declined or "", 2500))
    if shown.to_manager:
        yield context("*Ask a manager* hands it over with what you wrote; a person will come back to you.")
    elif shown.to_triage:
        yield context(
            "*Leave the request* hands the team what you wrote all the same. They read it, but no time is promised for "
            "an answer. You can also change your answer above, or *Cancel*."
        )
    else:
        yield context("*OK* closes this form and opens nothing. You can also change your answer above.")


def _still_missing(shown: Preview) -> str:
    if not shown.account_known:
        return "Choose the customer, and what their programme asks follows here."
    if shown.product is None:
        return "Choose the product, and the questions that lead to a priority follow here."
    if shown.product.kinds:
        return "Choose the kind of request, and the time by which a person answers appears here."
    scale = facts.scale(shown.product.priorities[0].label).lower() if shown.product.priorities else "priority"
    return f"Answer the question above: the {scale}, and the time by which a person answers, appear here."


def _priority(shown: Preview) -> Iterator[Block]:
    product = shown.product
    if product is None or not product.priorities or (shown.recommended is None and product.questions):
        return
    if shown.recommended is not None:
        recommended = product.priority(shown.recommended)
        because = f"\n_Because:_ {paragraph(shown.because, 600)}" if shown.because else ""
        yield section(f"*Recommended: {escape(recommended.label)}*{because}")
    chosen = str(shown.priority.number) if shown.priority else None
    options = [option(each.label, str(each.number)) for each in product.priorities]
    answers = [(f"{product.id}:{asked.question.id}", asked.answer.id) for asked in shown.asked if asked.answer]
    block_id = form_ids.priority(shown.recommended, answers)
    label = f"{facts.scale(product.priorities[0].label)} of this case"
    yield fields.asked(block_id, label, fields.menu(ids.FORM_CHANGED, options, chosen), redraws=True)
    if shown.priority:
        yield _described(shown.priority)


def _described(priority: Priority) -> Block:
    examples = "\n".join(f"• {escape(example)}" for example in priority.examples)
    listed = f"_For example:_\n{examples}" if 0 < len(examples) <= EXAMPLES else ""
    return section(f"*{escape(priority.label)}*: {paragraph(priority.meaning, 1000)}", listed)


def _deadline(promise: Promise, shown: Preview, due_at: datetime, zone: str, now: datetime) -> Iterator[Block]:
    within = target(promise.target, promise.calendar)
    yield section(
        f"*First answer from a person within {within}*, counted {escape(hours(promise.calendar))}.",
        f"⏳ {_by(shown, due_at, zone, now)}",
    )
    yield context(
        f"By each reader's own clock: {date(due_at)}. Counted from {local(shown.started_at, zone)}.",
        paragraph(promise.resolution, 800) if promise.resolution else "",
    )


def _by(shown: Preview, due_at: datetime, zone: str, now: datetime) -> str:
    by = f"*{local(due_at, zone)}*"
    if due_at <= now:
        return f"That was by {by}, so the team hears of it at once."
    return f"{'Sent now, that' if shown.started_at == now else 'That'} is by {by}."
