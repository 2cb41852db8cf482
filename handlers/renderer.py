"""Draws what the bot has to say, by its kind."""

from collections.abc import Callable, Sequence
from datetime import datetime

from cases.case import Case
from cases.messages import Drawn, Row
from cases.says import Say, SayKind
from handlers.add_ons import add_on
from handlers.announcements import announcement, for_managers
from handlers.assigned import assigned
from handlers.bodies import text_of
from handlers.briefing import briefing_message
from handlers.cards import customer_card, triage_card
from handlers.checkins import check_in
from handlers.crossed import line, reply, sent
from handlers.crossed_files import reply_file
from handlers.digests import digest, reacted
from handlers.escalations import escalation
from handlers.leases import lease
from handlers.left_request import left_request
from handlers.meetings import meeting
from handlers.naming import naming
from handlers.notes import note
from handlers.regions import calls
from handlers.report_file import report_file
from handlers.report_message import report_message
from handlers.review_file import review_file
from handlers.review_message import review_message, review_told
from handlers.shifts import shift
from handlers.solutions import back_in_queue, solution
from handlers.success_form import called_for
from handlers.text import mention
from handlers.troubles import trouble
from handlers.untold import untold, with_detour
from handlers.waiting import waiting
from handlers.welcome import hand_over, invite, resolve_offer, welcome
from handlers.wish_message import wish

MOST_CALLED = 50
"""People whom one message calls by name: with more Slack would refuse it."""


class Renderer:
    """`cases.messages.Renderer`, in Block Kit."""

    def __init__(self, on_call: Callable[[], str], url: str = "") -> None:
        """`on_call` gives the mentions of the on-call group (`Duty.on_call`), asked only where a rung mentions it.

        `url`: where our workspace stands on the web; without it, messages link to no other.
        """
        self._on_call = on_call
        self._url = url

    def draw(self, say: Say, case: Case | None, now: datetime) -> Drawn:
        """The message as the case stands now; `now` is aware UTC.

        Raises:
            ValueError: the say is about a case, and there is none.
        """
        return with_detour(self._drawn(say, case, now), say)

    def _drawn(self, say: Say, case: Case | None, now: datetime) -> Drawn:
        match say.kind:
            case SayKind.WELCOME:
                return welcome(say.body)
            case SayKind.INVITE:
                return invite(say.body, case)
            case SayKind.HAND_OVER:
                return hand_over(say.body)
            case SayKind.LEFT_REQUEST:
                return left_request(say.body)
            case SayKind.REVIEW:
                return review_message(say.body)
            case SayKind.REVIEW_FILE:
                return review_file(say.body)
            case SayKind.REPORT:
                return report_message(say.body)
            case SayKind.REPORT_FILE:
                return report_file(say.body)
            case SayKind.BRIEFING:
                return briefing_message(say.body)
            case SayKind.REPLY_FILE:
                return reply_file(say.body)
            case SayKind.REVIEW_TOLD:
                return review_told(say.body)
            case SayKind.ADD_ON:
                return add_on(say.body)
            case SayKind.MEETING:
                return meeting(say.body)
            case SayKind.ANNOUNCEMENT:
                return announcement(say.body)
            case SayKind.SHIFT:
                return shift(say.body, self._url, now)
            case SayKind.TROUBLE:
                return trouble(say.body)
            case SayKind.ANNOUNCED:
                return for_managers(say.body)
            case SayKind.DIGEST:
                return reacted()
            case _:
                return self._of_case(say, _known(say, case), now)

    def digest(self, say: Say, rows: Sequence[Row], now: datetime) -> Drawn:
        """See `cases.messages.Renderer`."""
        return digest(say, rows, self._calls(say), self._url, now)

    def _of_case(self, say: Say, case: Case, now: datetime) -> Drawn:
        match say.kind:
            case SayKind.CARD:
                return (customer_card if text_of(say.body, "side") == "customer" else triage_card)(case, now)
            case SayKind.NOTE:
                return note(case, say.body)
            case SayKind.ESCALATION:
                return escalation(case, say.body, self._calls(say), now)
            case SayKind.NAMING:
                return naming(case, say.body)
            case SayKind.CHECK_IN:
                return check_in(case, say.body, now)
            case SayKind.WAITING:
                return waiting(case, say.body)
            case SayKind.CALLED_FOR:
                return called_for(case, say.body, self._url, now)
            case SayKind.LEASE:
                return lease(case, say.body, self._calls(say), now)
            case SayKind.SOLUTION:
                return solution(case, say.body)
            case SayKind.REOPENED:
                return back_in_queue(case, say.body, now)
            case SayKind.LINE:
                return line(case, say.body)
            case SayKind.REPLY:
                return reply(case, say.body)
            case SayKind.SENT:
                return sent(case, say.body)
            case SayKind.UNTOLD:
                return untold(case, say.body)
            case SayKind.WISH:
                return wish(case, say.body)
            case SayKind.ASSIGNED:
                return assigned(case, say.body, now)
            case SayKind.RESOLVE_OFFER:
                return resolve_offer(case)
            case _:
                raise ValueError(f"{say.kind} can't be drawn")

    def _calls(self, say: Say) -> str:
        """Mentions of the on-call group, or of the region asked in its place; or nothing.

        Without those of it who are mentioned by name and away.
        """
        if not say.body.get("mention"):
            return ""
        asked = calls(text_of(say.body, "calls"))
        group = self._on_call() if say.body.get("on_call") or not asked else ""
        mentions = " ".join(dict.fromkeys(f"{asked} {group}".split()))
        away = {mention(user) for user in text_of(say.body, "away").split()}
        here = [each for each in mentions.split() if each not in away] or mentions.split()
        return " ".join(sorted(here, key=_is_person)[:MOST_CALLED] if len(here) > MOST_CALLED else here)


def _is_person(called: str) -> bool:
    return called.startswith("<@")


def _known(say: Say, case: Case | None) -> Case:
    if case is None:
        raise ValueError(f"{say.key} is about a case, and there is none")
    return case
