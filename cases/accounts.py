"""An account: one customer's contract, the channels it lives in, and who belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.add_ons import AddOn
from cases.contacts import Contact
from cases.hours import CalendarSpec
from cases.people import Actor


@dataclass(frozen=True, slots=True)
class Account:
    """One customer's contract."""

    id: int
    """Row id; 0 before it is stored."""
    name: str
    program: str
    plan: str
    timezone: str
    """IANA zone of the customer, e.g. `America/New_York`."""
    channels: tuple[str, ...]
    teams: tuple[str, ...] = ()
    """The customer's Slack team ids; empty: anyone in the channel who is not support."""
    business_hours: CalendarSpec | None = None
    """The account's own support hours, where its plan goes by them; None: the plan's default."""
    contacts: tuple[str, ...] = ()
    """Slack user ids of the customer's own people."""
    contact_methods: tuple[Contact, ...] = ()
    """Ways to reach support that are in this account's contract."""
    managers: tuple[str, ...] = ()
    """Support managers of this account; empty: SUPPORT_MANAGERS."""
    csm: str | None = None
    """Slack user id of its Customer Success Manager."""
    tam: str | None = None
    """Slack user id of its Technical Account Manager."""
    term_starts: date | None = None
    """First day of its contract's term, in its time zone."""
    add_ons: tuple[AddOn, ...] = ()
    success_meeting_every: int | None = None
    """Calendar months from one success meeting to the next; None: as the plan says."""
    business_review_every: int | None = None
    """The same for business reviews."""

    def includes(self, actor: Actor) -> bool:
        """Whether this person is one of the account's own people: support never is, nor is who can't be placed."""
        return not actor.is_support and bool(actor.person.team) and (not self.teams or actor.person.team in self.teams)


def accounts_of(actor: Actor, in_channel: Iterable[Account]) -> tuple[Account, ...]:
    """The accounts of one channel that this person may act for: their own; for support, all of them.

    Where two customers share a channel, naming the team decides: an account that lists the person's team
    wins over one that lists none.
    """
    accounts = tuple(in_channel)
    if actor.is_support:
        return accounts
    mine = tuple(account for account in accounts if account.includes(actor))
    by_team = tuple(account for account in mine if account.teams)
    return by_team or mine
