"""The questions that come with a priority which asks for someone reachable day and night: the box, who, and backup."""

from collections.abc import Callable, Iterator

from slack_sdk.models.blocks import Block

from cases.people import Actor
from cases.policy import CommitmentRule
from handlers import fields
from handlers.form_ids import YES
from handlers.kit import option, section
from handlers.text import escape, paragraph
from handlers.times import exactly


def commitment_fields(
    rule: CommitmentRule,
    label: str,
    held: tuple[bool, Actor | None, Actor | None],
    id: Callable[[str], str],
    action: str,
    begins: str = "when the case opens",
) -> Iterator[Block]:
    """`held`: agreed, available and backup so far; `id` makes a block id of `consent`, `available` and `backup`."""
    consent, available, backup = held
    yield section(
        f"*{escape(label)} asks something of your side too*",
        paragraph(rule.promise, 1500),
        f"We check in with them {begins} and every {exactly(rule.every_seconds)} after that. "
        "It ends when the case is resolved or its priority lowered.",
    )
    box = option("Yes, someone on our side is reachable at any hour", YES)
    yield fields.asked(id("consent"), "Do you agree?", fields.tick(action, box, consent))
    named = available.person.user if available else None
    yield fields.asked(id("available"), "Who can be reached?", fields.person(action, named))
    other = backup.person.user if backup else None
    yield fields.asked(id("backup"), "And who if they don't answer?", fields.person(action, other), optional=True)
