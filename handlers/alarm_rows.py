"""One alarm as a row of a digest: which case, what of it, by when, who has it, and the one thing to press."""

from datetime import datetime

import structlog
from slack_sdk.models.blocks import ButtonElement, SectionBlock

from cases.case import Case
from cases.messages import Row
from cases.policy import ClockKind
from cases.says import Body, Say, SayKind
from handlers import checkins, clock_alarms, escalations, facts, ids, leases, naming
from handlers.bodies import count, instant, text_of
from handlers.home_parts import place
from handlers.kit import button, section
from handlers.text import clip, inline, link
from handlers.times import date, left

TITLE = 80
ACCOUNT = 40
LABEL = 40
"""Units of text: a page has to fit into one message."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def alarm_row(row: Row, url: str, now: datetime) -> SectionBlock:
    """As the case stands now. One that can't be drawn is told by its number: it must not take the others with it."""
    if row.case is not None:
        try:
            return _drawn(row.case, row, url, now)
        except (ValueError, TypeError, KeyError, AttributeError):
            log.exception("row_not_drawn", key=row.say.key)
    return section(f"⚠️ {_reference(row, url)}", "Something is due here that I can't show. Please look at the case.")


def asks(row: Row) -> bool:
    """Somebody still has to act on it, or nobody can tell."""
    return row.case is None or not settled(row.case, row.say)


def settled(case: Case, say: Say) -> str:
    """Why it asks nothing of anyone any more; empty while it does. mrkdwn."""
    match say.kind:
        case SayKind.LEASE:
            return leases.over(case, say.body)
        case SayKind.CHECK_IN:
            return checkins.over(case, say.body)
        case SayKind.NAMING:
            return naming.over(case)
        case _ if clock_alarms.clock_of(say.body) is ClockKind.RESPONSE:
            return escalations.settled(case, say.body)
        case _:
            return clock_alarms.settled(case, say.body)


def icon(say: Say) -> str:
    """How bad it is, at a glance."""
    return {
        SayKind.ESCALATION: escalations.icon(say.body),
        SayKind.LEASE: "↩️",
        SayKind.CHECK_IN: "☎️",
        SayKind.NAMING: "☎️",
    }[say.kind]


def _drawn(case: Case, row: Row, url: str, now: datetime) -> SectionBlock:
    head = f"{_reference(row, url)} · {inline(case.title, TITLE, 'no title')}"
    if over := settled(case, row.say):
        return section(f"~{_reference(row, url)}~ · {inline(case.title, TITLE, 'no title')}", over)
    whose = f"{clip(case.promise.label, LABEL)} · {inline(case.account_name, ACCOUNT)}"
    late = escalations.told_late(row.say.body) if row.say.kind is SayKind.ESCALATION else ""
    by = f"{_due(case, row.say, now)} · {facts.assignee(case)}{late}"
    return section(f"{icon(row.say)} {head}", f"{_what(row.say)} · {whose}", by, accessory=_press(case, row.say))


def _reference(row: Row, url: str) -> str:
    """`*C-12*`, a link to the case's card."""
    reference = f"C-{row.say.case}"
    return f"*{link(place(url, row.card), reference) if row.card and url else reference}*"


def _what(say: Say) -> str:
    match say.kind:
        case SayKind.LEASE:
            return f"*{leases.head(say.body)}*"
        case SayKind.CHECK_IN:
            return "*Nobody confirmed that they can be reached*"
        case SayKind.NAMING:
            return "*Nobody is named who can be reached*"
        case _ if clock_alarms.clock_of(say.body) is ClockKind.RESPONSE:
            return f"*{_how_far(say.body)}*"
        case _:
            return clock_alarms.share(say.body)


def _how_far(body: Body) -> str:
    share, repeat = count(body, "share"), count(body, "repeat")
    if repeat:
        return f"Still nobody has answered (told {repeat + 1} times)"
    return "Time over, nobody has answered" if share >= 100 else f"{share} % of the time gone"


def _due(case: Case, say: Say, now: datetime) -> str:
    told: Body = say.body
    due_at = instant(told, "due_at") if text_of(told, "due_at") else case.due_at
    if say.kind is not SayKind.ESCALATION and case.response is not None:
        return f"answered {date(case.response.at)}"
    return f"due {date(due_at)} · *{left(now, due_at)}*"


def _press(case: Case, say: Say) -> ButtonElement | None:
    """What ends the alarm, of the buttons that it would have by itself; none for who only has to know."""
    if text_of(say.body, "audience") == "success-manager":
        return None
    if say.kind in {SayKind.CHECK_IN, SayKind.NAMING}:
        return button(f"Lower {facts.scale(case.promise.label).lower()}…", ids.PRIORITY, str(case.number))
    if say.kind is SayKind.LEASE or clock_alarms.clock_of(say.body) is ClockKind.RESPONSE:
        return button("Claim", ids.CLAIM, str(case.number), "primary")
    return clock_alarms.buttons(case, say.body)[0]
