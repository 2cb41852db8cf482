"""Named contacts of Mission Critical Support: how many, each once; kept by a support manager.

Source: Okta Support Services, "Mission Critical Support", "Number of Named Contacts".
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases.accounts import Account, accounts_of
from cases.add_ons import AddOn, AddOnRule
from cases.dedicated import bought
from cases.errors import NotFound, Refused
from cases.keeping import happened, keep
from cases.people import Actor
from cases.policy import Program
from cases.ports import UnitOfWork
from cases.reminders import AccountEntry
from cases.room import Room, managers_only, support_only

MANAGERS_KEEP = "Named contacts are kept by support managers. One of them can change the list here."
NONE_HERE = (
    "No customer of this channel has named contacts: they come with Mission Critical Support. `/case contacts Acme` "
    "shows those of the customer of that name."
)


@dataclass(frozen=True, slots=True)
class Named:
    """The named contacts of one add-on."""

    account: Account
    add_on: AddOn
    rule: AddOnRule

    @property
    def most(self) -> int:
        """How many there may be."""
        return self.rule.contacts.get(self.add_on.share, 0)

    @property
    def about(self) -> str:
        """What the account's history calls it; also tells it from another one of the account."""
        return f"contacts:{self.add_on.kind}:{self.add_on.person}"


class NamedContacts:
    """Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def listing(self, actor: Actor, channel: str, name: str = "") -> tuple[Named, ...]:
        """Those of the customers of this channel, or of the customer of this name.

        Raises:
            Refused: not support, or there are none.
        """
        support_only(actor, "look at the named contacts")
        with self._room.units() as uow:
            found = tuple(self._found(uow, actor, channel, name))
        if not found:
            raise Refused(NONE_HERE)
        return found

    def one(self, account: int, person: str, actor: Actor) -> Named:
        """That of one dedicated engineer of an account.

        Raises:
            Refused: not a support manager. NotFound: there is none any more.
        """
        managers_only(actor, MANAGERS_KEEP)
        with self._room.units() as uow:
            return self._one(uow, account, person)

    def change(self, account: int, person: str, contacts: Collection[Actor], actor: Actor, now: datetime) -> Named:
        """These are the named contacts from now on.

        Raises:
            Refused: not a support manager, too many, or not all of them the customer's people. NotFound: as `one`.
        """
        managers_only(actor, MANAGERS_KEEP)
        with self._room.units() as uow:
            named = self._one(uow, account, person)
            for each in contacts:
                if not named.account.includes(each):
                    raise Refused(
                        f"<@{each.person.user}> isn't one of {named.account.name}'s people, so they can't be a named "
                        "contact. Nothing was changed."
                    )
            after = replace(named, add_on=replace(named.add_on, contacts=tuple(each.person.user for each in contacts)))
            if len(after.add_on.contacts) > after.most:
                raise Refused(f"{too_many(after.add_on, after.rule)} Take somebody off the list first.")
            return self._keep(uow, named, after, actor, now)

    def _keep(self, uow: UnitOfWork, before: Named, after: Named, actor: Actor, now: datetime) -> Named:
        account = before.account
        add_ons = tuple(after.add_on if each == before.add_on else each for each in account.add_ons)
        _check_elsewhere(account, after)
        stored = keep(uow, replace(account, add_ons=add_ons), self._room.policies)
        was, now_named = set(before.add_on.contacts), set(after.add_on.contacts)
        entries = [
            AccountEntry(now, actor.person.user, what, after.about, user)
            for what, users in (("contact-added", now_named - was), ("contact-removed", was - now_named))
            for user in sorted(users)
        ]
        happened(uow, stored, self._room.policies, entries)
        return replace(after, account=stored)

    def _found(self, uow: UnitOfWork, actor: Actor, channel: str, name: str) -> Iterator[Named]:
        accounts = uow.accounts.all() if name else accounts_of(actor, uow.accounts.in_channel(channel))
        for account in accounts:
            if not name or account.name.casefold() == name.casefold():
                program = self._room.policies.get(account.program)
                if program is not None and account.plan in program.plans:
                    yield from _of(account, program)

    def _one(self, uow: UnitOfWork, account: int, person: str) -> Named:
        found = uow.accounts.hold(account)
        for named in _of(found, self._room.program(found)):
            if named.add_on.person == person:
                return named
        raise NotFound("That add-on isn't there any more. `/case contacts` shows what is.")


def too_many(add_on: AddOn, rule: AddOnRule) -> str:
    """Why one more can't be named."""
    most = rule.contacts.get(add_on.share, 0)
    return (
        f"{rule.name} at {add_on.share} % is for {most} named contacts in {add_on.region}, and these are "
        f"{len(add_on.contacts)}."
    )


def add_on_problems(account: Account, program: Program) -> Iterator[tuple[int, str, str]]:
    """What is wrong with an account's add-ons beside their plan: index, field, and what."""
    rules = {rule.kind: rule for rule in program.plans[account.plan].add_ons}
    named: set[str] = set()
    for index, add_on in enumerate(account.add_ons):
        rule = rules.get(add_on.kind)
        if rule is None:
            known = ", ".join(rules) or "none"
            yield index, "kind", f"{account.plan} doesn't sell {add_on.kind}; its add-ons: {known}"
            continue
        if rule.contacts and add_on.share not in rule.contacts:
            yield index, "share", f"expected one of {', '.join(map(str, rule.contacts))}, found {add_on.share}"
        elif len(add_on.contacts) > (most := rule.contacts.get(add_on.share, 0)):
            yield index, "contacts", too_many(add_on, rule) if most else f"{rule.name} has no named contacts"
        for user in add_on.contacts:
            if user in named:
                yield index, "contacts", f"{user} is there twice"
            named.add(user)


def _of(account: Account, program: Program) -> Iterator[Named]:
    return (Named(account, add_on, rule) for add_on, rule in bought(account, program) if rule.contacts)


def _check_elsewhere(account: Account, after: Named) -> None:
    others = (each for each in account.add_ons if each.kind is after.add_on.kind and each.person != after.add_on.person)
    for user in sorted({user for each in others for user in each.contacts} & set(after.add_on.contacts)):
        raise Refused(f"<@{user}> is a named contact in another region of this customer already. Nothing was changed.")
