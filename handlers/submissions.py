"""The small forms about one case, submitted. One that can't be taken stays open with what was typed, and says why."""

from collections.abc import Callable

from slack_bolt import Ack, BoltResponse

from cases.errors import Invalid
from cases.people import Actor
from cases.ports import Json
from handlers.answering import actor_of
from handlers.case_forms import read_hand_over, read_priority, read_resolve
from handlers.failures import form_errors
from handlers.front import Front
from handlers.payloads import interaction

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
    front.desk.resolve(read.case, read.note, actor, front.clock.now())


def _hand_over(front: Front, view: Json, actor: Actor) -> None:
    """A modal has no channel, so the case is looked for from its own: whom it is shown to is checked there."""
    read = read_hand_over(view)
    to = front.directory.actor_by_id(read.to) if read.to else None
    if to is None:
        raise Invalid({"to": "Who can be reached from now on? Please choose a colleague who is still in Slack."})
    with front.units() as uow:
        channel = uow.cases.get(read.case).channel
    front.availability.hand_over(read.case, to, actor, channel, front.clock.now())


priority = _taken(_priority)
resolve = _taken(_resolve)
hand_over = _taken(_hand_over)
