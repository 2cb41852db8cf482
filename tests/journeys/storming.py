"""Many cases of Acme's whose clocks run at the same time, and the digests that come of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from cases.accounts import Account
from cases.calendars import CalendarBook
from cases.case import Case
from cases.escalating import escalated
from cases.people import Person
from cases.ports import UnitOfWork
from cases.promise import Promise, promise_for
from cases.telling import first_cards
from cases.timers import planned_timers
from policies.holiday_names import holiday_names
from workspace.acting import said
from workspace.model import JsonDict, Message
from workspace.stage import Stage, settings_for

HOUR = timedelta(hours=1)
"""Premier's time for a Priority 1, of which half is the first rung."""
HALF_AN_HOUR = HOUR / 2
DANA = Person("U0DANA", "T0ACME", "Dana")
TOGETHER = "alarms came due together"
CALENDARS = CalendarBook(holiday_names)


def open_together(stage: Stage, count: int) -> None:
    """So many Priority 1s, opened at this moment, in one transaction."""
    places, now = settings_for(stage.slack, stage.database_url).places, stage.clock.now()
    with stage.units() as uow:
        acme, promise = _priority_1(stage, uow)
        for n in range(count):
            title = f"Branch {n + 1} can't sign in"
            case = Case(0, 0, acme.id, "Acme", "C0ACME", title, "", DANA, now, promise, now, now, now + HOUR)
            stored = uow.cases.add(replace(case, due_at=now + HOUR), opening=f"{now.isoformat()} {n}")
            uow.save(stored, planned_timers(stored, CALENDARS(promise.calendar)), (), first_cards(stored, places))
    stage.move(seconds=0)


def owe(stage: Stage, count: int) -> None:
    """So many deadlines passed, a minute apart, and all of it is told now; the cases have no cards."""
    places, now = settings_for(stage.slack, stage.database_url).places, stage.clock.now()
    with stage.units() as uow:
        acme, promise = _priority_1(stage, uow)
        for n in range(count):
            at = now - HOUR - timedelta(minutes=count - n)
            case = Case(0, 0, acme.id, "Acme", "C0ACME", f"No. {n}", "", DANA, at, promise, at, at, at + HOUR)
            stored = uow.cases.add(case, opening=f"owed {n}")
            for say in escalated(stored, CALENDARS(promise.calendar), places, (), now).says:
                if say.channel == places.escalations:
                    uow.outbox.add(say)
    stage.move(seconds=0)


def _priority_1(stage: Stage, uow: UnitOfWork) -> tuple[Account, Promise]:
    """Acme, and what it is promised."""
    acme = uow.accounts.by_name("Acme")
    assert acme is not None
    return acme, promise_for(stage.policies["okta"], acme, "service", 1)


def digests(stage: Stage, channel: str = "C0TRIAGE") -> list[Message]:
    """The pages, oldest first."""
    return said(stage, channel, TOGETHER)


def rows(message: Message) -> list[JsonDict]:
    """Below the head of a digest and the reason for it."""
    return list(message.blocks or ())[2:]


def text(row: JsonDict) -> str:
    return str(row["text"]["text"])


def row_of(messages: Sequence[Message], number: int) -> JsonDict:
    """The one row of a case."""
    (found,) = [row for message in messages for row in rows(message) if f"C-{number}*" in text(row).replace(">", "")]
    return found


def claim_row(stage: Stage, who: str, number: int) -> None:
    """Claim beside this case, on whichever page it stands."""
    for page in digests(stage):
        for row in rows(page):
            if f"C-{number}*" in text(row).replace(">", ""):
                stage.person(who).press(page, str(row["block_id"]))
    stage.quiet()
