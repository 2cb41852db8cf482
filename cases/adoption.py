"""The use case of moving an open case to today's policy."""

from dataclasses import dataclass
from datetime import datetime

from cases.accounts import Account
from cases.adopting import adopted
from cases.case import Case
from cases.errors import Refused
from cases.promise import Promise, promise_for
from cases.room import Room, known_case
from cases.says import SayKind

REASON_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Adopted:
    """What came of it; both are the same where the case was under today's policy already."""

    before: Case
    after: Case


class Adoption:
    """One transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def adopt(self, number: int, by: str, reason: str, now: datetime) -> Adopted:
        """`by`: who does it, as they are called. Said in the triage thread, with the reason; a second time is nothing.

        Raises:
            Refused: there is no such case, it is done, or the policy has its plan, product or priority no more.
        """
        if len(reason) > REASON_LENGTH:
            raise Refused(f"The reason has {len(reason):,} characters; {REASON_LENGTH:,} fit. Nothing was changed.")
        with self._room.units() as uow:
            case = known_case(uow, number)
            promise = self._today(uow.accounts.get(case.account), case)
            calendar, places = self._room.calendars(promise.calendar), self._room.places
            change = adopted(case, promise, calendar, by, reason.strip(), places, now)
            return Adopted(case, self._room.save_and_redraw(uow, change, SayKind.CHECK_IN))

    def _today(self, account: Account, case: Case) -> Promise:
        program, stamped = self._room.program(account), case.promise
        if program.id != stamped.program:
            raise Refused(
                f"{case.reference} is a case of {stamped.program_name}; {account.name} has {program.name} now."
            )
        try:
            return promise_for(program, account, stamped.product, stamped.priority, case.kind)
        except KeyError:
            raise Refused(
                f"{program.name} has no {stamped.label} of {stamped.product_name} on {account.plan} any more, "
                f"so {case.reference} stays as it is."
            ) from None
