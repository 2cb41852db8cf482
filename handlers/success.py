"""What people do about success managers: ask for theirs on a case; say that a meeting was held."""

from cases.people import Actor
from cases.queues import Json
from handlers.answering import actor_of, show_modal
from handlers.front import Front
from handlers.payloads import Interaction
from handlers.success_form import call_view, read_call

DIGITS = 9
"""More has no account's id."""


def ask(front: Front, seen: Interaction) -> None:
    """The customer's button: their form."""
    case = front.managing.askable(seen.number, actor_of(front, seen), seen.channel, front.clock.now())
    show_modal(front, seen, call_view(case))


def take(front: Front, view: Json, actor: Actor) -> None:
    """The form was sent. A modal has no channel, so the case's own is taken: whom it is shown to is checked there."""
    read = read_call(view)
    with front.units.reading() as uow:
        channel = uow.cases.get(read.case).channel
    front.managing.ask(read.case, read.words, actor, channel, front.clock.now())


def held(front: Front, seen: Interaction) -> None:
    """The button under a reminder of a meeting."""
    account, _, reminder = seen.value.partition(":")
    id = int(account) if account.isdecimal() and len(account) <= DIGITS else 0
    front.managing.held(id, reminder, actor_of(front, seen), front.clock.now())
