"""Buttons under cards, escalations and check-ins. Each carries a case number and nothing else that is trusted."""

from collections.abc import Callable

from slack_bolt import Ack

from cases.case import State
from cases.committing import next_check_in
from cases.errors import Refused
from cases.messages import Drawn
from cases.ports import Json
from cases.room import support_only
from handlers import answers
from handlers.answering import actor_of, later, reply, show_modal, whisper
from handlers.case_forms import hand_over_view, priority_view, resolve_view
from handlers.failures import sentence
from handlers.front import Front
from handlers.payloads import Interaction, interaction

Press = Callable[[Front, Interaction], None]
Listener = Callable[[Front, Ack, Json], None]


def _at_once(press: Press) -> Listener:
    """Done in one transaction before the ack; a refusal is told privately after it."""

    def listener(front: Front, ack: Ack, body: Json) -> None:
        seen = interaction(body)
        try:
            press(front, seen)
        except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person hears of it
            reply(front, seen, Drawn(sentence(error), ()))
        ack()

    return listener


def _afterwards(press: Press) -> Listener:
    """Acknowledged first: it shows something and changes nothing."""

    def listener(front: Front, ack: Ack, body: Json) -> None:
        ack()
        seen = interaction(body)
        later(front, seen, lambda: press(front, seen))

    return listener


def _claim(front: Front, seen: Interaction) -> None:
    front.desk.claim(seen.number, actor_of(front, seen), front.clock.now())


def _give_back(front: Front, seen: Interaction) -> None:
    front.desk.give_back(seen.number, actor_of(front, seen), front.clock.now())


def _available(front: Front, seen: Interaction) -> None:
    front.availability.confirm(seen.number, actor_of(front, seen), seen.channel, front.clock.now())


def _why(front: Front, seen: Interaction) -> None:
    explanation = front.lookup.explain(seen.number, actor_of(front, seen), seen.channel)
    whisper(front, seen, answers.why(explanation, front.directory.zone(seen.user)))


def ask_priority(front: Front, seen: Interaction, number: int) -> None:
    """The priority form, of the button and of `/case priority C-12`."""
    case, product = front.desk.product_of(number, actor_of(front, seen))
    show_modal(front, seen, priority_view(case, product))


def ask_resolve(front: Front, seen: Interaction, number: int) -> None:
    """The resolve form, of the button and of `/case resolve C-12`."""
    actor = actor_of(front, seen)
    support_only(actor, "resolve a case")
    case, _ = front.lookup.case(number, actor, seen.channel)
    if case.state is State.RESOLVED:
        raise Refused(f"{case.reference} is resolved already.")
    show_modal(front, seen, resolve_view(case))


def _ask_hand_over(front: Front, seen: Interaction) -> None:
    case, _ = front.lookup.case(seen.number, actor_of(front, seen), seen.channel)
    if next_check_in(case) is None:
        raise Refused(f"{case.reference} asks nobody to be on call any more, so there is nothing to hand over.")
    show_modal(front, seen, hand_over_view(case))


claim = _at_once(_claim)
give_back = _at_once(_give_back)
available = _at_once(_available)
why = _afterwards(_why)
priority = _afterwards(lambda front, seen: ask_priority(front, seen, seen.number))
resolve = _afterwards(lambda front, seen: ask_resolve(front, seen, seen.number))
hand_over = _afterwards(_ask_hand_over)
