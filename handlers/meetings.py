"""A meeting of a success manager with their customer, as they are reminded of it."""

from datetime import date

from slack_sdk.models.blocks import Block

from cases.messages import Drawn
from cases.reminders import ReminderKind
from cases.says import Body
from handlers import ids
from handlers.bodies import count, instant, text_of
from handlers.escalations import LATE_FROM_SECONDS
from handlers.kit import actions, button, context, drawn, section
from handlers.text import escape, inline, mention
from handlers.times import date as shown
from handlers.times import exactly

NAME = 80
PURPOSE = {
    ReminderKind.KICKOFF: (
        "It is there to meet their team, and to show them how support, training and the ways to get the most of their "
        "plan work."
    ),
    ReminderKind.SUCCESS_MEETING: (
        "To talk about: how the service and support do, what is planned on both sides, and how much they use."
    ),
    ReminderKind.BUSINESS_REVIEW: (
        "To talk about: what the roadmap brings for their plans, how healthy their use is, and what their sponsor and "
        "ours should decide together."
    ),
}


def meeting(body: Body) -> Drawn:
    """The reminder or, once the meeting was held, that it was; `body` as listed at `SayKind.MEETING`."""
    if body.get("held_by"):
        said = _held(body)
        return drawn(said, [section(said)])
    head = _head(body)
    blocks: list[Block] = [section(head, PURPOSE[_kind(body)])]
    if count(body, "late_seconds") >= LATE_FROM_SECONDS:
        late = exactly(count(body, "late_seconds") // 60 * 60)
        blocks.append(context(f"This comes {late} late: I was away. I'm sorry."))
    blocks.append(actions(button("Held", ids.HELD, f"{count(body, 'account_id')}:{text_of(body, 'reminder')}")))
    blocks.append(context(_small_print(body)))
    return drawn(head, blocks)


def day_of(written: str) -> str:
    """`Monday 23 March 2026`, of an ISO date."""
    return date.fromisoformat(written).strftime("%A %-d %B %Y")


def _head(body: Body) -> str:
    what, day = _named(body), day_of(text_of(body, "day"))
    by = f"is to be held by *{day}*"
    if _kind(body) is ReminderKind.KICKOFF:
        began = date.fromisoformat(text_of(body, "term"))
        by = f"{by}: their term began {began:%-d %B %Y}"
        if body.get("last"):
            by = f"isn't marked as held, and *{day}* is the last day for it: their term began {began:%-d %B %Y}"
    if body.get("manager"):
        return f"Hello {mention(text_of(body, 'manager'))}, the {what} {by}."
    title = escape(text_of(body, "title"))
    return f"The {what} {by}. {inline(text_of(body, 'account'), NAME)} has no {title} named, so you are told instead."


def _held(body: Body) -> str:
    when = f"{mention(text_of(body, 'held_by'))} {shown(instant(body, 'held_at'))}"
    following = f" The next one is to be held by {day_of(text_of(body, 'next'))}." if body.get("next") else ""
    return f"✅ The {_named(body)} was held, says {when}. Thank you!{following}"


def _named(body: Body) -> str:
    account, plan = inline(text_of(body, "account"), NAME), escape(text_of(body, "plan"))
    return f"*{escape(text_of(body, 'label'))}* with *{account}* ({plan})"


def _small_print(body: Body) -> str:
    if not body.get("manager"):
        return "Name one in the accounts file, as `csm:`, and import it; or press *Held* once it took place."
    if _kind(body) is ReminderKind.KICKOFF:
        return "Press *Held* once it took place; nobody is reminded of it any more then."
    return "Press *Held* once it took place: the next one is counted from that day."


def _kind(body: Body) -> ReminderKind:
    return ReminderKind(text_of(body, "reminder").partition(":")[0])
