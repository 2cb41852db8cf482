"""A dedicated person on a case's cards: whose it is to begin, or who stands in for them and until when."""

from datetime import datetime

from cases.add_ons import Absence, AddOnKind, StandIn
from cases.case import Case
from cases.contacts import ContactKind
from handlers.text import clip, inline, mention
from handlers.times import date

TITLE = 75
NAMED = 8
"""People on a card."""


def assignee(case: Case) -> str:
    """Who has it, or whose it is to begin; mrkdwn."""
    if case.assignee:
        return mention(case.assignee.user)
    return f"{mention(case.assigned.person)}, who has not begun yet" if case.assigned else "nobody yet"


def for_customer(case: Case, now: datetime) -> str:
    """Lines of the customer's card; empty where there is nothing to say (any more). mrkdwn."""
    if case.is_done:
        return ""
    if case.assigned:
        title = clip(case.assigned.title, TITLE)
        return f"It is with {mention(case.assigned.person)}, your {title}, who has not begun yet."
    return _stand_ins(case, now, "your")


def for_team(case: Case, now: datetime) -> str:
    """Lines of the triage card, as `for_customer`."""
    if case.is_done:
        return ""
    if case.assigned:
        who, title = mention(case.assigned.person), clip(case.assigned.title, TITLE)
        return f"{who} ({title}) is to begin with it, until {date(case.assigned.until)}; anybody may claim it."
    return _stand_ins(case, now, "the customer's")


def _stand_ins(case: Case, now: datetime, whose: str) -> str:
    lines = [_line(case, each, whose) for each in case.stand_ins if _matters(case, each, now)]
    more = [f"… and {len(lines) - NAMED} more of them."] if len(lines) > NAMED else []
    return "\n".join([*lines[:NAMED], *more])


def _matters(case: Case, stand_in: StandIn, now: datetime) -> bool:
    """Until they are back; of an engineer, only while nobody has the case."""
    if stand_in.back_at is not None and now >= stand_in.back_at:
        return False
    return stand_in.kind is AddOnKind.DEDICATED_CSE or case.assignee is None


def _line(case: Case, stand_in: StandIn, whose: str) -> str:
    title = f"{whose} {clip(stand_in.title, TITLE)}"
    back = f" {date(stand_in.back_at)}" if stand_in.back_at else ""
    if stand_in.why is Absence.MOBILISING:
        arrives = f"{_begin(title)} {mention(stand_in.person)} arrives{back or ' later in the term'}"
        return f"{arrives}. Until then {_instead(case, stand_in)}."
    gone = f"is back{back}" if back else "is not there at the moment"
    return f"{_begin(title)} {gone}; until then all of our team looks after it."


def _instead(case: Case, stand_in: StandIn) -> str:
    if stand_in.kind is AddOnKind.DEDICATED_CSE:
        return f"{mention(stand_in.csm)} stands in" if stand_in.csm else "the success team stands in"
    line = next((each.label for each in case.promise.contacts if each.kind is ContactKind.PHONE), "")
    return f"all of our team stands in, here and on the {inline(line, 100)}" if line else "all of our team stands in"


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]
