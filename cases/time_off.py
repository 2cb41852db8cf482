"""The use cases of dedicated people's days off: taken by themselves or by a manager for them, and taken back."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.accounts import Account
from cases.add_ons import AddOn, AddOnRule, DayOff, DayOffKind
from cases.days_off import MOST_AT_ONCE, Term, is_business_day, term_of, terms, used
from cases.dedicated import bought, hours_of
from cases.dedicating import free_if_off
from cases.errors import Refused
from cases.instants import utc
from cases.people import Actor
from cases.policy import Program
from cases.ports import UnitOfWork
from cases.room import Room
from cases.zones import zone


@dataclass(frozen=True, slots=True)
class Post:
    """One add-on that the person serves."""

    account: Account
    program: Program
    add_on: AddOn
    rule: AddOnRule


@dataclass(frozen=True, slots=True)
class Balance:
    """One add-on's administrative days in one piece of its term."""

    account: str
    title: str
    term: Term
    used: int

    @property
    def left(self) -> int:
        """Never below 0: a term may have been shortened since."""
        return max(0, self.term.administrative_days - self.used)


@dataclass(frozen=True, slots=True)
class TimeOff:
    """How it stands after what was asked."""

    user: str
    days: tuple[DayOff, ...]
    """From today on; after a change: those that it was about."""
    balances: tuple[Balance, ...]
    freed: int = 0
    """Cases that went to the queue at once."""


class DaysOff:
    """Every method is one transaction; `now` is aware UTC. `user` is the dedicated person's Slack id."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def listing(self, user: str, actor: Actor, now: datetime) -> TimeOff:
        """Their days off from today on, and how many administrative days each term has left.

        Raises:
            Refused: somebody else's, by no manager; or they are dedicated to no account.
        """
        with self._room.units() as uow:
            posts = self._posts(uow, user, actor)
            days = tuple(each for each in uow.days_off.of(user) if each.day >= _today(posts, now))
            return TimeOff(user, days, tuple(self._balances(uow, posts, user, {_today(posts, now)})))

    def take(self, user: str, first: date, last: date, kind: DayOffKind, actor: Actor, now: datetime) -> TimeOff:
        """They are off on these days; of them the business days of their terms count, and are kept.

        What is assigned to them and not begun goes to the queue where they are off now.

        Raises:
            Refused: as `listing`; no business day among them; or more administrative days than a term has.
        """
        asked = _days(first, last)
        with self._room.units() as uow:
            posts = self._posts(uow, user, actor)
            business = {day for post in posts for day in self._business(post, asked)}
            if not business:
                raise Refused(
                    "No day of these is a business day of a term of theirs, so nothing needs to be taken off."
                )
            before = tuple(self._balances(uow, posts, user, business))
            uow.days_off.put(user, [DayOff(day, kind) for day in sorted(business)])
            balances = tuple(self._balances(uow, posts, user, business))
            for was, now_is in zip(before, balances, strict=True):
                if now_is.used > max(was.used, now_is.term.administrative_days):
                    raise Refused(_too_many(was, now_is.used - was.used))
            freed = free_if_off(self._room, uow, user, utc(now))
            return TimeOff(user, tuple(DayOff(day, kind) for day in sorted(business)), balances, freed)

    def take_back(self, user: str, first: date, last: date, actor: Actor) -> TimeOff:
        """They are there on these days after all.

        Raises:
            Refused: as `listing`; or they were not off.
        """
        asked = set(_days(first, last))
        with self._room.units() as uow:
            posts = self._posts(uow, user, actor)
            days = tuple(each for each in uow.days_off.of(user) if each.day in asked)
            if not days:
                raise Refused("No day of these was taken off, so nothing was changed.")
            uow.days_off.remove(user, [each.day for each in days])
            return TimeOff(user, days, tuple(self._balances(uow, posts, user, {each.day for each in days})))

    def _posts(self, uow: UnitOfWork, user: str, actor: Actor) -> list[Post]:
        if actor.person.user != user and not actor.is_manager:
            raise Refused("Whose days off these are, or a support manager, can change them.")
        posts = [post for account in uow.accounts.all() for post in self._of(account) if post.add_on.person == user]
        if not posts or not actor.is_support:
            raise Refused("Days off are for people who are dedicated to a customer. For anything else: `/case away`.")
        return posts

    def _of(self, account: Account) -> Iterator[Post]:
        program = self._room.policies.get(account.program)
        if program is not None and account.plan in program.plans:
            yield from (Post(account, program, add_on, rule) for add_on, rule in bought(account, program))

    def _business(self, post: Post, days: Collection[date]) -> set[date]:
        """Those of these days that lie in the term and that the person would be there on."""
        calendar = self._room.calendars(hours_of(post.program, post.rule, post.add_on))
        in_term = (day for day in days if post.add_on.starts <= day <= post.add_on.ends)
        return {day for day in in_term if is_business_day(calendar, post.add_on.timezone, day)}

    def _balances(
        self, uow: UnitOfWork, posts: Sequence[Post], user: str, about: Collection[date]
    ) -> Iterator[Balance]:
        """Of the pieces of terms that these days lie in."""
        days = uow.days_off.of(user)
        for post in posts:
            business = self._business(post, [each.day for each in days])
            touched = {term_of(post.add_on, post.rule, day) for day in about}
            for term in terms(post.add_on, post.rule):
                if term in touched:
                    yield Balance(post.account.name, post.rule.title, term, used(term, days, business))


def _days(first: date, last: date) -> list[date]:
    count = (last - first).days + 1
    if not 0 < count <= MOST_AT_ONCE:
        raise Refused(
            f"The last day comes before the first, or more than {MOST_AT_ONCE} days later. Nothing was changed."
        )
    return [first + timedelta(days=ahead) for ahead in range(count)]


def _today(posts: Sequence[Post], now: datetime) -> date:
    return utc(now).astimezone(zone(posts[0].add_on.timezone)).date()


def _too_many(balance: Balance, asked: int) -> str:
    term, left = balance.term, "none is" if not balance.left else "1 is" if balance.left == 1 else f"{balance.left} are"
    return (
        f"{balance.account}'s term from {term.starts} to {term.ends} has {term.administrative_days} administrative "
        f"days and {left} left, which is not enough for {asked} more. Nothing was changed. Vacation and sick time are "
        "`leave`, which isn't counted."
    )
