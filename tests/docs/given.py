"""A scratch database, as the documentation's lines find it: Birch, with one case that is open."""

import sys
from dataclasses import replace
from pathlib import Path

from cases.calendars import CalendarBook
from cases.change import Change
from cases.room import Room
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import BOB, NOON, PLACES, OnDuty, account, case

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    url = f"sqlite:///{folder / 'caseclock.db'}"
    upgrade(url)
    engine = make_engine(url)
    policies = load_policies()
    room = Room(SqlUnitsOfWork(engine), policies, CalendarBook(holiday_names), OnDuty(), PLACES)
    with room.units() as uow:
        birch = uow.accounts.put(replace(account(), name="Birch", channels=("C0BIRCH",), teams=("T0BIRCH",)))
        fresh = replace(
            case(2, of=policies["okta"]), account=birch.id, account_name=birch.name, opened_by=BOB, opened_at=NOON
        )
        room.save(uow, Change(uow.cases.add(fresh, "intake")))
    engine.dispose()
