"""What people do about a wish for another priority: ask for it, grant it, refuse it with a word."""

from dataclasses import replace

from cases.people import Actor
from cases.queues import Json
from cases.wishes import WishForm
from handlers.answering import actor_of, redraw_modal, show_modal
from handlers.front import Front
from handlers.named import named_people
from handlers.payloads import Interaction
from handlers.wish_form import ReadWish, read_refusal, read_value, read_wish, refusal_view, wish_view


def ask(front: Front, seen: Interaction) -> None:
    """The customer's button: their form."""
    shown = front.wishes.preview(seen.number, None, actor_of(front, seen), seen.channel, front.clock.now())
    show_modal(front, seen, wish_view(shown, WishForm(), front.directory.zone(seen.user)))


def redraw(front: Front, seen: Interaction) -> None:
    """Another priority was chosen in the customer's form: its meaning, and what it asks of them."""
    actor, read = actor_of(front, seen), read_wish(seen.view)
    channel = _channel(front, read.case)
    shown = front.wishes.preview(read.case, read.form.priority, actor, channel, front.clock.now())
    redraw_modal(front, seen, wish_view(shown, read.form, front.directory.zone(seen.user)))


def take_wish(front: Front, view: Json, actor: Actor) -> None:
    """The customer's form was sent."""
    read = read_wish(view)
    form = _with_people(front, read)
    front.wishes.wish(read.case, form, actor, _channel(front, read.case), front.clock.now())


def grant(front: Front, seen: Interaction) -> None:
    """Support's button: the priority changes."""
    case, wish = read_value(seen.value)
    front.wishes.grant(case, wish, actor_of(front, seen), front.clock.now())


def ask_refusal(front: Front, seen: Interaction) -> None:
    """Support's other button: a word for the customer is asked for."""
    number, wish = read_value(seen.value)
    case, undecided = front.wishes.undecided(number, wish, actor_of(front, seen))
    show_modal(front, seen, refusal_view(case, undecided))


def take_refusal(front: Front, view: Json, actor: Actor) -> None:
    """The word was sent."""
    read = read_refusal(view)
    front.wishes.refuse(read.case, read.wish, read.word, actor, front.clock.now())


def _channel(front: Front, number: int) -> str:
    """A modal has no channel, so the case is looked for from its own: whom it is shown to is checked there."""
    with front.units.reading() as uow:
        return uow.cases.get(number).channel


def _with_people(front: Front, read: ReadWish) -> WishForm:
    people = named_people(front, {"available": read.available, "backup": read.backup})
    return replace(read.form, available=people.get("available"), backup=people.get("backup"))
