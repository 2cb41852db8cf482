"""The use case of a renewal: the customer has asked for the same dedicated person again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cases.accounts import Account
from cases.add_on_reminders import AHEAD_DAYS, ASKED, renewal_called, say_key, team_of
from cases.errors import NotFound, Refused
from cases.instants import iso
from cases.keeping import happened
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.reminders import AccountEntry
from cases.room import Room
from cases.says import Say, Urgency


class Renewing:
    """One transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def asked(self, account: int, renewal: str, actor: Actor, now: datetime) -> None:
        """“Asked for again”: nobody is reminded of it any more.

        Raises:
            Refused: neither a support manager nor the account's success manager, or it was said before.
            NotFound: the account has no such add-on any more.
        """
        with self._room.units() as uow:
            found = _looked_after_by(uow, account, actor)
            if renewal_called(found, self._room.program(found), renewal) is None:
                raise NotFound("That add-on isn't there any more, so there is nothing to ask for.")
            if any((entry.what, entry.about) == (ASKED, renewal) for entry in uow.accounts.history(account)):
                raise Refused("That is noted already: nobody is reminded of it any more.")
            entry = AccountEntry(now, actor.person.user, ASKED, renewal)
            happened(uow, found, self._room.policies, (entry,), tuple(self._shown(uow, found, entry)))

    def _shown(self, uow: UnitOfWork, account: Account, entry: AccountEntry) -> Iterator[Say]:
        """The reminders that were told, without their button."""
        for days in AHEAD_DAYS:
            for channel in team_of(account, self._room.places):
                told = uow.outbox.latest(say_key(account, f"{entry.about}:{days}", channel))
                if told is not None:
                    body = {**told.body, "asked_by": entry.who, "asked_at": iso(entry.at)}
                    yield replace(
                        told, key=f"{told.key}:asked", urgency=Urgency.CARD, body=body, updates=told.updates or told.key
                    )


def _looked_after_by(uow: UnitOfWork, id: int, actor: Actor) -> Account:
    """The account, if this person looks after it. To anybody else, one sentence for all that there may be."""
    try:
        account = uow.accounts.hold(id)
    except NotFound:
        account = None
    if account is None or not (actor.is_manager or (actor.is_support and actor.person.user == account.csm)):
        raise Refused("A support manager, or the customer's success manager, says whether it was asked for.")
    return account
