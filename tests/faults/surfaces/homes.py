"""App Home of everybody who has one, with its lists full and very many cases, people and customers behind them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from slack_sdk.models.views import View

from cases.calendars import HoursNow
from cases.case import Case, State
from cases.homes import LINES, MOST_A_LIST, CustomerHome, Hours, Shelf, ShelfPage, Shown, SupportHome
from cases.linking import NAME_LENGTH
from cases.overview import Attainment, Load
from cases.people import Actor, Role
from cases.queues import Post
from handlers.home_customer import customer_home, stranger_home
from handlers.home_parts import Reader, sorry_home
from handlers.home_support import support_home
from tests.builders import DANA, ENG
from tests.faults.surfaces.largest import (
    LINE,
    NUMEROUS,
    filled,
    hours,
    largest_account,
    largest_cases,
    largest_details,
    people_of,
)
from tests.faults.surfaces.typed import LABEL, LATER, cases

URL = "https://host.slack.com/"
MINE = (Shelf.MINE, Shelf.UNCLAIMED, Shelf.WAITING)
MANAGED = (Shelf.AT_RISK, Shelf.BREACHED, Shelf.UNCONFIRMED)
THEIRS = (Shelf.YOUR_TURN, Shelf.OUR_TURN)
NOTICE = "👀 C-1234567 is yours. Its customer has been told."
ROLES = {
    frozenset({Role.ENGINEER}): MINE,
    frozenset({Role.MANAGER}): MANAGED,
    frozenset(Role): (*MINE, *MANAGED),
}


def homes(typed: str) -> Iterator[View]:
    """Of each kind of person."""
    offered = next(each for each in cases(typed) if each.state is State.OFFERED)
    full, customers = _support(typed), _customer(typed)
    for case in (*largest_cases(typed), offered, None):
        for roles, lists in ROLES.items():
            found = replace(full, shelves=_shelves(lists, case)) if case else SupportHome(_shelves(lists, None), ())
            yield support_home(found, Reader(Actor(ENG, roles), LATER, URL, NOTICE))
        yield customer_home(replace(customers, shelves=_shelves(THEIRS, case)), Reader(Actor(DANA), LATER, URL, NOTICE))
    yield stranger_home(Reader(Actor(DANA), LATER, URL, NOTICE))
    yield sorry_home(filled(typed, LABEL))


def _support(typed: str) -> SupportHome:
    open_now, closed = HoursNow(True, LATER), HoursNow(False, LATER)
    holiday = (date(2026, 12, 25), filled(typed, LINE))
    calendars = (Hours(filled(typed, LABEL), hours(typed), each, holiday) for each in (open_now, closed))
    people = people_of(NUMEROUS)
    loads = tuple(Load(user, 10**6, 10**6, 10**6) for user in people)
    kept = (Attainment(filled(typed, NAME_LENGTH), 10**6, 10**5),) * NUMEROUS
    return SupportHome((), tuple(calendars) * NUMEROUS, loads, kept, dict.fromkeys(people, LATER))


def _customer(typed: str) -> CustomerHome:
    details = largest_details(typed)
    forgotten = (largest_account(typed, id=2), None)
    return CustomerHome((), (*[(details.account, details)] * 3, *[forgotten] * NUMEROUS))


def _shelves(lists: tuple[Shelf, ...], case: Case | None) -> tuple[ShelfPage, ...]:
    """Each full, somewhere among very many pages; or empty, without a case."""
    size = min(MOST_A_LIST, LINES // len(lists))
    if case is None:
        return tuple(ShelfPage(shelf, 0, 0, 1, ()) for shelf in lists)
    shown = Shown(replace(case, number=10**6), Post("C0TRIAGE", "1772452800.000100"))
    return tuple(ShelfPage(shelf, 999_999, 4999, 9999, (shown,) * size) for shelf in lists)
