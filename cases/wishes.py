"""The use cases of a wish: a customer asks for another priority, and support grants or refuses it."""

from dataclasses import dataclass, replace
from datetime import datetime

from cases.accounts import Account
from cases.case import Case
from cases.case_parts import Wish
from cases.changing_priority import PriorityPreview, changed_priority, previewed
from cases.errors import Invalid, Refused
from cases.leasing import worked
from cases.naming import NamingForm, check_people
from cases.people import Actor
from cases.ports import UnitOfWork
from cases.room import Room, known_case, support_only, visible_case
from cases.says import Note, SayKind
from cases.telling import note_to_customer, wish_settled, wish_to_triage
from cases.wishing import open_wish, refused, wished

REASON_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class WishForm:
    """What the customer's form holds; everything may still be missing."""

    priority: int | None = None
    reason: str = ""
    consent: bool = False
    available: Actor | None = None
    """Whom they name as reachable, looked up in Slack."""
    backup: Actor | None = None


class Wishes:
    """Every method is one transaction; `now` is aware UTC."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def preview(self, number: int, priority: int | None, actor: Actor, channel: str, now: datetime) -> PriorityPreview:
        """What the form shows: the priorities, and what the chosen one would mean.

        Raises:
            NotFound: not a case of theirs. Refused: support, a case that is done, or a program without priorities.
        """
        with self._room.units.reading() as uow:
            return self._preview(uow, number, priority, actor, channel, now)

    def wish(self, number: int, form: WishForm, actor: Actor, channel: str, now: datetime) -> Case:
        """The customer asks; an earlier wish of the case is replaced, which both sides are told.

        Raises:
            Invalid: by field, what is still missing. NotFound, Refused: as `preview`, or it is at that priority.
        """
        with self._room.units() as uow:
            shown = self._preview(uow, number, form.priority, actor, channel, now)
            case = shown.case
            _check(form, shown, uow.accounts.get(case.account))
            if shown.chosen is None:
                raise Refused(f"{case.reference} is at {case.promise.label} already.")
            wish = Wish(shown.chosen.number, shown.chosen.label, form.reason.strip(), actor.person, now)
            if shown.commitment and form.available:
                backup = form.backup.person if form.backup else None
                wish = replace(wish, available=form.available.person, backup=backup)
            change = wished(case, wish, now)
            replaced = case.wish.label if case.wish else ""
            body = {"who": actor.person.user, "label": wish.label, "replaced": replaced}
            says = (
                note_to_customer(case, Note.WISHED, body),
                wish_to_triage(change.case, shown.chosen.meaning, replaced, self._room.places),
                *wish_settled(uow.outbox.said(number, SayKind.WISH), case, "replaced", actor.person),
            )
            return self._room.save_and_redraw(uow, replace(change, says=says))

    def undecided(self, number: int, revision: int, actor: Actor) -> tuple[Case, Wish]:
        """The wish that a button or form is about. Raises Refused: not support, or it is decided or replaced."""
        support_only(actor, "decide on a priority")
        with self._room.units() as uow:
            case = known_case(uow, number)
        return case, open_wish(case, revision)

    def grant(self, number: int, revision: int, actor: Actor, now: datetime) -> Case:
        """The priority changes as the customer wished, for the customer's reason.

        Raises:
            Refused: as `undecided`; or the case can't have that priority any more.
        """
        support_only(actor, "decide on a priority")
        with self._room.units() as uow:
            case = known_case(uow, number)
            wish = open_wish(case, revision)
            return changed_priority(self._room, uow, case, wish.priority, wish.reason, actor.person, now, wish)

    def refuse(self, number: int, revision: int, word: str, actor: Actor, now: datetime) -> Case:
        """The priority stays, and the customer reads why.

        Raises:
            Refused: as `undecided`. Invalid: no word for the customer, or too long a one.
        """
        support_only(actor, "decide on a priority")
        _check_words("word", word, "A word for the customer, please: why does the priority stay?")
        with self._room.units() as uow:
            case = known_case(uow, number)
            wish = open_wish(case, revision)
            change = refused(case, wish, actor.person, word.strip(), now)
            body = {
                "who": actor.person.user,
                "to": wish.by.user,
                "label": wish.label,
                "stays": case.promise.label,
                "text": word.strip(),
            }
            says = (
                note_to_customer(case, Note.WISH_REFUSED, body),
                *wish_settled(uow.outbox.said(number, SayKind.WISH), case, "refused", actor.person, word.strip()),
            )
            after = worked(change.case, actor.person, now)
            return self._room.save_and_redraw(uow, replace(change, case=after, says=says))

    def _preview(
        self, uow: UnitOfWork, number: int, priority: int | None, actor: Actor, channel: str, now: datetime
    ) -> PriorityPreview:
        case = visible_case(uow, number, actor, channel)
        if actor.is_support:
            raise Refused(f"You can change it yourself: `/case priority {case.reference}`, or the button on its card.")
        if case.is_done:
            raise Refused(f"{case.reference} {case.how_done}, so its priority stays as it was.")
        shown = previewed(self._room, uow, case, priority, now)
        if len(shown.product.priorities) < 2:
            raise Refused(f"{shown.product.name} has one priority only, so there is no other to ask for.")
        return shown


def _check(form: WishForm, shown: PriorityPreview, account: Account) -> None:
    if form.priority is None:
        raise Invalid({"priority": "Which one would be right?"})
    _check_words("reason", form.reason, "Why, in a sentence: the team decides by it.")
    if shown.commitment is None:
        return
    people = NamingForm(form.consent, form.available, form.backup)
    unticked = "This one asks for someone to be reachable day and night. Tick the box, or choose another."
    if wrong := check_people(people, account, unticked):
        raise Invalid(wrong)


def _check_words(field: str, words: str, missing: str) -> None:
    if not words.strip():
        raise Invalid({field: missing})
    if len(words) > REASON_LENGTH:
        raise Invalid({field: f"That has {len(words):,} characters; {REASON_LENGTH:,} fit."})
