"""A change of priority, previewed and carried out: by support itself, or as a customer wished."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases.case import Case, Entry
from cases.case_parts import Wish
from cases.committing import asked
from cases.errors import Refused
from cases.instants import iso
from cases.leasing import worked
from cases.naming import naming_said, with_naming
from cases.people import Person
from cases.policy import CommitmentRule, Priority, Product
from cases.ports import UnitOfWork
from cases.presence import asked_if_away
from cases.promise import Promise, promise_for
from cases.reprioritising import reprioritised
from cases.room import Room
from cases.says import Body, Note, Say, SayKind
from cases.telling import note_to_customer, note_to_triage, wish_settled
from cases.wishing import consented, granting


@dataclass(frozen=True, slots=True)
class PriorityPreview:
    """What another priority would mean for a case, before anything is changed."""

    case: Case
    product: Product
    """As the policy describes it today."""
    chosen: Priority | None
    """None: nothing, or the one in force."""
    promise: Promise | None
    """What would be promised from then on; None: nothing other is chosen."""
    due_at: datetime | None
    """When the first answer would be due; None: nothing other is chosen, or no response clock runs."""

    @property
    def commitment(self) -> CommitmentRule | None:
        """What the customer would have to agree to and has not yet."""
        return self.promise.commitment if self.promise and self.case.commitment is None else None


def product_of(room: Room, uow: UnitOfWork, case: Case) -> Product:
    """The case's product as the policy describes it today.

    Raises:
        Refused: the program or product is gone; or it knows no priorities.
    """
    product = room.program(uow.accounts.get(case.account)).products.get(case.promise.product)
    if product is None or not product.priorities:
        raise Refused(f"{case.promise.program_name} has no priorities, so {case.reference} keeps its one deadline.")
    return product


def previewed(room: Room, uow: UnitOfWork, case: Case, number: int | None, now: datetime) -> PriorityPreview:
    """Both meanings and the new deadline. Raises Refused, as `product_of`."""
    product = product_of(room, uow, case)
    chosen = next((each for each in product.priorities if each.number == number), None)
    if chosen is None or chosen.number == case.promise.priority:
        return PriorityPreview(case, product, None, None, None)
    promise = _promise(room, uow, case, product, chosen.number)
    after = reprioritised(case, promise, room.calendars(promise.calendar), case.opened_by, "", now).case
    return PriorityPreview(case, product, chosen, promise, after.due_at if case.waits_for_response else None)


def check_priority(product: Product, priority: int) -> None:
    """Raises Refused: there is no such priority."""
    if priority not in {known.number for known in product.priorities}:
        known = ", ".join(str(known.number) for known in product.priorities)
        raise Refused(f"{product.name} knows the priorities {known}; {priority} is none of them.")


def changed_priority(
    room: Room,
    uow: UnitOfWork,
    case: Case,
    priority: int,
    reason: str,
    person: Person,
    now: datetime,
    wish: Wish | None,
) -> Case:
    """The case under its new promise, told to both sides; `wish` is the one that is granted by this. Ends any wish.

    Raises:
        Refused: no such priority, the same one, or the case is done.
    """
    product = product_of(room, uow, case)
    check_priority(product, priority)
    if case.is_done:
        raise Refused(f"{case.reference} is resolved; its priority stays as it was.")
    if case.promise.priority == priority:
        raise Refused(f"{case.reference} is at {case.promise.label} already.")
    promise = _promise(room, uow, case, product, priority)
    change = reprioritised(case, promise, room.calendars(promise.calendar), person, reason, now)
    after = replace(worked(change.case, person, now), wish=None)
    granted: tuple[Entry, ...] = ()
    if wish is not None:
        after = replace(after, commitment=consented(after, wish, now))
        granted = (granting(case, after, wish, person, now),)
    after = with_naming(after, now)
    outcome = "granted" if wish else "overtaken"
    says = (
        *_told(room, case, after, reason, person, now, wish),
        *naming_said(case, after, room.places),
        *wish_settled(uow.outbox.said(case.number, SayKind.WISH), case, outcome, person),
    )
    change = replace(change, case=after, entries=(*granted, *change.entries), says=says)
    return room.save_and_redraw(uow, asked_if_away(room, uow, change, now), SayKind.CHECK_IN)


def _told(
    room: Room, case: Case, after: Case, reason: str, person: Person, now: datetime, wish: Wish | None
) -> Iterator[Say]:
    body: Body = {
        "who": person.user,
        "before": case.promise.label,
        "after": after.promise.label,
        "reason": reason,
        "due_at": iso(after.due_at),
        "runs": after.waits_for_response,
        "overdue": after.overdue(now),
        "commitment_ended": case.commitment is not None and after.commitment is None,
        "wished_by": wish.by.user if wish else None,
    }
    yield note_to_customer(case, Note.REPRIORITISED, body)
    # The thanks for having been reachable are the customer's alone.
    yield note_to_triage(case, Note.REPRIORITISED, {**body, "commitment_ended": False}, room.places)
    if case.commitment is None and after.commitment is not None:
        yield asked(after, room.places, "ask", now)


def _promise(room: Room, uow: UnitOfWork, case: Case, product: Product, priority: int) -> Promise:
    account = uow.accounts.get(case.account)
    return promise_for(room.program(account), account, product.id, priority)
