"""The use cases of waiting on the customer: asked by support, ended by their answer, their button, or support."""

from datetime import datetime

from cases.afterwards import wrote_afterwards, wrote_to_closed
from cases.case import Case, State
from cases.change import Change
from cases.errors import Refused
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.presence import asked_if_away
from cases.responding import listened
from cases.room import Room, known_case, may_see, support_only, visible_case
from cases.says import SayKind
from cases.waiting import asked_customer, came_back, check_askable, closed_by_customer, taken_back

QUESTION_LENGTH = 2000


class Asking:
    """Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def askable(self, number: int, actor: Actor) -> Case:
        """A case whose customer can be asked now.

        Raises:
            Refused: as `ask`. NotFound: there is no such case.
        """
        support_only(actor, "ask the customer for something")
        with self._room.units() as uow:
            case = known_case(uow, number)
        check_askable(case)
        return case

    def ask(self, number: int, question: str, actor: Actor, now: datetime) -> Case:
        """The customer reads the question, and the case waits for their answer.

        Raises:
            Refused: not support, no question, nobody has the case, it waits already, or it is done.
        """
        support_only(actor, "ask the customer for something")
        question = question.strip()
        if not question:
            raise Refused("What do you need from them? The customer reads it.")
        if len(question) > QUESTION_LENGTH:
            raise Refused(f"The question has {len(question):,} characters; {QUESTION_LENGTH:,} fit.")
        with self._room.units() as uow:
            change = asked_customer(known_case(uow, number), actor.person, question, now)
            return self._room.save_and_redraw(uow, change)

    def go_on(self, number: int, actor: Actor, now: datetime) -> Case:
        """Support needs no answer any more.

        Raises:
            Refused: not support, or the case doesn't wait.
        """
        support_only(actor, "take a case back")
        with self._room.units() as uow:
            change = taken_back(known_case(uow, number), actor.person, now, self._room.places)
            return self._save(uow, change, now)

    def still_needed(self, number: int, actor: Actor, channel: str, now: datetime) -> Case:
        """“Still needed”, on the offer to close: by the customer's own people.

        Raises:
            NotFound: not a case of theirs. Refused: support, or the case doesn't wait.
        """
        with self._room.units() as uow:
            case = self._theirs(uow, number, actor, channel)
            return self._save(uow, came_back(case, actor.person, now, self._room.places, pressed=True), now)

    def close(self, number: int, actor: Actor, channel: str, now: datetime) -> Case:
        """“Close it”, on the offer to close: by the customer's own people.

        Raises:
            NotFound: not a case of theirs. Refused: support, or it was not offered.
        """
        with self._room.units() as uow:
            change = closed_by_customer(self._theirs(uow, number, actor, channel), actor.person, now, self._room.places)
            return self._room.save_and_redraw(uow, change, SayKind.CHECK_IN)

    def _theirs(self, uow: UnitOfWork, number: int, actor: Actor, channel: str) -> Case:
        case = visible_case(uow, number, actor, channel)
        if actor.is_support:
            raise Refused(f"Whether {case.reference} is still needed is for {case.account_name} to say.")
        return case

    def _save(self, uow: UnitOfWork, change: Change, now: datetime) -> Case:
        return self._room.save_and_redraw(uow, asked_if_away(self._room, uow, change, now))


def customer_wrote(room: Room, uow: UnitOfWork, case: Case, actor: Actor, channel: str, at: datetime) -> None:
    """A message in the case's thread, by whoever is not support.

    From its own customer it ends the waiting, and starts the clock of the next response where there is one. Where the
    case is done, both sides hear that a button settles it.
    """
    if not may_see(uow, case.account, actor, channel):
        return
    if case.is_done:
        _wrote_afterwards(room, uow, case, actor, at)
        return
    change = listened(came_back(case, actor.person, at, room.places), actor.person, at)
    if change.entries:
        room.save_and_redraw(uow, asked_if_away(room, uow, change, at))
    elif change.case != case:
        room.save(uow, change)


def _wrote_afterwards(room: Room, uow: UnitOfWork, case: Case, actor: Actor, at: datetime) -> None:
    if case.state is State.CLOSED:
        uow.outbox.add(wrote_to_closed(case, actor.person))
    else:
        room.save_and_redraw(uow, wrote_afterwards(case, actor.person, at, room.places), SayKind.SOLUTION)
