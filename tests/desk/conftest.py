"""The use cases over a real SQLite file and the shipped policies."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cases.accounts import Account
from cases.asking import Asking
from cases.availability import Availability
from cases.calendars import CalendarBook
from cases.casework import Casework
from cases.desk import Desk
from cases.lookup import Lookup
from cases.ports import UnitsOfWork
from cases.presence import Presence
from cases.reception import Reception
from cases.room import Room
from cases.says import Say
from cases.solutions import Solutions
from cases.threads import Threads
from cases.timekeeping import Timekeeping
from cases.wishes import Wishes
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, PLACES, OnDuty

FAR = NOON


@dataclass(frozen=True)
class Office:
    """All use cases in one room."""

    reception: Reception
    desk: Desk
    availability: Availability
    timekeeping: Timekeeping
    lookup: Lookup
    solutions: Solutions
    asking: Asking
    presence: Presence
    wishes: Wishes
    casework: Casework
    threads: Threads
    units: UnitsOfWork
    unsent: Callable[[], list[Say]]

    def link(self, account: Account) -> Account:
        with self.units() as uow:
            return uow.accounts.put(account)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Acme (Okta Premier), Bolt (Auth0 Enterprise, Jerusalem) and Orchard (Oko); Acme and Bolt share C0BOTH."""
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    upgrade(url)
    engine = make_engine(url)
    units = SqlUnitsOfWork(engine)
    room = Room(units, load_policies(), CalendarBook(holiday_names), OnDuty(), PLACES)

    def unsent() -> list[Say]:
        with units() as uow:
            for_now = uow.outbox.claim(FAR, 100, ())
            return [delivery.say for delivery in for_now]

    made = Office(
        Reception(room),
        Desk(room),
        Availability(room),
        Timekeeping(room),
        Lookup(room),
        Solutions(room),
        Asking(room),
        Presence(room),
        Wishes(room),
        Casework(room),
        Threads(room),
        units,
        unsent,
    )
    made.link(Account(0, "Acme", "okta", "premier", "America/New_York", ("C0ACME", "C0BOTH"), ("T0ACME",)))
    made.link(Account(0, "Bolt", "auth0", "enterprise", "Asia/Jerusalem", ("C0BOLT", "C0BOTH"), ("T0BOLT",)))
    made.link(Account(0, "Orchard", "oko", "standard", "America/Chicago", ("C0ORCHARD",)))
    yield made
    engine.dispose()
