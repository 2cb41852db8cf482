"""The use cases that keep cases in order: links between them, and notes for the team."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from cases.belonging import DUPLICATE, OTHER_WAY, check_link, linked, unlinked
from cases.case import Case, Entry
from cases.change import Change
from cases.errors import Refused
from cases.leasing import worked
from cases.people import Actor
from cases.room import Room, known_case, support_only
from cases.says import Note, SayKind
from cases.solving import offered_as
from cases.telling import note_to_triage

NOTE_LENGTH = 2000


class Casework:
    """Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def link(self, number: int, other: int, kind: Literal["duplicate", "related"], actor: Actor, now: datetime) -> Case:
        """The case belongs to another one. A duplicate that is still open ends, with a word to its customer.

        The customer reads the other case's number only where both are the same account's.

        Raises:
            NotFound: no such case. Refused: not support, or a link that makes no sense.
        """
        support_only(actor, "link cases")
        with self._room.units() as uow:
            # Always in the same order: two links made at once would otherwise wait for one another.
            found = {each: known_case(uow, each) for each in sorted({number, other})}
            case, target = found[number], found[other]
            check_link(case, target, kind)
            change = linked(worked(case, actor.person, now), target, kind, actor.person, now)
            if kind == "duplicate" and not case.is_done:
                ended = offered_as(change.case, DUPLICATE, _note(case, target), actor.person, now)
                change = replace(ended, entries=(*change.entries, *ended.entries))
            self._room.save_and_redraw(uow, linked(target, case, OTHER_WAY[kind], actor.person, now))
            return self._room.save_and_redraw(uow, change, SayKind.CHECK_IN)

    def unlink(self, number: int, other: int, actor: Actor, now: datetime) -> Case:
        """Take a link back, on both cases. A duplicate that has ended stays so: its customer may reopen it.

        Raises:
            NotFound: no such case. Refused: not support, or they are not linked.
        """
        support_only(actor, "link cases")
        with self._room.units() as uow:
            found = {each: known_case(uow, each) for each in sorted({number, other})}
            case, target = found[number], found[other]
            change = unlinked(worked(case, actor.person, now), target, actor.person, now)
            self._room.save_and_redraw(uow, unlinked(target, case, actor.person, now))
            return self._room.save_and_redraw(uow, change)

    def note(self, number: int, words: str, actor: Actor, now: datetime) -> Case:
        """Words for the team: kept in the history, said in the triage thread, and never shown to the customer.

        Raises:
            NotFound: no such case. Refused: not support, no words or too many.
        """
        support_only(actor, "write notes")
        text = words.strip()
        if not text:
            raise Refused("What should the note say? Like this: `/case note C-12 they test it on Monday`.")
        if len(text) > NOTE_LENGTH:
            raise Refused(f"The note has {len(text):,} characters; {NOTE_LENGTH:,} fit. Nothing was noted.")
        with self._room.units() as uow:
            case = known_case(uow, number)
            said = note_to_triage(case, Note.NOTED, {"who": actor.person.user, "text": text}, self._room.places)
            noted = Change(worked(case, actor.person, now), (Entry(now, actor.person, "noted", text),), (said,))
            return self._room.save_and_redraw(uow, noted)


def _note(case: Case, original: Case) -> str:
    """What the duplicate's customer reads; of another customer's case, nothing."""
    if case.account == original.account:
        where = f"This is the same trouble as {original.reference}, and we go on with it there."
    else:
        where = "Our team works on this under another number already, so this case ends here."
    return f"{where} If yours turns out to be something else, say so, and we take it up again."
