"""What dedicated people mean for a case: assigned as it opens, or somebody stands in; and to the queue when they go."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from cases.accounts import Account
from cases.add_ons import Absence, AddOn, AddOnKind, AddOnRule, Assigned, StandIn
from cases.assigning import Released, assigned, released, stood_in
from cases.case import Case
from cases.change import Change
from cases.dedicated import Whereabouts, bought, hours_of, whereabouts
from cases.instants import utc
from cases.policy import Program
from cases.ports import UnitOfWork
from cases.room import Room

Away = Mapping[str, datetime | None]
"""Who is away now, by user id, and until when; None: nobody knows."""
MANY = 10_000
"""More open cases than one team has."""


def dedicated_to(
    room: Room, uow: UnitOfWork, case: Case, account: Account, program: Program, away: Away, now: datetime
) -> Change:
    """A new case of the account: assigned to the engineer whose named contact opened it, if they are there now."""
    change = Change(case)
    for add_on, rule in bought(account, program):
        found = _whereabouts(room, uow, program, add_on, rule, away, now)
        if found is None or not _concerns(add_on, case):
            continue
        following = Change(change.case)
        if found.why is None and found.until is not None and add_on.kind is AddOnKind.MISSION_CRITICAL:
            following = assigned(change.case, Assigned(add_on.person, rule.title, found.until), room.places, now)
        elif stand_in := _stand_in(account, add_on, rule, found):
            following = stood_in(change.case, stand_in, room.places)
        change = Change(following.case, (*change.entries, *following.entries), (*change.says, *following.says))
    return change


def free(room: Room, uow: UnitOfWork, user: str, why: Released, now: datetime) -> int:
    """This person is not there from now on: what is assigned to them and not begun is everybody's. How many it was."""
    return _freed(room, uow, _assigned_to(uow, user), why, now)


def free_if_off(room: Room, uow: UnitOfWork, user: str, now: datetime) -> int:
    """After a change of this person's days off: the same, of accounts for which they are off now."""
    off = [case for case in _assigned_to(uow, user) if _is_off(room, uow, case, now)]
    return _freed(room, uow, off, Released.DAY_OFF, now)


def _assigned_to(uow: UnitOfWork, user: str) -> list[Case]:
    return [case for case in uow.cases.listing(limit=MANY) if case.assigned and case.assigned.person == user]


def _freed(room: Room, uow: UnitOfWork, cases: Iterable[Case], why: Released, now: datetime) -> int:
    numbers = [case.number for case in cases]
    for number in numbers:
        room.save_and_redraw(uow, released(uow.cases.get(number), room.places, why, utc(now)))
    return len(numbers)


def _is_off(room: Room, uow: UnitOfWork, case: Case, now: datetime) -> bool:
    account = uow.accounts.get(case.account)
    for add_on, rule in bought(account, room.program(account)):
        if case.assigned and add_on.person == case.assigned.person and add_on.kind is AddOnKind.MISSION_CRITICAL:
            found = _whereabouts(room, uow, room.program(account), add_on, rule, {}, now)
            return found is None or found.why is not None
    return True


def _concerns(add_on: AddOn, case: Case) -> bool:
    """Mission Critical Support is for its named contacts alone; a customer executive is the whole account's."""
    if add_on.kind is AddOnKind.DEDICATED_CSE:
        return True
    people = {case.opened_by.user, case.source.author.user if case.source else ""}
    return not people.isdisjoint(add_on.contacts)


def _whereabouts(
    room: Room, uow: UnitOfWork, program: Program, add_on: AddOn, rule: AddOnRule, away: Away, now: datetime
) -> Whereabouts | None:
    days_off = (each.day for each in uow.days_off.of(add_on.person))
    calendar = room.calendars(hours_of(program, rule, add_on, days_off))
    user = add_on.person
    return whereabouts(add_on, rule, calendar, now, away=user in away, away_until=away.get(user))


def _stand_in(account: Account, add_on: AddOn, rule: AddOnRule, found: Whereabouts) -> StandIn | None:
    """Of a customer executive only the mobilisation is told: a case is not what they are turned to for."""
    if found.why is None or (add_on.kind is AddOnKind.DEDICATED_CSE and found.why is not Absence.MOBILISING):
        return None
    csm = account.csm if add_on.kind is AddOnKind.DEDICATED_CSE else None
    return StandIn(add_on.kind, rule.title, add_on.person, found.why, found.until, csm)
