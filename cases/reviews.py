"""The use case of ticket reviews: who may ask for whose, where it may be seen, and never a second for the asking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from cases.accounts import Account, accounts_of
from cases.errors import NotFound, Refused
from cases.instants import utc
from cases.people import Actor
from cases.policy import Program
from cases.ports import UnitOfWork
from cases.queues import OutboxStore, Post
from cases.review_says import review_says
from cases.reviewing import MOST_DAYS, USUAL_DAYS, Ticket, listed, needed_since, reviewed
from cases.room import Room
from cases.says import Say, SayKind

NO_SUCH = "I know no such account."
KINDS = frozenset({SayKind.REVIEW, SayKind.REVIEW_FILE})


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks."""

    actor: Actor
    ours: bool
    """Of our own workspace: an account's Technical Account Manager is known by id there, and nowhere else."""

    def looks_after(self, account: Account) -> bool:
        """Support, or the account's Technical Account Manager."""
        return self.actor.is_support or (self.ours and account.tam == self.actor.person.user)


@dataclass(frozen=True, slots=True)
class Made:
    """A review that is under way, or was there already."""

    account: Account
    days: int
    channel: str
    """Where; a user id: in private."""
    is_new: bool
    post: Post | None = None
    """Of one that was there already: its message, once it is posted."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one is made from, and under which key it is said."""

    account: Account
    channel: str
    days: int
    at: datetime
    key: str
    tickets: Sequence[Ticket]


class NotHere(Refused):
    """Others would see it in this channel; whoever looks after `accounts` may have theirs in private."""

    def __init__(self, said: str, accounts: Sequence[Account], days: int) -> None:
        super().__init__(said)
        self.accounts = tuple(accounts)
        self.days = days


class Reviews:
    """A review is made from what can be read without locking a case, then said, each in a short transaction."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def ask(
        self, asker: Asker, channel: str, now: datetime, days: int = USUAL_DAYS, account: int | None = None
    ) -> Made:
        """A review for the channel that it is asked in; of its only account, which `account` names where it is known.

        Raises:
            NotHere: somebody else's people are in that channel.
            Refused: nobody of theirs, no such plan, or days out of range.
        """
        _check_days(days)
        with self._room.units() as uow:
            chosen = self._of_channel(uow, asker, channel, days, account)
            wanted = _wanted(uow, chosen, channel, days, now)
        return self._made(wanted, asker)

    def ask_at_home(self, asker: Asker, account: int, now: datetime) -> Made:
        """For somebody of a customer, from their Home: it goes to the account's first channel that is theirs alone.

        Raises:
            Refused: not theirs, no such plan, or no such channel.
        """
        with self._room.units() as uow:
            mine = [one for one in uow.accounts.of_team(asker.actor.person.team) if one.includes(asker.actor)]
            chosen = next((one for one in mine if one.id == account), None)
            if chosen is None:
                raise NotFound("I know no such account of yours.")
            self._check_plan([chosen])
            own = _own_channels(uow, chosen)
            if not own:
                raise Refused(
                    "Your channels are shared with others, so your cases aren't reviewed there. Please ask our team "
                    "in one of them: they can send a review to you."
                )
            wanted = _wanted(uow, chosen, own[0], USUAL_DAYS, now)
        return self._made(wanted, asker)

    def ask_in_private(self, asker: Asker, account: int, days: int, now: datetime) -> Made:
        """For support and the account's Technical Account Manager, by direct message to themselves.

        Raises:
            Refused: somebody else, no such plan, or days out of range.
        """
        _check_days(days)
        with self._room.units() as uow:
            chosen = uow.accounts.get(account)
            if not asker.looks_after(chosen):
                raise NotFound(NO_SUCH)
            self._check_plan([chosen])
            wanted = _wanted(uow, chosen, asker.actor.person.user, days, now)
        return self._made(wanted, asker)

    def _of_channel(self, uow: UnitOfWork, asker: Asker, channel: str, days: int, account: int | None) -> Account:
        here = uow.accounts.in_channel(channel)
        theirs = _theirs(asker, here)
        if account is not None:
            theirs = [one for one in theirs if one.id == account]
        if not theirs and account is not None and asker.looks_after(chosen := uow.accounts.get(account)):
            self._check_plan([chosen])
            said = "This is none of their channels, so their cases aren't reviewed here. I can send it to you alone."
            raise NotHere(said, [chosen], days)
        if not theirs and account is not None:
            raise NotFound(NO_SUCH)
        if not theirs:
            raise Refused(
                "No account is linked to this channel. `/case review` in one of the customer's own channels makes one."
                if asker.actor.is_support
                else "No account of yours is linked to this channel, so there are no cases to review."
            )
        self._check_plan(theirs)
        if len(here) > 1:
            raise _shared(uow, asker, [one for one in theirs if self._has_reviews(one)], days)
        return theirs[0]

    def _made(self, wanted: _Wanted, asker: Asker) -> Made:
        """Say it, unless one of this day and span is there; who may see it is looked at again in that transaction."""
        account, channel, days = wanted.account, wanted.channel, wanted.days
        review = reviewed(wanted.tickets, self._room.calendars, days, wanted.at)
        lines = listed(wanted.tickets, review)
        says = review_says(wanted.key, account, channel, asker.actor.person.user, review, lines)
        with self._room.units() as uow:
            if not all(may_go(uow, say) for say in says):
                raise Refused("This channel was given to others just now, so nothing was posted. Please try once more.")
            if not uow.outbox.add(says[0]):
                return Made(account, days, channel, is_new=False, post=uow.outbox.post_of(wanted.key))
            for say in says[1:]:
                uow.outbox.add(say)
        return Made(account, days, channel, is_new=True)

    def _check_plan(self, accounts: Iterable[Account]) -> None:
        if not any(self._has_reviews(account) for account in accounts):
            raise Refused("Ticket reviews aren't part of this plan. `/case plan` and *Your plan* show what it brings.")

    def _has_reviews(self, account: Account) -> bool:
        return has_reviews(self._room.policies.get(account.program), account)


def has_reviews(program: Program | None, account: Account) -> bool:
    """Whether this account's plan brings ticket reviews."""
    return program is not None and account.plan in program.plans and program.plans[account.plan].ticket_reviews


def may_go(uow: UnitOfWork, say: Say) -> bool:
    """Whether nobody but the account's own people and ours would see a review where it is about to go.

    Asked when it is said and again when it is sent: a channel may have been given to another account in between.
    """
    if say.kind not in KINDS or say.channel.startswith(("U", "W")):
        return True
    return [account.id for account in uow.accounts.in_channel(say.channel)] == [say.body.get("account")]


def _wanted(uow: UnitOfWork, account: Account, channel: str, days: int, now: datetime) -> _Wanted:
    now = utc(now)
    key = _key(uow.outbox, account, channel, days, now)
    return _Wanted(account, channel, days, now, key, uow.cases.tickets(account.id, needed_since(days, now)))


def _theirs(asker: Asker, here: Sequence[Account]) -> list[Account]:
    known = accounts_of(asker.actor, here)
    return [account for account in here if account in known or asker.looks_after(account)]


def _shared(uow: UnitOfWork, asker: Asker, theirs: Sequence[Account], days: int) -> NotHere:
    mine = [account for account in theirs if asker.looks_after(account)]
    if mine:
        return NotHere("Another customer shares this channel, so no one's cases are reviewed here.", mine, days)
    own = [f"<#{channel}>" for account in theirs for channel in _own_channels(uow, account)]
    instead = f"Ask in {' or '.join(own[:3])}" if own else "Our team can send it to you: just ask them here"
    return NotHere(f"Others share this channel with you, so your cases aren't reviewed here. {instead}.", (), days)


def _own_channels(uow: UnitOfWork, account: Account) -> list[str]:
    return [channel for channel in account.channels if len(uow.accounts.in_channel(channel)) == 1]


def _check_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"A review looks back over 1 to {MOST_DAYS} days: `/case review {USUAL_DAYS}`.")


def _key(outbox: OutboxStore, account: Account, channel: str, days: int, now: datetime) -> str:
    """One a day of the customer's, for each place and span; anew only where Slack would not take it."""
    day = now.astimezone(ZoneInfo(account.timezone)).date().isoformat()
    keys = (f"review:{account.id}:{channel}:{day}:{days}:{number}" for number in count(1))
    return next(key for key in keys if not outbox.dead(key))
