"""Acme on Okta Premier: nobody can sign in, at two in the morning, and nobody has taken the case yet."""

from datetime import date

from workspace.scenes.days import on
from workspace.scenes.requests import okta, okta_priority_1
from workspace.scenes.scene import Scene, Tell
from workspace.scenes.ways_in import by_button, by_offer
from workspace.scenes.working import TRIAGE, claim, helps, resolve, write
from workspace.stage import Stage

ACME = "C0ACME"
wednesday = on(date(2026, 7, 1), "America/New_York")
thursday = on(date(2026, 7, 2), "America/New_York")
STORY = (
    "It is 02:37 in New York. Nobody at Acme can sign in, Dana has declared a Priority 1 with Bob as her backup, and "
    "nobody has claimed it. Be Erin and react with 👀 to its card, or let time pass: at 02:40 #escalations hears that "
    "half of the hour is gone, and at 02:44 Bob is asked whether he can stand in for Dana."
)
CRY = "<@U0BOT> Since two o'clock nobody can sign in, in any of our offices. The night shift can't work."
DETAILS = """Since about two in the morning every sign-in ends in "page not found".
We tried three offices, two browsers and the phone app. Nothing was changed on our side tonight."""


def course(stage: Stage, tell: Tell) -> None:
    """From Wednesday afternoon to the night."""
    tell("Acme asks about a deactivated user")
    stage.move_to(wednesday(15, 4))
    _solved(stage)
    tell("Acme can't add an application; Frank takes it")
    stage.move_to(wednesday(21, 18))
    _taken(stage)
    tell("Acme declares a Priority 1 in the night")
    stage.move_to(thursday(2, 10))
    _declared(stage)
    tell("Minutes pass, and nobody claims it")
    stage.move_to(thursday(2, 37))


def _solved(stage: Stage) -> None:
    bob, erin = stage.person("Bob"), stage.person("Erin")
    asked = "One colleague is back from leave, and her account stays deactivated after we switch it on."
    number = by_button(stage, bob, ACME, okta("Account stays deactivated", asked, "Almost all"))
    stage.move_to(wednesday(15, 21))
    claim(stage, erin, number)
    stage.move(minutes=2)
    write(stage, erin, ACME, number, "Hello Bob, may I look at her profile? It seems to be mastered by your directory.")
    stage.move_to(wednesday(16, 2))
    note = "Your directory switched the account off again at each import. It is active there now, and stays so here."
    resolve(stage, erin, number, note)
    stage.move_to(wednesday(16, 10))
    helps(stage, bob, ACME, number)


def _taken(stage: Stage) -> None:
    dana, frank = stage.person("Dana"), stage.person("Frank")
    asked = "We set up the new payroll application as in the guide. Testing it ends in an error about the audience."
    number = by_button(stage, dana, ACME, okta("New application won't sign in", asked, "Almost all"))
    stage.move_to(wednesday(21, 40))
    claim(stage, frank, number)
    stage.move(minutes=3)
    write(stage, frank, ACME, number, "Thank you, Dana. I'll compare your settings with the guide, and write by noon.")


def _declared(stage: Stage) -> None:
    dana = stage.person("Dana")
    message = dana.post(ACME, CRY)
    stage.quiet()
    stage.move_to(thursday(2, 14))
    by_offer(stage, dana, message, okta_priority_1("Nobody can sign in", DETAILS, dana.id, "U0BOB"))


P1_AT_NIGHT = Scene(
    name="p1-at-night",
    title="A Priority 1 at night",
    story=STORY,
    starts_at=wednesday(15, 0),
    course=course,
    viewer="U0ERIN",
    place=TRIAGE,
)
