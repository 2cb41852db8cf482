"""The use cases of the commitment: a customer confirms that they can be reached, or hands over to a colleague."""

from datetime import datetime

from cases.case import Case
from cases.committing import confirmed, handed_over, next_check_in
from cases.errors import Refused
from cases.naming import NamingForm, nameable, named
from cases.people import Actor, Person
from cases.policy import CommitmentRule
from cases.ports import UnitOfWork
from cases.room import Room, visible_case
from cases.says import SayKind


class Availability:
    """Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def confirm(self, number: int, actor: Actor, channel: str, now: datetime) -> Case:
        """“I'm available”: the named person or the backup answers the check-in.

        Raises:
            NotFound: not a case of theirs. Refused: it names other people, or no commitment runs.
        """
        with self._room.units() as uow:
            case = visible_case(uow, number, actor, channel)
            return self._room.save_and_redraw(uow, confirmed(case, actor.person, now), SayKind.CHECK_IN)

    def handable(self, number: int, actor: Actor, channel: str) -> Case:
        """A case whose commitment this person of the customer's can hand over.

        Raises:
            NotFound: not a case of theirs. Refused: support, or no commitment runs.
        """
        with self._room.units() as uow:
            case = _theirs(uow, number, actor, channel)
        if next_check_in(case) is None:
            raise Refused(f"{case.reference} asks nobody to be on call any more, so there is nothing to hand over.")
        return case

    def hand_over(self, number: int, to: Actor, actor: Actor, channel: str, now: datetime) -> Case:
        """“Hand over to…”: another person of the same account is reachable from now on.

        Raises:
            NotFound: not a case of theirs. Refused: support, or the other is not one of the account's people.
        """
        with self._room.units() as uow:
            case = _theirs(uow, number, actor, channel)
            self._check_customer(uow, case, to)
            change = handed_over(case, actor.person, to.person, self._room.places, now)
            return self._room.save_and_redraw(uow, change, SayKind.CHECK_IN)

    def nameable(self, number: int, actor: Actor, channel: str) -> tuple[Case, CommitmentRule]:
        """A case whose customer is asked who can be reached, for this person of theirs to answer.

        Raises:
            NotFound: not a case of theirs. Refused: support, somebody is named, or nobody is asked for.
        """
        with self._room.units() as uow:
            case = _theirs(uow, number, actor, channel)
            return case, nameable(case)

    def name(self, number: int, form: NamingForm, actor: Actor, channel: str, now: datetime) -> Case:
        """The customer names who can be reached: their promise begins.

        Raises:
            Invalid: by field, what is missing. NotFound, Refused: as `nameable`.
        """
        with self._room.units() as uow:
            case = _theirs(uow, number, actor, channel)
            change = named(case, form, uow.accounts.get(case.account), actor.person, self._room.places, now)
            return self._room.save_and_redraw(uow, change)

    def _check_customer(self, uow: UnitOfWork, case: Case, to: Actor) -> None:
        if not uow.accounts.get(case.account).includes(to):
            raise Refused(_not_of_account(to.person))


def _theirs(uow: UnitOfWork, number: int, actor: Actor, channel: str) -> Case:
    case = visible_case(uow, number, actor, channel)
    if actor.is_support:
        raise Refused(f"Who can be reached for {case.reference} is for {case.account_name} to say.")
    return case


def _not_of_account(person: Person) -> str:
    return f"<@{person.user}> isn't one of this customer's people, so I can't count on them. Please choose a colleague."
