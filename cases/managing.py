"""The use cases of an account's success manager: a meeting was held; their customer asks for them on a case."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from cases.accounts import Account
from cases.case import Case, Entry
from cases.change import Change
from cases.errors import Invalid, NotFound, Refused
from cases.instants import iso
from cases.keeping import happened
from cases.meeting_says import meeting_key
from cases.meetings import HELD, day_of
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.reminder_plan import REMINDED, planned_reminders
from cases.reminders import AccountEntry
from cases.room import Room, visible_case
from cases.says import Note, Say, SayKind, Urgency, card_key
from cases.telling import CUSTOMER, note_to_customer, note_to_triage

ASKED = "manager-asked"
"""What a case's history says where the customer asked for the manager."""
AGAIN_AFTER = timedelta(hours=4)
"""Once asked, the manager is left in peace about the same case for so long."""
WORDS_LENGTH = 1000


class Managing:
    """Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def held(self, account: int, reminder: str, actor: Actor, now: datetime) -> None:
        """The meeting of this reminder took place: the next one is counted from today.

        Raises:
            Refused: neither the account's success manager nor a support manager, or it was said before.
        """
        with self._room.units() as uow:
            found = _looked_after_by(uow, account, actor)
            history = uow.accounts.history(account)
            series = reminder.rpartition(":")[0]
            told = _unanswered(history, series)
            if reminder not in told:
                raise Refused("This meeting is marked as held already, so there is nothing more to do here.")
            entry = AccountEntry(now, actor.person.user, HELD, reminder)
            following = self._following(found, (*history, entry), series)
            says = _shown_as_held(uow, found, told, entry, following)
            happened(uow, found, self._room.policies, (entry,), tuple(says))

    def askable(self, number: int, actor: Actor, channel: str, now: datetime) -> Case:
        """A case whose customer can ask for their success manager now.

        Raises:
            NotFound, Refused: as `ask`.
        """
        with self._room.units.reading() as uow:
            return _askable(uow, number, actor, channel, now)

    def ask(self, number: int, words: str, actor: Actor, channel: str, now: datetime) -> Case:
        """The customer asks for their success manager, who hears of the case with the customer's words, if any.

        Raises:
            NotFound: not a case of theirs. Invalid: too many words.
            Refused: support, a case that is done, nobody to ask for, or they were asked a short while ago.
        """
        words = words.strip()
        if len(words) > WORDS_LENGTH:
            raise Invalid({"words": f"That has {len(words):,} characters; {WORDS_LENGTH:,} fit."})
        with self._room.units() as uow:
            case = _askable(uow, number, actor, channel, now)
            entry = Entry(now, actor.person, ASKED, words)
            says = tuple(self._asked_says(uow, case, words, actor))
            return self._room.save_and_redraw(uow, Change(case, (entry,), says))

    def _following(self, account: Account, history: Sequence[AccountEntry], series: str) -> str:
        planned = planned_reminders(account, self._room.policies, history)
        days = [day_of(each) for each in planned if each.series == series]
        return min(days).isoformat() if days else ""

    def _asked_says(self, uow: UnitOfWork, case: Case, words: str, actor: Actor) -> Iterator[Say]:
        told = {"who": actor.person.user, "manager": case.csm, "title": case.promise.success_manager}
        card = uow.outbox.post_of(card_key(case.number, CUSTOMER))
        yield Say(
            key=f"case:{case.number}:{case.revision + 1}:{ASKED}",
            kind=SayKind.CALLED_FOR,
            channel=case.csm or "",
            urgency=Urgency.CHECK_IN,
            case=case.number,
            body={
                "who": actor.person.user,
                "text": words,
                "in_channel": card.channel if card else None,
                "ts": card.ts if card else None,
            },
        )
        yield note_to_customer(case, Note.MANAGER_ASKED, told)
        yield note_to_triage(case, Note.MANAGER_CALLED, {**told, "text": words}, self._room.places)


def _looked_after_by(uow: UnitOfWork, id: int, actor: Actor) -> Account:
    """The account, if this person looks after it. To anybody else, one sentence for all that there may be."""
    try:
        account = uow.accounts.hold(id)
    except NotFound:
        account = None
    if account is None or not (actor.is_manager or actor.person.user == account.csm):
        raise Refused("Only the success manager of this customer, or a support manager, can say that it was held.")
    return account


def _unanswered(history: Sequence[AccountEntry], series: str) -> list[str]:
    """The reminders of a series that were told since a meeting of it was held last."""
    told: list[str] = []
    for entry in history:
        if entry.about.rpartition(":")[0] == series and entry.what == REMINDED:
            told.append(entry.about)
        elif entry.about.rpartition(":")[0] == series and entry.what == HELD:
            told.clear()
    return told


def _shown_as_held(
    uow: UnitOfWork, account: Account, told: Sequence[str], entry: AccountEntry, following: str
) -> Iterator[Say]:
    for key in (meeting_key(account, reminder) for reminder in told):
        said = uow.outbox.latest(key)
        if said is not None:
            held = {"held_by": entry.who, "held_at": iso(entry.at), "next": following}
            yield replace(said, key=f"{key}:held", body={**said.body, **held}, urgency=Urgency.CARD, updates=key)


def _askable(uow: UnitOfWork, number: int, actor: Actor, channel: str, now: datetime) -> Case:
    case = visible_case(uow, number, actor, channel)
    if case.is_done:
        raise Refused(f"{case.reference} {case.how_done}. Should it trouble you again, reopen it or open a new case.")
    if case.csm is None:
        title = case.promise.success_manager or "success manager"
        raise Refused(f"No {title} is named for {case.account_name}. Write in the thread: the team reads all of it.")
    if actor.is_support or actor.person.user == case.csm:
        raise Refused(f"This is the customer's way to <@{case.csm}>; the team reaches them without it.")
    asked = [entry.at for entry in uow.cases.history(number) if entry.what == ASKED]
    if asked and now < asked[-1] + AGAIN_AFTER:
        raise Refused(
            f"<@{case.csm}> was asked about {case.reference} a short while ago. You can ask again in "
            f"{_length(asked[-1] + AGAIN_AFTER - now)}; whatever you write in the thread, the team reads meanwhile."
        )
    return case


def _length(left: timedelta) -> str:
    """Whole minutes, a begun one counted: `3 h 05 min`."""
    hours, minutes = divmod(-(-int(left.total_seconds()) // 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
