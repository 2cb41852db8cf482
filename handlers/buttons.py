"""Buttons under cards, escalations and check-ins. Each carries a case number and nothing else that is trusted."""

from collections.abc import Callable

from slack_bolt import Ack

from cases.errors import Refused
from cases.messages import Drawn
from cases.queues import Json
from cases.room import support_only
from handlers import add_ons, answers, naming, success, wishing
from handlers.answering import actor_of, later, reply, show_modal, whisper
from handlers.case_forms import hand_over_view
from handlers.failures import sentence
from handlers.front import Front
from handlers.payloads import Interaction, interaction
from handlers.priority_form import priority_view
from handlers.reply_form import reply_view
from handlers.solution_form import rating_view, reopen_view, resolve_view
from handlers.status import status as status_now
from handlers.waiting import ask_view

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
    now = front.clock.now()
    shown = front.desk.preview_priority(number, None, actor_of(front, seen), now)
    show_modal(front, seen, priority_view(shown, front.directory.zone(seen.user), now))


def ask_resolve(front: Front, seen: Interaction, number: int) -> None:
    """The resolve form, of the button and of `/case resolve C-12`."""
    actor = actor_of(front, seen)
    support_only(actor, "resolve a case")
    case, _ = front.lookup.case(number, actor, seen.channel)
    if case.is_done:
        raise Refused(f"{case.reference} {case.how_done} already.")
    show_modal(front, seen, resolve_view(case))


def _helps(front: Front, seen: Interaction) -> None:
    front.solutions.confirm(seen.number, actor_of(front, seen), seen.channel, front.clock.now())


def ask_customer(front: Front, seen: Interaction, number: int) -> None:
    """The form of the question, of the button and of `/case wait C-12`."""
    case = front.asking.askable(number, actor_of(front, seen))
    show_modal(front, seen, ask_view(case))


def _go_on(front: Front, seen: Interaction) -> None:
    front.asking.go_on(seen.number, actor_of(front, seen), front.clock.now())


def _still_needed(front: Front, seen: Interaction) -> None:
    front.asking.still_needed(seen.number, actor_of(front, seen), seen.channel, front.clock.now())


def _close_it(front: Front, seen: Interaction) -> None:
    front.asking.close(seen.number, actor_of(front, seen), seen.channel, front.clock.now())


def _on_it(front: Front, seen: Interaction) -> None:
    front.presence.on_it(seen.number, actor_of(front, seen), front.clock.now())


def _ask_reopen(front: Front, seen: Interaction) -> None:
    case = front.solutions.reopenable(seen.number, actor_of(front, seen), seen.channel)
    show_modal(front, seen, reopen_view(case))


def _ask_rating(front: Front, seen: Interaction) -> None:
    case = front.solutions.ratable(seen.number, actor_of(front, seen), seen.channel)
    show_modal(front, seen, rating_view(case))


def _ask_hand_over(front: Front, seen: Interaction) -> None:
    case = front.availability.handable(seen.number, actor_of(front, seen), seen.channel)
    show_modal(front, seen, hand_over_view(case))


claim = _at_once(_claim)
give_back = _at_once(_give_back)
available = _at_once(_available)


def _ask_reply(front: Front, seen: Interaction) -> None:
    case = front.threads.case(seen.number, actor_of(front, seen))
    # By now the name is known that the customer will read.
    front.directory.person(seen.user)
    show_modal(front, seen, reply_view(case, front.reply_prefix))


def _status(front: Front, seen: Interaction) -> None:
    case, _ = front.lookup.case(seen.number, actor_of(front, seen), seen.channel)
    whisper(front, seen, status_now(case, front.clock.now()))


reply_to_customer = _afterwards(_ask_reply)
status = _afterwards(_status)
call = _afterwards(success.ask)
held = _at_once(success.held)
asked_again = _at_once(add_ons.asked_again)
helps = _at_once(_helps)
go_on = _at_once(_go_on)
still_needed = _at_once(_still_needed)
close_it = _at_once(_close_it)
on_it = _at_once(_on_it)
why = _afterwards(_why)
priority = _afterwards(lambda front, seen: ask_priority(front, seen, seen.number))
resolve = _afterwards(lambda front, seen: ask_resolve(front, seen, seen.number))
hand_over = _afterwards(_ask_hand_over)
name = _afterwards(naming.ask)
ask_another = _afterwards(wishing.ask)
grant = _at_once(wishing.grant)
refuse = _afterwards(wishing.ask_refusal)
ask = _afterwards(lambda front, seen: ask_customer(front, seen, seen.number))
reopen = _afterwards(_ask_reopen)
rate = _afterwards(_ask_rating)
