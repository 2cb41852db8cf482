"""The use cases that only read: one case, a list, why a deadline is what it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cases.accounts import accounts_of
from cases.calendars import Stretch
from cases.case import Case, Entry
from cases.clock import Clock
from cases.clocks import deadline
from cases.finding import ME, Found, Search
from cases.pausing import explained
from cases.people import Actor
from cases.plan_details import PlanDetails, plan_details
from cases.room import Room, visible_case


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a case is due when it is due."""

    case: Case
    stretches: tuple[Stretch, ...]
    """From where the target counts to the deadline."""
    history: Sequence[Entry]
    clock: Clock | None = None
    """The one that the deadline is of, and not the response clock; None: it is the response clock's."""


class Lookup:
    """Reading, with the same checks as changing."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def case(self, number: int, actor: Actor, channel: str) -> tuple[Case, Sequence[Entry]]:
        """A case and its history.

        Raises:
            NotFound: none, or none that this person may see from this channel.
        """
        with self._room.units.reading() as uow:
            case = visible_case(uow, number, actor, channel)
            return case, uow.cases.history(number)

    def listing(self, actor: Actor, channel: str) -> Sequence[Case]:
        """Cases not resolved, by due time: for support the channel's account's or, elsewhere, all; else their own."""
        with self._room.units.reading() as uow:
            mine = accounts_of(actor, uow.accounts.in_channel(channel))
            if actor.is_support and not mine:
                return uow.cases.listing()
            return uow.cases.listing([account.id for account in mine])

    def plans(self, actor: Actor, channel: str, name: str = "") -> tuple[PlanDetails, ...]:
        """The plans of the person's accounts in this channel, by account; for support of any account, by its name.

        Raises:
            Refused: an account's program isn't loaded.
        """
        with self._room.units.reading() as uow:
            known = accounts_of(actor, uow.accounts.in_channel(channel))
            if name:
                known = tuple(uow.accounts.all()) if actor.is_support else known
                known = tuple(account for account in known if account.name.casefold() == name.casefold())
            counts = [uow.intakes.count_answered(each.channels) if actor.is_support else None for each in known]
        programs = [self._room.program(account) for account in known]
        return tuple(map(plan_details, programs, known, counts))

    def find(self, search: Search, actor: Actor, channel: str) -> Found:
        """Cases in any state: for support all that there are, for a customer their own account's of this channel.

        `search.assignee` is a Slack user id, `me`, `nobody` or None.
        """
        if search.assignee == ME:
            search = replace(search, assignee=actor.person.user)
        with self._room.units.reading() as uow:
            if actor.is_support:
                return uow.cases.find(search)
            mine = accounts_of(actor, uow.accounts.in_channel(channel))
            return uow.cases.find(search, [account.id for account in mine])

    def explain(self, number: int, actor: Actor, channel: str) -> Explanation:
        """Each stretch of time that was counted for the deadline, or skipped, and why.

        Raises:
            NotFound: as `case`.
        """
        case, history = self.case(number, actor, channel)
        calendar, due = self._room.calendar(case), deadline(case)
        clock = case.clocks.of(due.kind) if due else None
        if clock is None:
            return Explanation(case, calendar.explain(case.counted_from, case.due_at), history)
        pauses = case.clocks.pauses_of(clock)
        return Explanation(case, explained(calendar, clock.counted_from, clock.due_at, pauses), history, clock)
