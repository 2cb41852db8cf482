"""A choice in a small form whose answer changes what it shows: it is drawn anew, and what was typed stays."""

from collections.abc import Callable

from slack_bolt import Ack

from cases.queues import Json
from handlers import wishing
from handlers.answering import actor_of, later, redraw_modal
from handlers.front import Front
from handlers.payloads import Interaction, interaction
from handlers.priority_form import priority_view, read_priority

Redraw = Callable[[Front, Interaction], None]


def _changed(redraw: Redraw) -> Callable[[Front, Ack, Json], None]:
    def listener(front: Front, ack: Ack, body: Json) -> None:
        seen = interaction(body)
        front.clicks.note(str(seen.view.get("id")), seen.acted_at)
        ack()
        later(front, seen, lambda: redraw(front, seen))

    return listener


def _priority(front: Front, seen: Interaction) -> None:
    read, now = read_priority(seen.view), front.clock.now()
    shown = front.desk.preview_priority(read.case, read.priority, actor_of(front, seen), now)
    redraw_modal(front, seen, priority_view(shown, front.directory.zone(seen.user), now, read.reason))


priority = _changed(_priority)
wish = _changed(wishing.redraw)
