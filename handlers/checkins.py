"""The commitment's reminders: kind, to the named person first, then the backup, then the managers."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from cases.case import Case, State
from cases.case_parts import Commitment
from cases.committing import next_check_in
from cases.messages import Drawn
from cases.says import Body
from handlers import facts, ids
from handlers.bodies import count, text_of
from handlers.escalations import LATE_FROM_SECONDS
from handlers.kit import actions, button, context, drawn, section
from handlers.text import escape, inline, mention
from handlers.times import date, exactly

MANAGERS = "managers"


def check_in(case: Case, body: Body, now: datetime) -> Drawn:
    """One reminder, as the commitment stands now; `body` as listed at `SayKind.CHECK_IN`."""
    commitment = case.commitment
    ended = over(case, body)
    if ended or commitment is None:
        return drawn(f"{case.reference}: {ended}", [section(f"{facts.heading(case)}", ended)])
    words = _words(case, commitment, body)
    blocks: list[Block] = [section(words)]
    blocks += [context(line) for line in (_why(case, body), _late(body)) if line]
    blocks.append(actions(*_buttons(case, body)))
    return drawn(words.replace("\n", ": "), blocks)


def over(case: Case, body: Body) -> str:
    """What became of this check-in once it asks nothing more; empty while it does. mrkdwn."""
    commitment = case.commitment
    if commitment is None or case.promise.commitment is None:
        return f"Now at {facts.priority(case)}: nobody needs to stay reachable around the clock. Thank you!"
    if case.state is State.OFFERED:
        return "A solution stands offered, so nobody needs to stay reachable unless the case is reopened. Thank you!"
    if case.is_done:
        return f"The case {case.how_done}, so nobody needs to stay reachable any more. Thank you!"
    if commitment.check_in != count(body, "check_in"):
        return f"A newer check-in has taken this one's place; {mention(commitment.available.user)} is the one to reach."
    if commitment.confirmed_at is None or commitment.confirmed_by is None:
        return ""
    following = next_check_in(case)
    again = f" We ask again {date(following)}." if following else ""
    who = mention(commitment.confirmed_by.user)
    return f"✅ Confirmed {date(commitment.confirmed_at)}: {who} can be reached. Thank you!{again}"


def _words(case: Case, commitment: Commitment, body: Body) -> str:
    reference, label = f"*{case.reference}*", escape(case.promise.label)
    step, to = text_of(body, "step"), mention(text_of(body, "to"))
    available = mention(commitment.available.user)
    if step == MANAGERS:
        account = inline(case.account_name)
        asked = f"{available} of {account} hasn't"
        if commitment.backup:
            asked = f"{available} and {mention(commitment.backup.user)} of {account} haven't"
        return (
            f"{facts.heading(case)}\n{asked} confirmed that they can be reached for this {label}. "
            "Perhaps someone can ring them; if nobody is there, a lower priority fits better."
        )
    if step == "backup":
        return (
            f"Hello {to}, we couldn't reach {available} about {reference}. Could you stand in, so that we have "
            "someone to ask while we work on it?"
        )
    first = count(body, "check_in") == 1
    if first:
        return f"Hello {to}, you are named as the one to reach for {reference} ({label}). Are you available?"
    return f"Hello {to}, we are still working on {reference} ({label}). Are you still available if we need you?"


def _why(case: Case, body: Body) -> str:
    rule = case.promise.commitment
    if rule is None or text_of(body, "step") == MANAGERS:
        return ""
    return (
        f"We ask every {exactly(rule.every_seconds)}, until the case is resolved or its priority lowered. "
        "If it should be somebody else, hand it over: that is just as good."
    )


def _late(body: Body) -> str:
    seconds = count(body, "late_seconds")
    if seconds < LATE_FROM_SECONDS:
        return ""
    return f"This comes {exactly(seconds - seconds % 60)} late: I was away. I'm sorry."


def _buttons(case: Case, body: Body) -> list[ButtonElement]:
    value = str(case.number)
    if text_of(body, "step") == MANAGERS:
        return [button(f"Lower {facts.scale(case.promise.label).lower()}…", ids.PRIORITY, value, "primary")]
    return [
        button("I'm available", ids.AVAILABLE, value, "primary"),
        button("Hand over to…", ids.HAND_OVER, value),
    ]
