"""Acme on Premier Access, whose Customer Success Manager is Cy; its term began on 25 June 2026."""

from pathlib import Path

from bot.accounts_import import import_accounts
from tests.journeys.conftest import MORNING
from tests.journeys.trying import shown
from workspace.acting import answer, form_of, press_pinned
from workspace.model import Message
from workspace.stage import Stage

ACME = """
accounts:
  - name: Acme
    program: okta
    plan: premier-access
    channels: [C0ACME, C0BOTH]
    teams: [T0ACME]
    timezone: America/New_York
    csm: U0CY
    term_starts: 2026-06-25
"""


class ServedStage(Stage):
    """Cy is one of our people, and in no group of support's."""

    def __init__(self, folder: Path, accounts: str = ACME, engineers: tuple[str, ...] = ("S0CALL",)) -> None:
        super().__init__(folder, MORNING, engineers=engineers)
        self.accounts = accounts
        self.slack.add_user("Cy")

    def prepare(self) -> None:
        super().prepare()
        self.bring(self.accounts)

    def bring(self, accounts: str) -> None:
        """Import an accounts file."""
        import_accounts(accounts.encode(), self.policies, self.units)


def cy_reads(stage: Stage) -> list[str]:
    """All that Cy was told, oldest first, as it stands now."""
    return [shown(message) for message in stage.slack.dm("Cy")]


def newest(stage: Stage, who: str = "Cy") -> Message:
    return stage.slack.dm(who)[-1]


def open_p3(stage: Stage, channel: str = "C0ACME") -> None:
    """Dana's C-1 at Priority 3: an answer is due within two hours."""
    dana = stage.person("Dana")
    dana.fill(press_pinned(stage, dana, channel), {"Title": "Sign-in is slow", "What happens?": "One app only."})
    answer(stage, dana, "Which product?", "Okta Service")
    form = answer(stage, dana, "Which of your business resources can you still reach?", "almost-all")
    dana.submit(form)
    stage.quiet()
    dana.close(form_of(stage, dana))
