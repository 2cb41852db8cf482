"""Every message of the bot, with what people typed wherever one shows it: a body or more for each SayKind."""

from collections.abc import Callable, Iterable, Iterator

from cases.case import Case
from cases.messages import Drawn
from cases.says import Body, Say, SayKind
from handlers.renderer import Renderer
from tests.faults.surfaces import about_cases, for_team, of_accounts, threads
from tests.faults.surfaces.typed import LATER, Bodies, cases

BUTTONLESS = frozenset({SayKind.REVIEW_FILE, SayKind.REPLY_FILE, SayKind.REPORT_FILE})
"""A file, without a block."""
RENDERER = Renderer(lambda: "<!subteam^S0ONCALL>", "https://acme.slack.com/")


def messages(typed: str, of: Callable[[str], Iterable[Case]] = cases) -> Iterator[tuple[SayKind, Drawn]]:
    """Of every kind, about each of these cases."""
    for kind, bodies in BODIES.items():
        for body in bodies(typed):
            for shown in of(typed):
                yield kind, RENDERER.draw(Say("k", kind, "C0ACME", 0, 1, body), shown, LATER)


def _one(**body: str | int | None) -> Bodies:
    def bodies(typed: str) -> Iterator[Body]:
        yield body

    return bodies


BODIES: dict[SayKind, Bodies] = {
    SayKind.WELCOME: of_accounts.welcome,
    SayKind.CARD: about_cases.card,
    SayKind.NOTE: about_cases.note,
    SayKind.ESCALATION: about_cases.escalation,
    SayKind.NAMING: about_cases.naming,
    SayKind.CHECK_IN: about_cases.check_in,
    SayKind.INVITE: _one(intake="i", existing=1),
    SayKind.SOLUTION: about_cases.solution,
    SayKind.REOPENED: about_cases.reopened,
    SayKind.WAITING: about_cases.waiting,
    SayKind.LEASE: about_cases.lease,
    SayKind.RESOLVE_OFFER: _one(),
    SayKind.WISH: about_cases.wish,
    SayKind.LINE: threads.line,
    SayKind.REPLY: threads.reply,
    SayKind.REPLY_FILE: threads.reply_file,
    SayKind.SENT: threads.sent,
    SayKind.REVIEW: of_accounts.review,
    SayKind.REVIEW_FILE: of_accounts.review_file,
    SayKind.REVIEW_TOLD: of_accounts.review_told,
    SayKind.REPORT: for_team.report,
    SayKind.REPORT_FILE: for_team.report_tables,
    SayKind.BRIEFING: for_team.briefing,
    SayKind.ASSIGNED: about_cases.assigned,
    SayKind.ADD_ON: of_accounts.add_on,
    SayKind.HAND_OVER: of_accounts.request,
    SayKind.LEFT_REQUEST: of_accounts.request,
    SayKind.MEETING: of_accounts.meeting,
    SayKind.CALLED_FOR: about_cases.called_for,
    SayKind.ANNOUNCEMENT: for_team.announcement,
    SayKind.ANNOUNCED: for_team.announced,
    SayKind.SHIFT: for_team.shift,
    SayKind.UNTOLD: for_team.untold,
    SayKind.TROUBLE: for_team.trouble,
    SayKind.DIGEST: _one(),
}
