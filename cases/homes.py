"""The use case behind App Home: what support and customers see of the open cases, a page of each list at a time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from cases.accounts import Account
from cases.calendars import CalendarExhausted, HoursNow
from cases.case import Case
from cases.hours import CalendarSpec
from cases.overview import (
    CUSTOMERS_STATES,
    OPEN_STATES,
    SOON,
    Attainment,
    Load,
    Standing,
    at_risk,
    breached,
    customers_turn,
    load,
    mine,
    page_of,
    supports_turn,
    unclaimed,
    unconfirmed,
    waiting,
    worst_first,
)
from cases.people import Actor, Role
from cases.plan_details import PlanDetails, plan_details
from cases.policy import Program
from cases.ports import UnitOfWork
from cases.promise import calendar_for
from cases.queues import Post
from cases.room import Room
from cases.says import card_key
from cases.telling import CUSTOMER, TRIAGE

LINES = 72
"""Cases on one Home, over all of its lists: with what is around them they fit Slack's hundred blocks."""
MOST_A_LIST = 24
SPAN = timedelta(days=30)
"""Attainment is told of the cases opened in it."""


class Shelf(StrEnum):
    """A list of cases on a Home."""

    MINE = "mine"
    UNCLAIMED = "unclaimed"
    WAITING = "waiting"
    AT_RISK = "at-risk"
    BREACHED = "breached"
    UNCONFIRMED = "unconfirmed"
    YOUR_TURN = "your-turn"
    OUR_TURN = "our-turn"


Pages = Mapping[Shelf, int]
"""Which page of each list is looked at, from 0; those not named: the first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A case, and where its card is posted; None: nowhere yet."""

    case: Case
    card: Post | None


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One page of a list."""

    shelf: Shelf
    total: int
    """Cases on all pages."""
    page: int
    """From 0."""
    pages: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Support hours of one programme as they stand."""

    program: str
    calendar: CalendarSpec
    now: HoursNow
    holiday: tuple[date, str] | None
    """The next one, on the calendar's own clock."""


@dataclass(frozen=True, slots=True)
class SupportHome:
    """What someone of support sees."""

    shelves: tuple[ShelfPage, ...]
    """An engineer's, then a manager's."""
    hours: tuple[Hours, ...]
    load: tuple[Load, ...] = ()
    """For managers, as the attainment."""
    attainment: tuple[Attainment, ...] = ()
    away: Mapping[str, datetime | None] = field(default_factory=dict)
    """Who said that they are away, by user id, and until when."""


@dataclass(frozen=True, slots=True)
class CustomerHome:
    """What someone of a customer sees: their own accounts', and nothing else."""

    shelves: tuple[ShelfPage, ...]
    plans: tuple[tuple[Account, PlanDetails | None], ...]
    """By account; None: its programme isn't loaded here any more."""


class Homes:
    """Only reads. Every method is one short transaction, in a number of queries that doesn't grow with the cases."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def support(self, actor: Actor, engineers: Collection[str], pages: Pages, now: datetime) -> SupportHome:
        """For one of support, whose roles decide what is there; `engineers` are the user ids of all."""
        with self._room.units.reading() as uow:
            standings = uow.cases.standings(OPEN_STATES)
            accounts = uow.accounts.all()
            lists = self._lists(uow, actor, standings, now)
            shelves = _shelves(uow, lists, pages, TRIAGE)
            attainment = uow.cases.attainment(now - SPAN) if actor.is_manager else ()
            away = uow.away.people(now) if actor.is_manager else {}
        return SupportHome(
            shelves,
            tuple(self._hours(accounts, now)),
            tuple(load(standings, engineers)) if actor.is_manager else (),
            tuple(worst_first(attainment)),
            away,
        )

    def customer(self, actor: Actor, pages: Pages) -> CustomerHome | None:
        """For a person of a customer's team; None: no account names that team, so nobody knows whose they are.

        An account without teams takes in whoever is in its channel, and no Home stands in a channel.
        """
        with self._room.units.reading() as uow:
            accounts = [account for account in uow.accounts.of_team(actor.person.team) if account.includes(actor)]
            if not accounts:
                return None
            standings = uow.cases.standings(CUSTOMERS_STATES, [account.id for account in accounts])
            lists = {Shelf.YOUR_TURN: customers_turn(standings), Shelf.OUR_TURN: supports_turn(standings)}
            shelves = _shelves(uow, lists, pages, CUSTOMER)
        return CustomerHome(shelves, tuple((account, self._plan(account)) for account in accounts))

    def _lists(
        self, uow: UnitOfWork, actor: Actor, standings: Iterable[Standing], now: datetime
    ) -> dict[Shelf, list[Standing]]:
        lists: dict[Shelf, list[Standing]] = {}
        if Role.ENGINEER in actor.roles:
            lists[Shelf.MINE] = mine(standings, actor.person.user)
            lists[Shelf.UNCLAIMED] = unclaimed(standings)
            lists[Shelf.WAITING] = waiting(standings)
        if actor.is_manager:
            lists[Shelf.AT_RISK] = at_risk(standings, uow.timers.with_rung_by(now + SOON), self._room.calendars, now)
            lists[Shelf.BREACHED] = breached(standings, now)
            lists[Shelf.UNCONFIRMED] = unconfirmed(standings)
        return lists

    def _hours(self, accounts: Iterable[Account], now: datetime) -> Iterable[Hours]:
        """Of every calendar that a customer's plan runs by, each once."""
        in_use = dict.fromkeys(
            (program.name, calendar_for(program.calendars[target.calendar], account))
            for account in accounts
            if (program := self._program(account)) is not None
            for target in program.plans[account.plan].targets.values()
        )
        for name, spec in sorted(in_use, key=lambda pair: (pair[0], pair[1].name, pair[1].timezone or "")):
            calendar = self._room.calendars(spec)
            try:
                yield Hours(name, spec, calendar.hours_at(now), calendar.next_holiday(now))
            except CalendarExhausted:
                continue

    def _plan(self, account: Account) -> PlanDetails | None:
        program = self._program(account)
        return plan_details(program, account) if program is not None else None

    def _program(self, account: Account) -> Program | None:
        program = self._room.policies.get(account.program)
        return program if program is not None and account.plan in program.plans else None


def _shelves(uow: UnitOfWork, lists: Mapping[Shelf, list[Standing]], pages: Pages, side: str) -> tuple[ShelfPage, ...]:
    size = min(MOST_A_LIST, LINES // len(lists))
    cut = {shelf: page_of(found, pages.get(shelf, 0), size) for shelf, found in lists.items()}
    numbers = {each.number for _, part in cut.values() for each in part}
    cases = uow.cases.several(numbers)
    posts = uow.outbox.posts_of([card_key(number, side) for number in numbers])
    return tuple(
        ShelfPage(
            shelf,
            len(lists[shelf]),
            page,
            -(-len(lists[shelf]) // size),
            tuple(
                Shown(cases[each.number], posts.get(card_key(each.number, side)))
                for each in part
                if each.number in cases
            ),
        )
        for shelf, (page, part) in cut.items()
    )
