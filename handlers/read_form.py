"""The open form read back from Slack's view."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.intake import Form
from cases.queues import Json
from handlers import form_ids
from handlers.fields import Value, number, values, word, words
from handlers.form_ids import NO, NOW, OURS, TOLD, YES


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What the form holds; the people still as Slack ids, for the listener to look up."""

    form: Form
    available: str | None
    backup: str | None


def read_form(view: Json) -> ReadForm:
    """From the `view` of a view_submission or of a block action in it; what can't be read counts as not answered."""
    held = values(view)
    product = word(_of(held, "product")) or None
    answers = tuple(_answers(held, product))
    form = Form(
        account=number(_of(held, "account")),
        title=word(_of(held, "title")),
        details=word(_of(held, "details")),
        product=product,
        kind=word(_of(held, "kind")) or None,
        tenant=word(_of(held, "tenant")),
        production={YES: True, NO: False}.get(word(_of(held, "production"))),
        answers=tuple((question.split(":", 1)[1], answer) for question, answer in answers),
        priority=_priority(held, answers),
        consent=bool(words(_of(held, "consent"))),
        detected={OURS: True, TOLD: False}.get(word(_of(held, "detected"))),
        start_now=word(_of(held, "start_now")) == NOW,
    )
    return ReadForm(form, word(_of(held, "available")) or None, word(_of(held, "backup")) or None)


def _of(held: dict[str, Value], name: str) -> Value:
    own = form_ids.field(name)
    return next((value for id, value in held.items() if id == own or id.startswith(f"{own}:")), None)


def _answers(held: dict[str, Value], product: str | None) -> Iterator[tuple[str, str]]:
    """`product:question` and answer, of the product chosen now (or the only one, which isn't asked)."""
    prefix = f"{form_ids.field('answers')}:"
    for block_id, value in held.items():
        question = block_id.removeprefix(prefix)
        of_product = product is None or question.startswith(f"{product}:")
        if block_id.startswith(prefix) and of_product and isinstance(value, str):
            yield question, value


def _priority(held: dict[str, Value], answers: tuple[tuple[str, str], ...]) -> int | None:
    """The person's own choice: only one that differs from the recommendation it was made under, which still stands."""
    prefix = f"{form_ids.field('priority')}:"
    for block_id, value in held.items():
        if block_id.startswith(prefix):
            recommended = number(block_id.removeprefix(prefix).split(":")[0])
            chosen = number(value)
            if block_id == form_ids.priority(recommended, answers) and chosen != recommended:
                return chosen
    return None
