"""“This answered it”: the form ends with the article, no case is opened, and that is remembered."""

from slack_bolt import Ack

from cases.queues import Json
from handlers.answering import actor_of, later, redraw_modal
from handlers.closing import answered_view
from handlers.front import Front
from handlers.payloads import interaction
from handlers.read_form import read_form


def answered(front: Front, ack: Ack, body: Json) -> None:
    """Pressed in the form that opens a case. Whatever else was typed there is let go."""
    ack()
    seen = interaction(body)
    front.clicks.note(str(seen.view.get("id")), seen.acted_at)

    def work() -> None:
        actor, now = actor_of(front, seen), front.clock.now()
        article = front.reception.answered(seen.metadata, actor, read_form(seen.view).form, seen.value, now)
        redraw_modal(front, seen, answered_view(article))

    later(front, seen, work)
