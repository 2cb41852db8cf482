"""The success manager of a case is its account's as it is now; two may say at once that a meeting was held."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

from cases.calendars import CalendarBook
from cases.errors import Refused
from cases.keeping import keep
from cases.managing import Managing
from cases.people import Actor, Person, Role
from cases.reminding import Reminding
from cases.room import Room
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import MAX, PLACES, OnDuty, account
from tests.storage.given import a_case

POLICIES = load_policies()
ACME = replace(account(), id=0, plan="premier-access", csm="U0CY", term_starts=date(2026, 3, 2))
DAY_14 = datetime(2026, 3, 16, 13, tzinfo=UTC)
CY = Actor(Person("U0CY", "T0HOST"))
MANAGER = Actor(MAX, frozenset({Role.MANAGER}))


def test_a_case_names_the_manager_whom_its_account_names_now(begin: SqlUnitsOfWork) -> None:
    number = a_case(begin).number
    for named in ("U0CY", "U0ANN", None):
        with begin() as work:
            assert work.accounts.put(replace(account(), csm=named)).csm == named
        with begin() as work:
            found = work.cases.get(number)
            assert found.account_csm == named
            assert [each.account_csm for each in work.cases.listing()] == [named]
            work.save(replace(found, title="Changed"), [], [], [])


def test_two_say_at_once_that_it_was_held(begin: SqlUnitsOfWork) -> None:
    room = Room(begin, POLICIES, CalendarBook(holiday_names), OnDuty(), PLACES)
    with begin() as work:
        acme = keep(work, ACME, POLICIES)
    assert Reminding(room).fire_next(DAY_14)
    ready = threading.Barrier(2)

    def say(actor: Actor) -> bool:
        ready.wait(10)
        try:
            Managing(room).held(acme.id, "kickoff:2026-03-02:14", actor, DAY_14)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(say, (CY, MANAGER)))

    assert sorted(said) == [False, True]
    with begin() as work:
        left = [reminder.key.partition(":")[0] for _, reminder in work.reminders.all()]
    assert left == ["success-meeting", "business-review"]
