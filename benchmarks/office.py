"""The product without Slack: its use cases joined to a database, as `bot/wiring.py` joins them."""

from collections.abc import Collection
from datetime import datetime

from cases.calendars import CalendarBook
from cases.change import Places
from cases.room import Room
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from storage.unit_of_work import SqlUnitsOfWork

PLACES = Places(triage="C0TRIAGE", escalations="C0TRIAGE", managers="C0MANAGERS")
calendar_of = CalendarBook(holiday_names)


class OneManager:
    """See `cases.ports.Duty`."""

    def managers(self) -> tuple[str, ...]:
        """Max."""
        return ("U0MAX",)

    def managers_known(self) -> tuple[str, ...]:
        """Max."""
        return ("U0MAX",)

    def engineers_known(self) -> tuple[str, ...]:
        """Nobody."""
        return ()

    def on_call(self) -> str:
        """A group."""
        return "<!subteam^S0CALL>"

    def absent(self, users: Collection[str], now: datetime) -> frozenset[str]:
        """Nobody."""
        return frozenset()


def room_on(begin: SqlUnitsOfWork) -> Room:
    """The core, with the shipped policies."""
    return Room(begin, load_policies(), calendar_of, OneManager(), PLACES)
