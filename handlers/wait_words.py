"""What a case that waits on its customer says of itself, to them and to the team."""

from cases.case import Case
from cases.case_parts import Wait
from cases.waiting import is_offer
from handlers.text import inline, mention
from handlers.times import date

ANSWER_HERE = "Just answer here in the thread; then we go on at once."


def news(wait: Wait) -> str:
    """For the customer's card; mrkdwn."""
    asked = inline(wait.asked, 500)
    return f"🙋 We need something from you: {mention(wait.by.user)} asked {date(wait.since)}.\n{asked}\n{ANSWER_HERE}"


def state(case: Case, wait: Wait) -> str:
    """For the team, at a glance; mrkdwn."""
    offered = ", closing was offered" if is_offer(case, wait.reminders) else ""
    return f"⏸ waiting on the customer since {date(wait.since)}{offered}"
