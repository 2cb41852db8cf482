"""Acme with people of its own: Erin answers for Mission Critical Support, Max advises, Frank is its success manager."""

from datetime import date

from bot.accounts_import import import_accounts
from tests.journeys.trying import command
from workspace.acting import answer, form_of, press_pinned
from workspace.stage import Stage

FILE = """
accounts:
  - name: Acme
    program: okta
    plan: premier-plus
    channels: [C0BOTH, C0ACME]
    teams: [T0ACME]
    timezone: America/New_York
    managers: [U0MAX]
    csm: U0FRANK
    add_ons:
      - kind: mission-critical
        person: U0ERIN
        region: Americas
        timezone: America/New_York
        starts: "{starts}"
        ends: "{ends}"
        share: 50
        holidays: US
        contacts: [U0DANA]
      - kind: dedicated-cse
        person: U0MAX
        region: Americas
        timezone: America/New_York
        starts: "{starts}"
        ends: "{ends}"
"""


class DedicatedStage(Stage):
    """The term may begin so that the story falls into its first 90 days or after them."""

    starts = date(2026, 3, 1)
    ends = date(2027, 2, 28)

    def prepare(self) -> None:
        """The usual accounts, and Acme with its add-ons."""
        super().prepare()
        import_accounts(FILE.format(starts=self.starts, ends=self.ends).encode(), self.policies, self.units)


class MobilisingStage(DedicatedStage):
    """The term began on 1 May, so that its people are there from 30 July on."""

    starts = date(2026, 5, 1)
    ends = date(2027, 4, 30)


def open_case(stage: Stage, who: str = "Dana", channel: str = "C0ACME", reach: str = "Some, but not all") -> None:
    """Through the pinned button; of the Okta Service."""
    person = stage.person(who)
    form = press_pinned(stage, person, channel)
    person.fill(form, {"Title": f"{who}'s apps are slow", "What happens?": "Since this morning."})
    answer(stage, person, "Which product?", "Okta Service")
    answer(stage, person, "Which of your business resources can you still reach?", reach)
    person.submit(form_of(stage, person))
    stage.quiet()
    person.close(form_of(stage, person))


def typed(stage: Stage, words: str, who: str = "Erin", channel: str = "C0TRIAGE") -> str:
    """What `/case …` answers."""
    answered = command(stage, stage.person(who), words, channel)
    stage.quiet()
    return answered
