"""The small forms about one case, submitted. One that can't be taken stays open with what was typed, and says why."""

from collections.abc import Callable

from slack_bolt import Ack, BoltResponse

from cases.errors import Invalid
from cases.people import Actor
from cases.queues import Json
from handlers import naming, success, wishing
from handlers.answering import actor_of
from handlers.case_forms import read_hand_over
from handlers.failures import form_errors
from handlers.front import Front
from handlers.payloads import interaction
from handlers.priority_form import read_priority
from handlers.reply_form import read_reply
from handlers.solution_form import read_rating, read_reopen, read_resolve
from handlers.waiting import read_ask

Take = Callable[[Front, Json, Actor], object]


def _taken(take: Take) -> Callable[[Front, Ack, Json], BoltResponse]:
    def listener(front: Front, ack: Ack, body: Json) -> BoltResponse:
        seen = interaction(body)
        try:
            take(front, seen.view, actor_of(front, seen))
        except Exception as error:  # noqa: BLE001,RUF100 - the form stays open and says why
            return ack(response_action="errors", errors=form_errors(error, seen.view))
        return ack()

    return listener


def _priority(front: Front, view: Json, actor: Actor) -> None:
    read = read_priority(view)
    if read.priority is None:
        raise Invalid({"priority": "Which priority from now on?"})
    front.desk.reprioritise(read.case, read.priority, read.reason, actor, front.clock.now())


def _resolve(front: Front, view: Json, actor: Actor) -> None:
    read = read_resolve(view)
    front.desk.resolve(read.case, read.note, actor, front.clock.now(), read.kind)


def _reply(front: Front, view: Json, actor: Actor) -> None:
    read = read_reply(view)
    front.threads.write(read.case, read.text, actor, read.form, front.clock.now())


def _ask(front: Front, view: Json, actor: Actor) -> None:
    read = read_ask(view)
    front.asking.ask(read.case, read.question, actor, front.clock.now())


def _reopen(front: Front, view: Json, actor: Actor) -> None:
    read = read_reopen(view)
    front.solutions.reopen(read.case, read.why, actor, _channel(front, read.case), front.clock.now())


def _rating(front: Front, view: Json, actor: Actor) -> None:
    read = read_rating(view)
    front.solutions.rate(read.case, read.stars, read.line, actor, _channel(front, read.case), front.clock.now())


def _hand_over(front: Front, view: Json, actor: Actor) -> None:
    read = read_hand_over(view)
    to = front.directory.actor_by_id(read.to) if read.to else None
    if to is None:
        raise Invalid({"to": "Who can be reached from now on? Please choose a colleague who is still in Slack."})
    front.availability.hand_over(read.case, to, actor, _channel(front, read.case), front.clock.now())


def _channel(front: Front, number: int) -> str:
    """A modal has no channel, so the case is looked for from its own: whom it is shown to is checked there."""
    with front.units.reading() as uow:
        return uow.cases.get(number).channel


priority = _taken(_priority)
resolve = _taken(_resolve)
hand_over = _taken(_hand_over)
named = _taken(naming.take)
wish = _taken(wishing.take_wish)
refusal = _taken(wishing.take_refusal)
ask = _taken(_ask)
reopen = _taken(_reopen)
rating = _taken(_rating)
reply = _taken(_reply)
call = _taken(success.take)
