"""The use cases of who is there: signs of work, “I'm on it”, and being away."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from cases.assigning import Released
from cases.case import Case, Entry
from cases.change import Change
from cases.dedicating import MANY, free
from cases.leasing import asked_whether, confirmed_work, worked
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.room import Room, known_case, support_only
from cases.says import Say


class Presence:
    """Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def on_it(self, number: int, actor: Actor, now: datetime) -> Case:
        """“I'm on it”: the assignee answers the question whether they are.

        Raises:
            Refused: not support, or the case is not theirs any more.
        """
        support_only(actor, "say so")
        with self._room.units() as uow:
            return self._room.save_and_redraw(uow, confirmed_work(known_case(uow, number), actor.person, now))

    def go_away(self, actor: Actor, until: datetime | None, now: datetime) -> int:
        """This person is away until then, or until they are back; asked at once about each case they hold on a lease.

        Returns the number of those cases.

        Raises:
            Refused: not support.
        """
        support_only(actor, "be away")
        with self._room.units() as uow:
            uow.away.go(actor.person.user, until)
            free(self._room, uow, actor.person.user, Released.AWAY, now)
            asked = 0
            for case in _cases_of(uow, actor):
                change = asked_whether(case, self._room.calendar(case), self._room.places, now, away=True)
                self._room.save_and_redraw(uow, change)
                asked += case.promise.lease is not None and change.case.asked_at is not None
            return asked

    def come_back(self, actor: Actor, now: datetime) -> None:
        """This person is back, and so at work on the cases that they were asked about.

        Raises:
            Refused: not support.
        """
        support_only(actor, "be away")
        with self._room.units() as uow:
            uow.away.back(actor.person.user)
            for case in _cases_of(uow, actor):
                self._room.save_and_redraw(uow, confirmed_work(case, actor.person, now))

    def away(self, now: datetime) -> Mapping[str, datetime | None]:
        """Who is away, by user id, and until when; None: until they say that they are back."""
        with self._room.units.reading() as uow:
            return uow.away.people(now)


def away_now(room: Room, uow: UnitOfWork, users: Collection[str], now: datetime) -> frozenset[str]:
    """Those of these user ids who said that they are away, or whom Slack shows as away.

    For putting work into somebody's hands. Alarms go by what people said alone: presence comes and goes too quickly
    to silence one.
    """
    return room.duty.absent(users, now) | frozenset(uow.away.people(now)).intersection(users)


def away_until(room: Room, uow: UnitOfWork, users: Collection[str], now: datetime) -> Mapping[str, datetime | None]:
    """`away_now`, with until when; None: nobody knows."""
    said = uow.away.people(now)
    return {user: said.get(user) for user in away_now(room, uow, users, now)}


def asked_if_away(room: Room, uow: UnitOfWork, change: Change, now: datetime) -> Change:
    """A change that puts a case back into the hands of somebody who is away: they are asked about it at once."""
    case = change.case
    if case.assignee is None or not away_now(room, uow, (case.assignee.user,), now):
        return change
    asked = asked_whether(case, room.calendar(case), room.places, now, away=True)
    return Change(asked.case, (*change.entries, *asked.entries), (*change.says, *asked.says))


def seen_at_work(room: Room, uow: UnitOfWork, change: Change, actor: Actor, at: datetime) -> None:
    """Save a change together with the sign of work that caused it; cards are redrawn where it is more than a sign."""
    before, after = change.case, worked(change.case, actor.person, at)
    entries = change.entries
    if before.assignee is not None and before.asked_at is not None and after.asked_at is None:
        entries = (*entries, Entry(at, actor.person, "on-it"))
    if entries:
        room.save_and_redraw(uow, replace(change, case=after, entries=entries))
    elif after != before:
        room.save(uow, replace(change, case=after))


def here(people: Collection[str], away: Collection[str]) -> tuple[str, ...]:
    """Those of them who are not away; all of them where nobody would be left."""
    return tuple(user for user in people if user not in away) or tuple(people)


def without(says: Iterable[Say], away: Collection[str]) -> tuple[Say, ...]:
    """What mentions the on-call group, with who of them is away now: they are not mentioned by name."""
    names = " ".join(sorted(away))
    return tuple(replace(say, body={**say.body, "away": names}) if say.body.get("mention") else say for say in says)


def _cases_of(uow: UnitOfWork, actor: Actor) -> list[Case]:
    mine = [case.number for case in uow.cases.listing(limit=MANY) if _is_theirs(case, actor)]
    return [uow.cases.get(number) for number in mine]


def _is_theirs(case: Case, actor: Actor) -> bool:
    return case.assignee is not None and case.assignee.user == actor.person.user
