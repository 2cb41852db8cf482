"""Asking the customer who can be reached, where support raised the priority: the message, its form, its answer."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.case import Case
from cases.messages import Drawn
from cases.naming import NamingForm, open_naming
from cases.people import Actor
from cases.policy import CommitmentRule
from cases.queues import Json
from cases.says import Body
from handlers import facts, ids
from handlers.answering import actor_of, show_modal
from handlers.bodies import text_of
from handlers.case_fields import case_of, field_id
from handlers.commitment_fields import commitment_fields
from handlers.fields import values, word, words
from handlers.front import Front
from handlers.kit import actions, button, context, drawn, modal, section
from handlers.named import named_people
from handlers.payloads import Interaction
from handlers.text import escape, inline, mention, paragraph


def naming(case: Case, body: Body) -> Drawn:
    """As the case stands now; `body` as listed at `SayKind.NAMING`."""
    step, found = text_of(body, "step"), open_naming(case)
    if found is None or (step == "ask" and found[0].told_again):
        over = _over(case, asked_again=found is not None)
        return drawn(f"{case.reference}: {over}", [section(facts.heading(case), over)])
    said = _managers(case) if step == "managers" else _customer(case, body, again=step == "again")
    blocks: list[Block] = [section(facts.heading(case), said)]
    if step == "managers":
        scale = facts.scale(case.promise.label).lower()
        blocks.append(actions(button(f"Lower {scale}…", ids.PRIORITY, str(case.number), "primary")))
    else:
        blocks.append(context(paragraph(found[1].promise, 1500)))
        blocks.append(actions(button("Who can be reached?", ids.NAME, str(case.number), "primary")))
    return drawn(f"{case.reference}: {said}", blocks)


def naming_view(case: Case, rule: CommitmentRule) -> View:
    """For the customer: the box, who, and backup."""
    blocks: list[Block] = [
        section(facts.heading(case)),
        *commitment_fields(rule, case.promise.label, (False, None, None), field_id, ids.FORM_VALUE, "at once"),
    ]
    return modal(ids.NAMING_FORM, "Who can be reached?", blocks, "Name them", "Cancel", str(case.number))


def ask(front: Front, seen: Interaction) -> None:
    """The button: its form."""
    case, rule = front.availability.nameable(seen.number, actor_of(front, seen), seen.channel)
    show_modal(front, seen, naming_view(case, rule))


def take(front: Front, view: Json, actor: Actor) -> None:
    """The form was sent."""
    held, case = values(view), case_of(view)
    ids_by_field = {field: word(held.get(field_id(field))) or None for field in ("available", "backup")}
    people = named_people(front, ids_by_field)
    form = NamingForm(bool(words(held.get(field_id("consent")))), people.get("available"), people.get("backup"))
    with front.units.reading() as uow:
        channel = uow.cases.get(case).channel
    front.availability.name(case, form, actor, channel, front.clock.now())


def _customer(case: Case, body: Body, *, again: bool) -> str:
    hello, label = _hello(body), escape(case.promise.label)
    if again:
        return (
            f"{hello}nobody is named yet whom we can reach at any hour about this {label}. Who could it be? If nobody "
            "can, say so with *Ask for another* on the case's card: a lower one fits better then."
        )
    return f"{hello}this is at {label} now. While we work on it day and night, whom can we reach on your side?"


def _hello(body: Body) -> str:
    to = text_of(body, "to")
    return f"Hello {mention(to)}, " if to else "Hello, "


def over(case: Case) -> str:
    """To the managers: why nobody needs to be named any more; empty while somebody does. mrkdwn."""
    return "" if open_naming(case) else _over(case, asked_again=False)


def _managers(case: Case) -> str:
    return (
        f"Nobody of {inline(case.account_name)} is named yet who can be reached for this {escape(case.promise.label)}. "
        "They were asked again just now. Perhaps someone can ring them; if nobody is there, a lower priority fits "
        "better."
    )


def _over(case: Case, *, asked_again: bool) -> str:
    if asked_again:
        return "We have asked again since; the newer question is the one to answer."
    if case.is_done:
        return f"The case {case.how_done}, so nobody needs to be named any more."
    if case.commitment is not None:
        return f"✅ {mention(case.commitment.available.user)} can be reached. Thank you!"
    return f"Now at {facts.priority(case)}: nobody needs to be reachable around the clock."
