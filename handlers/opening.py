"""The life of the form that opens a case: shown, redrawn as answers come in, submitted."""

from dataclasses import replace

from slack_bolt import Ack, BoltResponse

from cases.errors import Refused
from cases.intake import Form, Intake, Opened
from cases.people import Actor
from cases.queues import Json
from handlers import ids
from handlers.answering import actor_of, later, redraw_modal, show_modal
from handlers.closing import declined_view, existing_view, opened_view
from handlers.failures import form_errors
from handlers.front import Front
from handlers.named import named_people
from handlers.open_form import open_view
from handlers.payloads import Interaction, interaction, part
from handlers.read_form import ReadForm, read_form
from handlers.sources import source_shown
from handlers.suggestions import closest, offered

OWN_MESSAGE = "That message is mine. Use *Open a case* on what the customer wrote, or `/case open`."


def by_command(front: Front, seen: Interaction, text: str) -> None:
    """`/case` and `/case open …`, after the ack."""
    actor = actor_of(front, seen)
    show(front, seen, actor, front.reception.begin(seen.channel, actor, front.clock.now(), text=text))


def by_button(front: Front, ack: Ack, body: Json) -> None:
    """Open a case: pinned in the channel, or under a message."""
    ack()
    seen = interaction(body)

    def work() -> None:
        actor = actor_of(front, seen)
        if seen.value == ids.NEW_INTAKE:
            intake = front.reception.begin(seen.channel, actor, front.clock.now())
        else:
            intake = front.reception.intake(seen.value, actor)
        show(front, seen, actor, intake)

    later(front, seen, work)


def by_shortcut(front: Front, ack: Ack, body: Json) -> None:
    """Open a case, from the menu of a message."""
    ack()
    seen = interaction(body)

    def work() -> None:
        actor = actor_of(front, seen)
        source = source_shown(front, seen.channel, part(body, "message"), actor)
        if source is None:
            raise Refused(OWN_MESSAGE)
        show(front, seen, actor, front.reception.begin(seen.channel, actor, front.clock.now(), source))

    later(front, seen, work)


def show(front: Front, seen: Interaction, actor: Actor, intake: Intake) -> None:
    """The empty form; where its message has a case already, that case instead."""
    number = front.reception.existing(intake.id, actor)
    if number is not None:
        show_modal(front, seen, existing_view(number, intake.source.permalink if intake.source else ""))
        return
    now = front.clock.now()
    form = Form()
    shown = front.reception.preview(intake.id, actor, form, now)
    show_modal(front, seen, open_view(intake, form, shown, front.directory.zone(seen.user), now))


def changed(front: Front, ack: Ack, body: Json) -> None:
    """An answer was given in the form: what follows from it is shown in place."""
    seen = interaction(body)
    front.clicks.note(str(seen.view.get("id")), seen.acted_at)
    ack()
    later(front, seen, lambda: _redraw(front, seen))


def title_typed(front: Front, ack: Ack, body: Json) -> None:
    """A letter of the title was typed: the form is drawn anew only where other articles are the closest now."""
    seen = interaction(body)
    front.clicks.note(str(seen.view.get("id")), seen.acted_at)
    ack()
    later(front, seen, lambda: _suggest(front, seen))


def _suggest(front: Front, seen: Interaction) -> None:
    if not front.clicks.is_latest(str(seen.view.get("id")), seen.acted_at):
        return
    form, actor = read_form(seen.view).form, actor_of(front, seen)
    shown = front.reception.preview(seen.metadata, actor, form, front.clock.now())
    found = closest(form.title, shown.program.articles)
    if [article.id for article in found] != offered(seen.view):
        _redraw(front, seen)


def _redraw(front: Front, seen: Interaction) -> None:
    actor, now = actor_of(front, seen), front.clock.now()
    form = read_form(seen.view).form
    intake = front.reception.intake(seen.metadata, actor)
    shown = front.reception.preview(intake.id, actor, form, now)
    redraw_modal(front, seen, open_view(intake, form, shown, front.directory.zone(seen.user), now))


def submitted(front: Front, ack: Ack, body: Json) -> BoltResponse:
    """The form was sent: the case stands before Slack hears that it arrived."""
    seen = interaction(body)
    try:
        actor, now = actor_of(front, seen), front.clock.now()
        outcome = front.reception.open(seen.metadata, actor, _with_people(front, read_form(seen.view)), now)
        zone = front.directory.zone(seen.user)
        view = opened_view(outcome, zone, now) if isinstance(outcome, Opened) else declined_view(outcome)
        return ack(response_action="update", view=view)
    except Exception as error:  # noqa: BLE001,RUF100 - the form stays open and says why
        return ack(response_action="errors", errors=form_errors(error, seen.view))


def _with_people(front: Front, read: ReadForm) -> Form:
    """The form with its people looked up in Slack. Raises Invalid, Unreachable."""
    people = named_people(front, {"available": read.available, "backup": read.backup})
    return replace(read.form, available=people.get("available"), backup=people.get("backup"))
