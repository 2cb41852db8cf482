"""The use cases that only read: one case, a list, why a deadline is what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.accounts import accounts_of
from cases.calendars import Stretch
from cases.case import Case, Entry
from cases.people import Actor
from cases.room import Room, visible_case


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a case is due when it is due."""

    case: Case
    stretches: tuple[Stretch, ...]
    """From where the target counts to the deadline."""
    history: Sequence[Entry]


class Lookup:
    """Reading, with the same checks as changing."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def case(self, number: int, actor: Actor, channel: str) -> tuple[Case, Sequence[Entry]]:
        """A case and its history.

        Raises:
            NotFound: none, or none that this person may see from this channel.
        """
        with self._room.units() as uow:
            case = visible_case(uow, number, actor, channel)
            return case, uow.cases.history(number)

    def listing(self, actor: Actor, channel: str) -> Sequence[Case]:
        """Cases not resolved, by due time: for support the channel's account's or, elsewhere, all; else their own."""
        with self._room.units() as uow:
            mine = accounts_of(actor, uow.accounts.in_channel(channel))
            if actor.is_support and not mine:
                return uow.cases.listing()
            return uow.cases.listing([account.id for account in mine])

    def explain(self, number: int, actor: Actor, channel: str) -> Explanation:
        """Each stretch of time that was counted for the deadline, or skipped, and why.

        Raises:
            NotFound: as `case`.
        """
        case, history = self.case(number, actor, channel)
        stretches = self._room.calendar(case).explain(case.counted_from, case.due_at)
        return Explanation(case, stretches, history)
