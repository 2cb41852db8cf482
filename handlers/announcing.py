"""`/case announce`: the form, its preview, sending, and the receipt."""

from slack_bolt import Ack, BoltResponse

from cases.messages import Drawn
from cases.queues import Json
from handlers.announcement_form import form_view, proof_view, read_words, seen_proof, sent_view
from handlers.answering import actor_of, later, reply, show_modal
from handlers.closing import message_view
from handlers.failures import form_errors, sentence
from handlers.front import Front
from handlers.payloads import Interaction, interaction


def asked(front: Front, seen: Interaction, rest: str) -> None:
    """What was typed after `/case announce` is not looked at: the form asks."""
    later(front, seen, lambda: _show(front, seen))


def _show(front: Front, seen: Interaction) -> None:
    show_modal(front, seen, form_view(front.announcing.begin(actor_of(front, seen), front.clock.now())))


def written(front: Front, ack: Ack, body: Json) -> BoltResponse:
    """The words are there: shown as they will be read, above the form, which keeps them."""
    seen = interaction(body)
    try:
        proof = front.announcing.proof(seen.metadata, read_words(seen.view), actor_of(front, seen))
        return ack(response_action="push", view=proof_view(proof))
    except Exception as error:  # noqa: BLE001,RUF100 - the form stays open and says why
        return ack(response_action="errors", errors=form_errors(error, seen.view))


def sent(front: Front, ack: Ack, body: Json) -> BoltResponse:
    """Send, under the preview: on its way before Slack hears that it was pressed."""
    seen = interaction(body)
    id, stamp = seen_proof(seen.metadata)
    try:
        announcement = front.announcing.send(id, stamp, actor_of(front, seen), front.clock.now())
        return ack(response_action="update", view=sent_view(len(announcement.channels)))
    except Exception as error:  # noqa: BLE001,RUF100 - a preview has no field that could say why
        return ack(response_action="update", view=message_view("Not sent", sentence(error)))


def refreshed(front: Front, ack: Ack, body: Json) -> None:
    """Refresh, on a receipt."""
    seen = interaction(body)
    try:
        front.announcing.refresh(seen.value, actor_of(front, seen))
    except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person hears of it
        reply(front, seen, Drawn(sentence(error), ()))
    ack()
