"""The use cases of the customer's word on a solution: it helps, it doesn't, and how it went."""

from datetime import datetime

from cases.case import Case
from cases.errors import Invalid, Refused
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.room import Room, visible_case
from cases.says import SayKind
from cases.solving import confirmed, helped, rated, reopened, standing

WHY_LENGTH = 2000
LINE_LENGTH = 500
STARS = range(1, 6)


class Solutions:
    """Every method is one transaction, and only for people of the case's account; `now` is aware UTC.

    Raises:
        UnknownCase: there is no such case, or it is another account's.
        Refused: support, or nothing that makes sense as the case stands.
    """

    def __init__(self, room: Room) -> None:
        self._room = room

    def reopenable(self, number: int, actor: Actor, channel: str) -> Case:
        """A case that this person may reopen now."""
        with self._room.units.reading() as uow:
            case = self._theirs(uow, number, actor, channel)
        standing(case)
        return case

    def ratable(self, number: int, actor: Actor, channel: str) -> Case:
        """A case that this person may rate now."""
        with self._room.units.reading() as uow:
            case = self._theirs(uow, number, actor, channel)
        confirmed(case)
        return case

    def confirm(self, number: int, actor: Actor, channel: str, now: datetime) -> Case:
        """“That helps”."""
        with self._room.units() as uow:
            case = self._theirs(uow, number, actor, channel)
            change = helped(case, actor.person, self._room.places, now)
            return self._room.save_and_redraw(uow, change, SayKind.SOLUTION)

    def reopen(self, number: int, why: str, actor: Actor, channel: str, now: datetime) -> Case:
        """“Reopen”, with what is still wrong.

        Raises:
            Invalid: by `why`, nothing is said, or too much.
        """
        why = _fitting("why", why, WHY_LENGTH)
        if not why:
            raise Invalid({"why": "What is still wrong? A sentence helps us begin at the right place."})
        with self._room.units() as uow:
            case = self._theirs(uow, number, actor, channel)
            change = reopened(case, actor.person, why, self._room.calendar(case), self._room.places, now)
            return self._room.save_and_redraw(uow, change, SayKind.SOLUTION, SayKind.CHECK_IN)

    def rate(self, number: int, stars: int | None, line: str, actor: Actor, channel: str, now: datetime) -> Case:
        """One to five stars, and perhaps a line.

        Raises:
            Invalid: by `stars` or `line`.
        """
        line = _fitting("line", line, LINE_LENGTH)
        if stars is None or stars not in STARS:
            raise Invalid({"stars": "How did it go, from one to five?"})
        with self._room.units() as uow:
            case = self._theirs(uow, number, actor, channel)
            change = rated(case, stars, line, actor.person, self._room.places, now)
            return self._room.save_and_redraw(uow, change, SayKind.SOLUTION)

    def _theirs(self, uow: UnitOfWork, number: int, actor: Actor, channel: str) -> Case:
        case = visible_case(uow, number, actor, channel)
        if actor.is_support:
            raise Refused(f"Whether {case.reference} is solved is for {case.account_name} to say.")
        return case


def _fitting(field: str, text: str, limit: int) -> str:
    text = text.strip()
    if len(text) > limit:
        raise Invalid({field: f"It has {len(text):,} characters; {limit:,} fit."})
    return text
