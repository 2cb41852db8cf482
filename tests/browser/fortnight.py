"""Two weeks of cases that are over, so that a report has something to compare: written straight into the history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.accounts import Account
from cases.calendars import CalendarBook
from cases.case import Case, Entry
from cases.change import Change
from cases.clocks import wound
from cases.instants import utc
from cases.measuring import measured
from cases.people import Person
from cases.ports import UnitOfWork
from cases.promise import promise_for
from cases.responding import claimed
from cases.solving import closed, helped, offered, rated
from policies.holiday_names import holiday_names
from workspace.house import House
from workspace.scenes.days import on
from workspace.stage import settings_for

MONDAY = date(2026, 6, 15)
"""Of the first week."""
ERIN, FRANK = Person("U0ERIN", "T0HOST", "Erin"), Person("U0FRANK", "T0HOST", "Frank")
CALENDARS = CalendarBook(holiday_names)


@dataclass(frozen=True)
class Past:
    """One case, in one line."""

    day: int
    """After the first Monday."""
    hour: int
    """New York's."""
    account: str
    priority: int | None
    used: int
    """How much of the time allowed was used up when it was answered, in percent."""
    who: Person = ERIN
    stars: int = 0
    """0: its customer didn't say."""


BEFORE = (
    Past(0, 9, "Acme", 2, 40, stars=4),
    Past(0, 14, "Bolt", 3, 30, FRANK),
    Past(1, 10, "Acme", 3, 70, FRANK),
    Past(1, 11, "Orchard", None, 20),
    Past(2, 9, "Acme", 2, 130, stars=2),
    Past(2, 15, "Bolt", 2, 45, FRANK),
    Past(3, 13, "Acme", 3, 20),
    Past(3, 16, "Bolt", 3, 140, FRANK),
    Past(4, 10, "Orchard", None, 60, FRANK, stars=5),
)
LAST = (
    Past(7, 9, "Acme", 2, 20, stars=5),
    Past(7, 10, "Acme", 3, 15, FRANK),
    Past(7, 11, "Orchard", None, 30, FRANK),
    Past(8, 9, "Bolt", 3, 10, FRANK, stars=5),
    Past(8, 10, "Acme", 2, 55),
    Past(8, 14, "Acme", 3, 35),
    Past(9, 9, "Acme", 2, 150, FRANK, stars=3),
    Past(9, 11, "Bolt", 2, 60),
    Past(9, 15, "Acme", 3, 8, FRANK),
    Past(10, 10, "Bolt", 2, 25, FRANK),
    Past(10, 11, "Orchard", None, 45),
    Past(10, 13, "Bolt", 3, 12, FRANK, stars=4),
    Past(11, 9, "Acme", 2, 75),
    Past(11, 11, "Acme", 3, 22, stars=5),
)


def lived(house: House) -> None:
    """They all were; nothing of them is said or falls due any more."""
    with house.units() as uow:
        for number, past in enumerate(BEFORE + LAST):
            _lived(house, uow, past, f"past {number}")


def _lived(house: House, uow: UnitOfWork, past: Past, opening: str) -> None:
    account = uow.accounts.by_name(past.account)
    assert account is not None
    case = uow.cases.add(_opened(house, account, past), opening)
    calendar, places = CALENDARS(case.promise.calendar), settings_for(house.slack, house.database_url).places
    at = calendar.add(case.started_at, case.promise.target_seconds * past.used // 100)
    customer, done = case.opened_by, at + timedelta(hours=1)
    deeds: list[Callable[[Case], Change]] = [
        lambda case: Change(case, (Entry(case.opened_at, customer, "opened"),)),
        lambda case: claimed(case, past.who, at),
        lambda case: offered(case, case.promise.solutions[0].id, "It works again.", past.who, done),
        lambda case: helped(case, customer, places, done),
        *([lambda case: rated(case, past.stars, "", customer, places, done)] if past.stars else []),
        lambda case: closed(case, case.closes_at or done),
    ]
    for deed in deeds:
        change = deed(case)
        after = wound(change.case, calendar)
        case = uow.save(after, (), measured(after, change.entries), ())


def _opened(house: House, account: Account, past: Past) -> Case:
    program = house.policies.get(account.program)
    assert program is not None
    promise = promise_for(program, account, next(iter(program.products)), past.priority)
    at = utc(on(MONDAY + timedelta(days=past.day), "America/New_York")(past.hour, 0))
    due_at = CALENDARS(promise.calendar).add(at, promise.target_seconds)
    dana = Person("U0DANA", account.teams[0], "Dana")
    return Case(
        0, 0, account.id, account.name, account.channels[0], "A question", "", dana, at, promise, at, at, due_at
    )
