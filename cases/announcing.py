"""The use cases of announcements: a manager writes one, sees it as customers will, sends it, and sees who has it."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from cases.announcements import (
    Announcement,
    Receiver,
    Tally,
    Words,
    check,
    key_to,
    receipt_again,
    receivers,
    says_of,
    stamp,
    tally_of,
)
from cases.errors import Invalid, Refused
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.room import Room, managers_only
from cases.says import Say, SayKind

MANAGERS_SEND = "Announcements are for support managers. One of them can send it with `/case announce`."
SHOWN = 5
"""Earlier announcements beside the form."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the empty form shows."""

    announcement: Announcement
    programs: tuple[tuple[str, str], ...]
    """Id and name of those with a channel."""
    earlier: tuple[tuple[Announcement, str, Tally], ...]
    """With the programme's name; the newest first."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is seen before it is sent."""

    announcement: Announcement
    program: str
    """Its name."""
    to: tuple[Receiver, ...]
    stamp: str
    """To be handed back: it changes with whatever is shown here."""


class Announcing:
    """For support managers. Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def begin(self, actor: Actor, now: datetime) -> Begun:
        """Remember that there will be one, before its form is shown.

        Raises:
            Refused: not a manager, or no programme has a channel.
        """
        managers_only(actor, MANAGERS_SEND)
        with self._room.units() as uow:
            in_use = dict.fromkeys(account.program for account in uow.accounts.all() if account.channels)
            if not in_use:
                raise Refused("No customer's channel is linked yet, so nobody would read it. `/case setup` links one.")
            begun = Announcement(secrets.token_urlsafe(16), actor.person, now)
            uow.announcements.add(begun)
            earlier = tuple((each, self._name(each), _tally(uow, each)) for each in uow.announcements.sent(SHOWN))
        return Begun(begun, tuple((id, self._program(id)) for id in in_use), earlier)

    def proof(self, id: str, words: Words, actor: Actor) -> Proof:
        """Keep the words, and show them with the channels that they go to.

        Raises:
            Invalid: by field, what is missing. NotFound: no such announcement. Refused: not a manager, or it was sent.
        """
        managers_only(actor, MANAGERS_SEND)
        check(words)
        with self._room.units() as uow:
            kept = replace(uow.announcements.get(id), words=words)
            if kept.sent_at is not None:
                raise Refused("This one was sent already. `/case announce` begins another.")
            uow.announcements.put(kept)
            return self._proof(uow, kept)

    def send(self, id: str, seen: str, actor: Actor, now: datetime) -> Announcement:
        """Put it on its way to every channel that was shown; sent already, nothing more happens.

        `seen` is the stamp of what the manager saw.

        Raises:
            NotFound: no such announcement. Refused: not a manager, or it is not what was seen any more.
        """
        managers_only(actor, MANAGERS_SEND)
        with self._room.units() as uow:
            kept = uow.announcements.get(id)
            if kept.sent_at is not None:
                return kept
            proof = self._proof(uow, kept)
            if proof.stamp != seen:
                raise Refused("Its words or its channels have changed since you looked. Nothing was sent: look again.")
            sent = replace(kept, by=actor.person, channels=tuple(each.channel for each in proof.to), sent_at=now)
            uow.announcements.put(sent)
            for say in says_of(sent, proof.program, self._room.places.managers):
                uow.outbox.add(say)
        return sent

    def refresh(self, id: str, actor: Actor) -> None:
        """Draw the receipt as things stand, unless it shows that already.

        Raises:
            NotFound: no such announcement. Refused: not a manager.
        """
        managers_only(actor, MANAGERS_SEND)
        with self._room.units() as uow:
            tally = _tally(uow, uow.announcements.get(id))
            uow.outbox.add(receipt_again(id, tally, self._room.places.managers))

    def settled(self, uow: UnitOfWork, say: Say) -> None:
        """A say was sent or given up, in this transaction: the receipt of an announcement is kept up to date."""
        if say.kind is not SayKind.ANNOUNCEMENT:
            return
        id = str(say.body["of"])
        tally = _tally(uow, uow.announcements.get(id))
        if tally.is_worth_telling:
            uow.outbox.add(receipt_again(id, tally, self._room.places.managers))

    def _proof(self, uow: UnitOfWork, kept: Announcement) -> Proof:
        to = receivers(uow.accounts.all(), kept.words.program)
        if not to:
            raise Invalid({"program": "No channel is linked to a customer of this programme."})
        return Proof(kept, self._name(kept), to, stamp(kept.words, to))

    def _name(self, announcement: Announcement) -> str:
        return self._program(announcement.words.program)

    def _program(self, id: str) -> str:
        program = self._room.policies.get(id)
        return program.name if program is not None else id


def _tally(uow: UnitOfWork, announcement: Announcement) -> Tally:
    keys = [key_to(announcement.id, channel) for channel in announcement.channels]
    return tally_of(announcement.channels, uow.outbox.sendings(keys), announcement.id)
