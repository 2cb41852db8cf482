"""The use cases of support: claim, give back, answer, change the priority, resolve."""

from dataclasses import replace
from datetime import datetime

from cases.case import Case, State
from cases.errors import Refused
from cases.instants import iso
from cases.people import Actor, Person
from cases.policy import Product
from cases.ports import UnitOfWork
from cases.promise import promise_for
from cases.reprioritising import reprioritised
from cases.resolving import resolved
from cases.responding import claimed, given_back, written
from cases.room import Room, first_handling, support_only
from cases.says import Body, Note, Say, SayKind, Urgency
from cases.telling import note_to_customer, note_to_triage, quietly

REASON_LENGTH = 1000
NOTE_LENGTH = 2000


class Desk:
    """Every method is one transaction; `now` and `at` are aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def claim(self, number: int, actor: Actor, at: datetime) -> Case:
        """A support engineer begins work, by button.

        Raises:
            Refused: not support, resolved, or somebody else's.
        """
        support_only(actor, "claim a case")
        with self._room.units() as uow:
            return self._claim(uow, uow.cases.get(number), actor.person, at)

    def claim_by_reaction(self, channel: str, ts: str, actor: Actor, at: datetime, event: str | None = None) -> None:
        """The claim reaction on a card, an escalation or the customer's message. On any other message: nothing.

        Who may not claim, or comes second or too late, is told so once, in an ephemeral line.
        """
        with self._room.units() as uow:
            case = uow.cases.by_message(channel, ts)
            if not first_handling(uow, event, at) or case is None:
                return
            if not actor.is_support:
                reason = (
                    "Reacting is how our engineers take a case; yours changed nothing. One of them will answer here."
                )
                uow.outbox.add(_refusal(case, channel, actor, Note.CLAIM_REFUSED, {"reason": reason}))
            elif case.assignee is not None and case.assignee.user != actor.person.user:
                uow.outbox.add(_refusal(case, channel, actor, Note.ALREADY_CLAIMED, {"who": case.assignee.user}))
            else:
                try:
                    self._claim(uow, case, actor.person, at)
                except Refused as refusal:
                    uow.outbox.add(_refusal(case, channel, actor, Note.CLAIM_REFUSED, {"reason": str(refusal)}))

    def give_back(self, number: int, actor: Actor, at: datetime) -> Case:
        """The assignee lets go, by button.

        Raises:
            Refused: it is not theirs.
        """
        support_only(actor, "give a case back")
        with self._room.units() as uow:
            return self._give_back(uow, uow.cases.get(number), actor.person, at)

    def give_back_by_reaction(
        self, channel: str, ts: str, actor: Actor, at: datetime, event: str | None = None
    ) -> None:
        """The claim reaction was taken off again. By anyone but the assignee: nothing."""
        with self._room.units() as uow:
            case = uow.cases.by_message(channel, ts)
            if not first_handling(uow, event, at) or case is None:
                return
            if case.assignee is not None and case.assignee.user == actor.person.user:
                self._give_back(uow, case, actor.person, at)

    def note_message(self, channel: str, thread_ts: str, actor: Actor, at: datetime, event: str | None = None) -> None:
        """A message in a thread: from support in a case's customer thread, it is a first response."""
        with self._room.units() as uow:
            case = uow.cases.by_thread(channel, thread_ts)
            if not first_handling(uow, event, at) or case is None or not actor.is_support:
                return
            change = written(case, actor.person, at)
            if change.entries:
                self._room.save_and_redraw(uow, change)

    def offer_resolve(self, channel: str, ts: str, actor: Actor, at: datetime, event: str) -> None:
        """The resolve reaction: the Resolve button, for this engineer alone. A customer, a resolved case: nothing."""
        with self._room.units() as uow:
            case = uow.cases.by_message(channel, ts)
            if not first_handling(uow, event, at) or case is None or not actor.is_support:
                return
            if case.state is not State.RESOLVED:
                uow.outbox.add(_resolve_offer(case, channel, actor, event))

    def product_of(self, number: int, actor: Actor) -> tuple[Case, Product]:
        """The case and its product as the policy describes it today, for choosing another priority.

        Raises:
            Refused: not support; the program or product is gone; or it knows no priorities.
        """
        support_only(actor, "change a priority")
        with self._room.units() as uow:
            case = uow.cases.get(number)
            product = self._room.program(uow.accounts.get(case.account)).products.get(case.promise.product)
        if product is None or not product.priorities:
            raise Refused(f"{case.promise.program_name} has no priorities, so {case.reference} keeps its one deadline.")
        return case, product

    def reprioritise(self, number: int, priority: int, reason: str, actor: Actor, now: datetime) -> Case:
        """Support changes the priority, with a reason that the customer reads; all of the ladder is planned anew.

        Raises:
            Refused: not support, no such priority, no reason, the same priority, or resolved.
        """
        case, product = self.product_of(number, actor)
        if priority not in {known.number for known in product.priorities}:
            known = ", ".join(str(known.number) for known in product.priorities)
            raise Refused(f"{product.name} knows the priorities {known}; {priority} is none of them.")
        if not reason.strip():
            raise Refused("A reason, please: the customer reads it.")
        if len(reason) > REASON_LENGTH:
            raise Refused(f"The reason has {len(reason):,} characters; {REASON_LENGTH:,} fit. Nothing was changed.")
        with self._room.units() as uow:
            case = uow.cases.get(number)
            if case.resolved_at is not None:
                raise Refused(f"{case.reference} is resolved; its priority stays as it was.")
            if case.promise.priority == priority:
                raise Refused(f"{case.reference} is at {case.promise.label} already.")
            account = uow.accounts.get(case.account)
            promise = promise_for(self._room.program(account), account, product.id, priority)
            calendar = self._room.calendars(promise.calendar)
            change = reprioritised(case, promise, calendar, actor.person, reason.strip(), now)
            body: Body = {
                "who": actor.person.user,
                "before": case.promise.label,
                "after": promise.label,
                "reason": reason.strip(),
                "due_at": iso(change.case.due_at),
                "runs": change.case.waits_for_response,
                "overdue": change.case.overdue(now),
                "commitment_ended": case.commitment is not None and change.case.commitment is None,
            }
            says = (
                note_to_customer(case, Note.REPRIORITISED, body),
                note_to_triage(case, Note.REPRIORITISED, body, self._room.places),
            )
            return self._room.save_and_redraw(uow, replace(change, says=says), SayKind.CHECK_IN)

    def resolve(self, number: int, note: str, actor: Actor, now: datetime) -> Case:
        """Support resolves the case; the customer reads the note.

        Raises:
            Refused: not support, resolved already, or no note.
        """
        support_only(actor, "resolve a case")
        if not note.strip():
            raise Refused("A line for the customer, please: what was the matter, and what solved it?")
        if len(note) > NOTE_LENGTH:
            raise Refused(f"The note has {len(note):,} characters; {NOTE_LENGTH:,} fit.")
        with self._room.units() as uow:
            case = uow.cases.get(number)
            change = resolved(case, actor.person, note.strip(), now)
            say = note_to_customer(case, Note.RESOLVED, {"who": actor.person.user, "text": note.strip()})
            return self._room.save_and_redraw(uow, replace(change, says=(say,)), SayKind.CHECK_IN)

    def _claim(self, uow: UnitOfWork, case: Case, person: Person, at: datetime) -> Case:
        change = claimed(case, person, at)
        if not change.entries:
            return case
        say = note_to_customer(case, Note.CLAIMED, {"who": person.user})
        return self._room.save_and_redraw(uow, replace(change, says=(say,)))

    def _give_back(self, uow: UnitOfWork, case: Case, person: Person, at: datetime) -> Case:
        change = given_back(case, person, at)
        body: Body = {
            "who": person.user,
            "due_at": iso(case.due_at),
            "runs": change.case.waits_for_response,
            "overdue": change.case.overdue(at),
        }
        says = (
            note_to_customer(case, Note.GIVEN_BACK, body),
            note_to_triage(case, Note.GIVEN_BACK, body, self._room.places),
        )
        return self._room.save_and_redraw(uow, replace(change, says=says))


def _refusal(case: Case, channel: str, actor: Actor, note: Note, body: Body) -> Say:
    key = f"case:{case.number}:{note}:{actor.person.user}:{body.get('who', '')}"
    return quietly(key, channel, actor.person.user, case, note, body)


def _resolve_offer(case: Case, channel: str, actor: Actor, event: str) -> Say:
    return Say(
        key=f"case:{case.number}:resolve-offer:{event}",
        kind=SayKind.RESOLVE_OFFER,
        channel=channel,
        urgency=Urgency.REPLY,
        case=case.number,
        only_for=actor.person.user,
    )
