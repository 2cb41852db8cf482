"""Draws what the bot has to say, by its kind."""

from collections.abc import Callable
from datetime import datetime

from cases.case import Case
from cases.messages import Drawn
from cases.says import Say, SayKind
from handlers.bodies import text_of
from handlers.cards import customer_card, triage_card
from handlers.checkins import check_in
from handlers.escalations import escalation
from handlers.notes import note
from handlers.welcome import hand_over, invite, resolve_offer, welcome


class Renderer:
    """`cases.messages.Renderer`, in Block Kit."""

    def __init__(self, on_call: Callable[[], str]) -> None:
        """`on_call` gives the mentions of the on-call group (`Duty.on_call`), asked only where a rung mentions it."""
        self._on_call = on_call

    def draw(self, say: Say, case: Case | None, now: datetime) -> Drawn:
        """The message as the case stands now; `now` is aware UTC.

        Raises:
            ValueError: the say is about a case, and there is none.
        """
        match say.kind:
            case SayKind.WELCOME:
                return welcome(say.body)
            case SayKind.INVITE:
                return invite(say.body, case)
            case SayKind.HAND_OVER:
                return hand_over(say.body)
            case _:
                return self._of_case(say, _known(say, case), now)

    def _of_case(self, say: Say, case: Case, now: datetime) -> Drawn:
        match say.kind:
            case SayKind.CARD:
                return (customer_card if text_of(say.body, "side") == "customer" else triage_card)(case, now)
            case SayKind.NOTE:
                return note(case, say.body)
            case SayKind.ESCALATION:
                return escalation(case, say.body, self._on_call() if say.body.get("mention") else "", now)
            case SayKind.CHECK_IN:
                return check_in(case, say.body, now)
            case SayKind.RESOLVE_OFFER:
                return resolve_offer(case)
            case _:
                raise ValueError(f"{say.kind} can't be drawn")


def _known(say: Say, case: Case | None) -> Case:
    if case is None:
        raise ValueError(f"{say.key} is about a case, and there is none")
    return case
