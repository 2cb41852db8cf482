"""Asking what a plan brings: `/case plan`, and the Your plan button of the welcome. Answered in private."""

from slack_bolt import Ack

from cases.errors import NotFound, Refused
from cases.messages import Drawn
from cases.people import Actor
from cases.plan_details import PlanDetails
from cases.queues import Json
from handlers.answering import actor_of, later, whisper
from handlers.front import Front
from handlers.payloads import Interaction, interaction
from handlers.plan_answer import plans

NONE_HERE = "No account of yours is linked to this channel, so there is no plan to show."
WHICH = "Whose plan? No account is linked to this channel; `/case plan Acme` shows the one of that name."
NOT_KNOWN = "I know no account of that name here. `/case plan` alone shows the one of this channel."


def asked(front: Front, seen: Interaction, name: str) -> Drawn:
    """The plan of this channel's account or, for support, of the account of this name.

    Raises:
        Refused: there is none that this person may see.
    """
    actor = actor_of(front, seen)
    found = front.lookup.plans(actor, seen.channel, name.strip())
    if not found:
        raise _none(actor, name.strip())
    return plans(found)


def of_channel(front: Front, actor: Actor, channel: str) -> tuple[PlanDetails, ...]:
    """Those of this person's accounts here; none where their programme isn't loaded, since the help helps without."""
    try:
        return front.lookup.plans(actor, channel)
    except Refused:
        return ()


def by_button(front: Front, ack: Ack, body: Json) -> None:
    """Your plan, on the pinned welcome: for the person who presses, in the channel where they press."""
    ack()
    seen = interaction(body)
    later(front, seen, lambda: whisper(front, seen, asked(front, seen, "")))


def _none(actor: Actor, name: str) -> Refused:
    if name:
        return NotFound(NOT_KNOWN)
    return Refused(WHICH if actor.is_support else NONE_HERE)
