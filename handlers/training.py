"""Training and what it costs less, told in private to whoever asks: `@caseclock training`."""

import re
from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from cases.contacts import BenefitKind
from cases.errors import Refused
from cases.messages import Drawn
from cases.people import Actor
from cases.plan_details import PlanDetails
from handlers.front import Front
from handlers.kit import BLOCKS, at_most, drawn, packed, section
from handlers.text import escape, inline, paragraph

ABOUT = frozenset(
    {"course", "courses", "discount", "discounts", "education", "learning", "training", "trainings", "certification"}
)
BESIDE = frozenset(
    re.findall(
        "[a-z]+",
        "a about an and any are can cost costs do does for get have how i in instructor is it led me more much my of "
        "on our pass please plan plans premier price prices s show tell the there to us we what which with you your",
    )
)
"""What may stand around the word. Anything else, and it is trouble with a course: a case is asked for."""
SHOWN = 5
NONE_HERE = "No account of yours is linked to this channel, so I don't know which training you get."


def asks_training(text: str) -> bool:
    """A mention that asks for training or its discount, and says nothing else."""
    words = set(re.findall(r"[^\W\d_]+", re.sub(r"<[^<>]*>", "", text).casefold()))
    return bool(words & ABOUT) and words <= ABOUT | BESIDE


def training_of(front: Front, channel: str, actor: Actor) -> Drawn:
    """What this person's plans in this channel say of training."""
    try:
        return training(front.lookup.plans(actor, channel))
    except Refused as refusal:
        return Drawn(str(refusal), ())


def training(found: Sequence[PlanDetails]) -> Drawn:
    """By account."""
    if not found:
        return drawn(NONE_HERE, [section(NONE_HERE)])
    each = BLOCKS // len(found[:SHOWN])
    blocks: list[Block] = []
    for details in found[:SHOWN]:
        blocks += at_most(packed(_of(details)), each, "… and more. Ask us here for the rest.")
    return drawn("Training, as your plan has it.", blocks)


def _of(details: PlanDetails) -> Iterator[str]:
    account, plan = inline(details.account.name, 80), f"{escape(details.program.name)} {escape(details.plan.name)}"
    told = [benefit for benefit in details.plan.benefits if benefit.kind is BenefitKind.EDUCATION]
    if not told:
        yield f"*{account}*: {plan} says nothing of training or a discount on it. Ask us here about what there is."
        return
    yield f"*{account}*, with {plan}:"
    yield from (f"*{inline(each.label, 100)}*: {paragraph(each.text, 1200)}" for each in told)
