"""What every use case shares: the doors of the core, and where the support team sits."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from cases.accounts import Account, accounts_of
from cases.assigning import begun
from cases.calendars import Calendar
from cases.case import Case
from cases.change import Change, Places
from cases.clocks import is_past, wound
from cases.errors import NoLongerKept, PrunedCase, Refused, UnknownCase
from cases.measuring import measured
from cases.moved import Moved
from cases.people import Actor
from cases.policy import Program
from cases.ports import Calendars, Duty, Policies, UnitOfWork, UnitsOfWork
from cases.rota import Rota, nobody
from cases.says import SayKind
from cases.telling import card_updates, redrawn, wish_settled
from cases.timers import planned_timers
from cases.webhooks import changed

ENDED_BY_THE_NEXT = (SayKind.WAITING, SayKind.LEASE)


@dataclass(frozen=True, slots=True)
class Room:
    """Handed to each use case by `bot/wiring.py`."""

    units: UnitsOfWork
    policies: Policies
    calendars: Calendars
    duty: Duty
    named: Places
    """The team's channels as the settings name them."""
    webhooks: tuple[str, ...] = ()
    """Addresses that each change of a case is told to."""
    rota: Rota = nobody
    moved: Moved = field(default_factory=Moved)

    @property
    def places(self) -> Places:
        """The team's channels, where they are now."""
        return self.moved.places(self.named)

    def program(self, account: Account) -> Program:
        """The account's program.

        Raises:
            Refused: no policy file states it, or the account's plan, any more.
        """
        program = self.policies.get(account.program)
        if program is None or account.plan not in program.plans:
            raise Refused(
                f"The programme “{account.program}” with plan “{account.plan}” of this customer isn't loaded here. "
                "A support manager can mend that with `/case setup`."
            )
        return program

    def calendar(self, case: Case) -> Calendar:
        """The compiled calendar stamped on the case."""
        return self.calendars(case.promise.calendar)

    def save(self, uow: UnitOfWork, change: Change) -> Case:
        """Store a change whole, with the timers that the changed case requires."""
        calendar = self.calendar(change.case)
        change = _without_wish_when_done(uow, replace(change, case=wound(begun(change.case), calendar)))
        timers = planned_timers(change.case, calendar)
        entries = measured(change.case, change.entries)
        saved = uow.save(change.case, timers, entries, change.says)
        for parcel in (*changed(saved, entries, self.webhooks), *change.parcels):
            uow.parcels.add(parcel)
        return saved

    def save_and_redraw(self, uow: UnitOfWork, change: Change, *redraw: SayKind) -> Case:
        """Store a change; its cards, its escalations and messages of the kinds `redraw` are shown anew in place."""
        case = change.case
        if not change.entries and not change.says:
            return case
        whole = (SayKind.ESCALATION, SayKind.REOPENED, SayKind.NAMING, SayKind.ASSIGNED, *redraw)
        earlier = [say for kind in whole for say in uow.outbox.said(case.number, kind) if not is_past(case, say)]
        # Each of these ends with the next one, so only the latest can still have buttons to lose.
        earlier += [say for kind in ENDED_BY_THE_NEXT for say in uow.outbox.said(case.number, kind)[-1:]]
        says = (*change.says, *card_updates(case, self.places), *redrawn(earlier, case))
        return self.save(uow, replace(change, says=says))


def _without_wish_when_done(uow: UnitOfWork, change: Change) -> Change:
    """A wish for another priority ends with its case, however that came about."""
    case = change.case
    if case.wish is None or not case.is_done:
        return change
    settled = wish_settled(uow.outbox.said(case.number, SayKind.WISH), case, "done")
    return replace(change, case=replace(case, wish=None), says=(*change.says, *settled))


def may_see(uow: UnitOfWork, account: int, actor: Actor, channel: str) -> bool:
    """Support sees every account's cases; a customer sees their own account's, and only from a channel of that."""
    if actor.is_support:
        return True
    mine = accounts_of(actor, uow.accounts.in_channel(channel))
    return any(each.id == account for each in mine)


def known_case(uow: UnitOfWork, number: int) -> Case:
    """The case, for support, who may see them all.

    Raises:
        UnknownCase: there is none. NoLongerKept: it was pruned.
    """
    try:
        return uow.cases.get(number)
    except PrunedCase:
        raise NoLongerKept(number) from None


def visible_case(uow: UnitOfWork, number: int, actor: Actor, channel: str) -> Case:
    """The case, if this person may see it from this channel.

    Raises:
        UnknownCase: there is none, or it is another account's. NoLongerKept: theirs, and pruned.
    """
    try:
        case = uow.cases.get(number)
    except PrunedCase as gone:
        if may_see(uow, gone.account, actor, channel):
            raise NoLongerKept(number) from None
        raise
    if not may_see(uow, case.account, actor, channel):
        raise UnknownCase(number)
    return case


def support_only(actor: Actor, what: str) -> None:
    """Raises Refused unless the person is support; `what` completes “Only the support team can …”."""
    if not actor.is_support:
        raise Refused(f"Only the support team can {what}.")


def managers_only(actor: Actor, otherwise: str) -> None:
    """Raises Refused, with the sentence `otherwise`, unless the person is a support manager."""
    if not actor.is_manager:
        raise Refused(otherwise)


def first_handling(uow: UnitOfWork, event: str | None, now: datetime) -> bool:
    """Mark a Slack event as handled in this transaction; False: an earlier try had done it already."""
    return event is None or uow.inbox.handled(event, now)
