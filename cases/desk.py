"""The use cases of support: claim, give back, answer, change the priority, resolve."""

from dataclasses import replace
from datetime import datetime

from cases.asking import customer_wrote
from cases.case import Case
from cases.change import Change
from cases.changing_priority import PriorityPreview, changed_priority, check_priority, previewed, product_of
from cases.errors import Refused
from cases.instants import iso
from cases.people import Actor, Person
from cases.policy import Product
from cases.ports import UnitOfWork
from cases.presence import seen_at_work
from cases.queues import Post
from cases.responding import claimed, given_back, written
from cases.room import Room, first_handling, known_case, support_only
from cases.says import Body, Note, Say, SayKind, Urgency
from cases.solving import offered
from cases.storms import which_of_them
from cases.telling import note_to_customer, note_to_triage, quietly

REASON_LENGTH = 1000
NOTE_LENGTH = 2000
FOUND_LATE = (
    "I found your reaction only now, after a while in which I heard nothing from Slack, and it may be from before. "
    "If you take this case, press Claim."
)


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
            return self._claim(uow, known_case(uow, number), actor.person, at)

    def claim_by_reaction(
        self, channel: str, ts: str, actor: Actor, at: datetime, event: str | None = None, *, doubtful: bool = False
    ) -> None:
        """The claim reaction on a card, an escalation or the customer's message. On any other message: nothing.

        Who may not claim, or comes second or too late, is told so once, in an ephemeral line. Where it is `doubtful`
        when the reaction was put on, it may be that of a claim which was given back since, or older than the case: it
        takes no case that anybody has ever had, and none from the message that it was opened from.
        """
        with self._room.units() as uow:
            case = uow.cases.by_message(channel, ts)
            if not first_handling(uow, event, at):
                return
            if case is None:
                if actor.is_support and uow.outbox.is_digest(Post(channel, ts)):
                    uow.outbox.add(which_of_them(channel, ts, actor.person.user))
                return
            if not actor.is_support:
                reason = (
                    "Reacting is how our engineers take a case; yours changed nothing. One of them will answer here."
                )
                uow.outbox.add(_refusal(case, channel, actor, Note.CLAIM_REFUSED, {"reason": reason}))
            elif doubtful and case.is_done:
                return
            elif case.assignee is not None and case.assignee.user != actor.person.user:
                uow.outbox.add(_refusal(case, channel, actor, Note.ALREADY_CLAIMED, {"who": case.assignee.user}))
            elif doubtful and case.assignee is None and _may_be_older(uow, case, channel, ts):
                uow.outbox.add(_refusal(case, channel, actor, Note.CLAIM_REFUSED, {"reason": FOUND_LATE}))
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
            return self._give_back(uow, known_case(uow, number), actor.person, at)

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
        """A message in a thread: from support in a case's customer thread, it is a first response.

        There and in triage it is a sign of work; from the customer it brings a case back that waits for them.
        """
        with self._room.units() as uow:
            case = uow.cases.by_thread(channel, thread_ts)
            inside = uow.cases.by_message(channel, thread_ts) if channel in self._room.places.inside else None
            if not first_handling(uow, event, at):
                return
            if case is not None and not actor.is_support:
                customer_wrote(self._room, uow, case, actor, channel, at)
            elif case is not None:
                seen_at_work(self._room, uow, written(case, actor.person, at), actor, at)
            elif inside is not None and actor.is_support:
                seen_at_work(self._room, uow, Change(inside), actor, at)

    def offer_resolve(self, channel: str, ts: str, actor: Actor, at: datetime, event: str) -> None:
        """The resolve reaction: the Resolve button, for this engineer alone. A customer, a resolved case: nothing."""
        with self._room.units() as uow:
            case = uow.cases.by_message(channel, ts)
            if not first_handling(uow, event, at) or case is None or not actor.is_support:
                return
            if not case.is_done:
                uow.outbox.add(_resolve_offer(case, channel, actor, event))

    def product_of(self, number: int, actor: Actor) -> tuple[Case, Product]:
        """The case and its product as the policy describes it today, for choosing another priority.

        Raises:
            Refused: not support; the program or product is gone; or it knows no priorities.
        """
        support_only(actor, "change a priority")
        with self._room.units.reading() as uow:
            case = known_case(uow, number)
            return case, product_of(self._room, uow, case)

    def preview_priority(self, number: int, priority: int | None, actor: Actor, now: datetime) -> PriorityPreview:
        """What another priority would mean, before anything is changed.

        Raises:
            Refused: as `product_of`.
        """
        support_only(actor, "change a priority")
        with self._room.units.reading() as uow:
            return previewed(self._room, uow, known_case(uow, number), priority, now)

    def reprioritise(self, number: int, priority: int, reason: str, actor: Actor, now: datetime) -> Case:
        """Support changes the priority, with a reason that the customer reads; all of the ladder is planned anew.

        Raises:
            Refused: not support, no such priority, no reason, the same priority, or resolved.
        """
        _, product = self.product_of(number, actor)
        check_priority(product, priority)
        if not reason.strip():
            raise Refused("A reason, please: the customer reads it.")
        if len(reason) > REASON_LENGTH:
            raise Refused(f"The reason has {len(reason):,} characters; {REASON_LENGTH:,} fit. Nothing was changed.")
        with self._room.units() as uow:
            case = known_case(uow, number)
            return changed_priority(self._room, uow, case, priority, reason.strip(), actor.person, now, None)

    def resolve(self, number: int, note: str, actor: Actor, now: datetime, kind: str | None = None) -> Case:
        """Support offers a solution with a note; the customer is asked whether it helps.

        `kind`: id of one of those that the case's promise has; None: its only one.

        Raises:
            Refused: not support, a solution stands already, the case is closed, or there is no note.
            Invalid: by `kind`, no such kind, or none chosen of several.
        """
        support_only(actor, "resolve a case")
        if not note.strip():
            raise Refused("A line for the customer, please: what was the matter, and what solved it?")
        if len(note) > NOTE_LENGTH:
            raise Refused(f"The note has {len(note):,} characters; {NOTE_LENGTH:,} fit.")
        with self._room.units() as uow:
            case = known_case(uow, number)
            change = offered(case, kind, note.strip(), actor.person, now)
            return self._room.save_and_redraw(uow, change, SayKind.CHECK_IN)

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


def _may_be_older(uow: UnitOfWork, case: Case, channel: str, ts: str) -> bool:
    """Of a reaction there: than the case itself, or than its being given back."""
    opened_from = case.source is not None and (case.source.channel, case.source.ts) == (channel, ts)
    return opened_from or any(entry.what == "claimed" for entry in uow.cases.history(case.number))


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
