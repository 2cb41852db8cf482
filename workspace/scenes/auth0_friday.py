"""Bolt on Auth0 Enterprise: the Friday on which clocks change in Jerusalem, and the weekend after it."""

from datetime import date

from workspace.scenes.days import on
from workspace.scenes.requests import auth0
from workspace.scenes.scene import Scene, Tell
from workspace.scenes.ways_in import by_button
from workspace.scenes.working import claim, write
from workspace.stage import Stage

BOLT = "C0BOLT"
thursday = on(date(2026, 3, 26), "Asia/Jerusalem")
friday = on(date(2026, 3, 27), "Asia/Jerusalem")
STORY = (
    "It is Friday, 23:36 in Jerusalem, where clocks sprang forward this morning and the weekend begins at midnight. "
    "The severity 2 is due on Monday at 01:10, since its clock stands still over the weekend: press Why this time? to "
    "see it. The severity 1 runs around the clock, and half of its 30 minutes is over at 23:40: claim it before."
)
ROLES = """After an update of a rule, some users carry last week's roles in their tokens.
Signing out and in again helps."""
MAJOR, OUTAGE = "Major functionality, performance or many users", "An outage, or unusable for all our users"


def course(stage: Stage, tell: Tell) -> None:
    """From Thursday night to the last hour of Friday."""
    tell("Bolt opens a severity 3 on Thursday night")
    stage.move_to(thursday(22, 0))
    _old_roles(stage)
    tell("Bolt asks a question before the clocks change")
    stage.move_to(friday(0, 30))
    _asks_about_limits(stage)
    tell("Bolt opens a severity 2, and a severity 1")
    stage.move_to(friday(23, 10))
    _slow(stage)
    stage.move_to(friday(23, 25))
    _down(stage)
    stage.move_to(friday(23, 36))


def _old_roles(stage: Stage) -> None:
    boris, erin = stage.person("Boris"), stage.person("Erin")
    request = auth0("Tokens carry old roles", ROLES, "bolt-eu", "A component misbehaves")
    number = by_button(stage, boris, BOLT, request)
    stage.move_to(thursday(23, 32))
    claim(stage, erin, number)


def _asks_about_limits(stage: Stage) -> None:
    boris, frank = stage.person("Boris"), stage.person("Frank")
    asked = "We plan for 40,000 sign-ins in the first hour of a sale in April. Which limits should we know of?"
    wish = "None, we'd like information or an enhancement"
    number = by_button(stage, boris, BOLT, auth0("Limits for a big sale", asked, "bolt-eu", wish))
    stage.move_to(friday(16, 12))
    text = "Hello Boris, I'm collecting the limits of your plan. On which day, and at what hour, does the sale begin?"
    write(stage, frank, BOLT, number, text)


def _slow(stage: Stage) -> None:
    asked = "Since eleven in the evening signing in takes up to a minute, for everyone in Europe."
    request = auth0("Signing in takes a minute", asked, "bolt-eu", MAJOR, persists="Yes, both")
    by_button(stage, stage.person("Boris"), BOLT, request)


def _down(stage: Stage) -> None:
    asked = "Every sign-in at the warehouses ends in error 503. Nobody gets in; trucks are waiting."
    by_button(stage, stage.person("Boris"), BOLT, auth0("Warehouses are locked out", asked, "bolt-warehouse", OUTAGE))


AUTH0_FRIDAY = Scene(
    name="auth0-friday",
    title="Clocks change, and a weekend follows",
    story=STORY,
    starts_at=thursday(21, 45),
    course=course,
    viewer="U0FRANK",
    place=BOLT,
)
