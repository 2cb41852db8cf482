"""A customer's wish for another priority, as support sees it in the triage thread, and what became of it."""

from slack_sdk.models.blocks import Block

from cases.case import Case
from cases.messages import Drawn
from cases.says import Body
from handlers import facts, ids
from handlers.bodies import count, text_of
from handlers.kit import actions, button, context, drawn, section
from handlers.priority_form import two_fields
from handlers.text import inline, mention, paragraph
from handlers.wish_form import wish_value

MEANING = 1700


def wish(case: Case, body: Body) -> Drawn:
    """Both meanings, the customer's reason, and two buttons while nobody has decided; `body` as at `SayKind.WISH`."""
    label = inline(text_of(body, "label"), 100)
    asks = f"{mention(text_of(body, 'who'))} asks for *{label}*"
    blocks: list[Block] = [
        section(facts.heading(case), f"{_for_whom(body)}{asks}{_replacing(body)}."),
        two_fields(
            _meaning("Now", text_of(body, "before"), text_of(body, "before_means")),
            _meaning("Asked for", text_of(body, "label"), text_of(body, "means")),
        ),
        section("*Why*", paragraph(text_of(body, "reason"), 2500)),
    ]
    if available := text_of(body, "available"):
        blocks.append(context(f"They agree that someone is reachable at any hour: {_people(available, body)}."))
    outcome = _outcome(case, body)
    if outcome:
        blocks.append(section(outcome))
        return drawn(f"{case.reference}: {asks}. {outcome}", blocks)
    if case.wish is not None:
        value = wish_value(case, case.wish)
        blocks.append(actions(button("Grant", ids.GRANT, value, "primary"), button("Refuse…", ids.REFUSE, value)))
    return drawn(f"{case.reference}: {asks}. Grant it, or refuse it with a word.", blocks)


def _for_whom(body: Body) -> str:
    assignee = text_of(body, "assignee")
    return f"{mention(assignee)}: " if assignee else ""


def _replacing(body: Body) -> str:
    earlier = text_of(body, "replaced")
    return f", no longer for {inline(earlier, 100)}" if earlier else ""


def _people(available: str, body: Body) -> str:
    backup = text_of(body, "backup")
    return mention(available) + (f", backup {mention(backup)}" if backup else "")


def _meaning(title: str, label: str, meaning: str) -> str:
    return f"*{title}: {inline(label, 100)}*\n{paragraph(meaning, MEANING)}"


def _outcome(case: Case, body: Body) -> str:
    """Why nothing is left to decide; empty while it is."""
    by = mention(text_of(body, "by")) if text_of(body, "by") else ""
    match text_of(body, "outcome"):
        case "granted":
            return f"✅ {by} granted it."
        case "refused":
            return f"{by} kept the priority as it was: {paragraph(text_of(body, 'word'), 1000)}"
        case "replaced":
            return "A newer wish took its place; that one stands further down."
        case "overtaken":
            return f"{by} changed the priority in the meantime."
        case "done":
            return f"{case.reference} {case.how_done}, so nothing is left to decide." if case.is_done else "It ended."
        case _:
            standing = case.wish is not None and case.wish.revision == count(body, "wish")
            return "" if standing else "This was decided in the meantime."
