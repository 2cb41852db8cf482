"""What a plan brings: its times, the ways to reach support, and its benefits. Seen by the person who asked, alone."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from cases.messages import Drawn
from cases.plan_details import Allowed, PlanDetails
from handlers import clock_words, contacts, ids, regions
from handlers.kit import BLOCKS, at_most, button, context, drawn, packed, section
from handlers.plan_add_ons import add_ons
from handlers.text import clip, escape, inline, paragraph, some
from handlers.times import hours, target

SHOWN = 5
"""Accounts in one answer."""
LABEL = 75
NAMED = 5
"""Priorities in one sentence."""


def plans(found: Sequence[PlanDetails]) -> Drawn:
    """One account's plan, or several one under the other; there is at least one."""
    blocks: list[Block] = []
    each = (BLOCKS - 1) // len(found[:SHOWN]) - 1
    for details in found[:SHOWN]:
        blocks += [DividerBlock()] * bool(blocks) + at_most(_plan(details), each, _rest(found))
    if len(found) > SHOWN:
        left_out = ", ".join(inline(details.account.name, 80) for details in found[SHOWN : SHOWN + 20])
        blocks.append(context(f"… and {len(found) - SHOWN} more: {left_out}. `/case plan` with a name shows one."))
    return drawn("; ".join(_title(details) for details in found[:SHOWN]), blocks)


def _rest(found: Sequence[PlanDetails]) -> str:
    alone = "" if len(found) == 1 else " `/case plan` with a name shows more of one."
    return f"… and more than fits here; ask us for the rest.{alone}"


def _plan(details: PlanDetails) -> list[Block]:
    plan, program = details.plan, details.program
    blocks: list[Block] = [
        section(f"*{_title(details)}*", accessory=_review_button(details)),
        *packed(["*A first answer from a person*", *(_allowed(each) for each in details.allowed)]),
    ]
    if plan.commitment:
        asking = [
            clip(each.label, LABEL)
            for number, each in zip(plan.targets, details.allowed, strict=True)
            if number in plan.commitment.priorities
        ]
        blocks.append(section(f"*What {some(asking, NAMED)} asks of you*", paragraph(plan.commitment.promise, 1500)))
    if ways := [*contacts.success_manager(details), *contacts.lines(details.contacts)]:
        blocks += packed(["*How to reach us*, beside this channel", *_listed(ways)])
    if plan.benefits:
        benefits = (f"*{inline(each.label, 100)}*: {paragraph(each.text, 1600)}" for each in plan.benefits)
        team = ["*Your designated team*, by its day", *_listed(regions.listed(plan.team))] if plan.team else []
        blocks += packed(["*What else it brings*", *_listed(benefits), *team])
    if own := list(add_ons(details)):
        blocks += packed(["*People of your own*", *_listed(own)])
    if program.articles and details.answered is not None:
        blocks.append(context(f"Requests that an article answered so far, without a case: {details.answered}."))
    small = [paragraph(program.resolution, 800)] if program.resolution else []
    blocks.append(context(*small, f"From {escape(program.name)}'s policy, version {escape(program.version)}."))
    return blocks


def _review_button(details: PlanDetails) -> ButtonElement | None:
    if not details.plan.ticket_reviews:
        return None
    return button("Ask for a ticket review", ids.REVIEW, str(details.account.id))


def _title(details: PlanDetails) -> str:
    return f"{inline(details.account.name, 80)}: {clip(details.program.name, LABEL)} {clip(details.plan.name, LABEL)}"


def _allowed(allowed: Allowed) -> str:
    label = escape(allowed.label) if allowed.label else "Any request"
    within = f"• {label}: within *{target(allowed.within, allowed.calendar)}*, {escape(hours(allowed.calendar))}"
    then = clock_words.allowed(allowed.clocks, allowed.calendar)
    return f"{within}; {then}" if then else within


def _listed(lines: Iterable[str]) -> list[str]:
    return [f"• {line}" for line in lines]
