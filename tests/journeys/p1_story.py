"""A Priority 1 from its opening to its end, act by act. An act that was cut short can be repeated: see `Act`."""

from datetime import timedelta

from handlers import ids
from tests.journeys.restarting import Act, MortalStage
from workspace.acting import offers
from workspace.model import View

CUSTOMER_CARD = "case:1:card:customer"
TRIAGE_CARD = "case:1:card:triage"


def begins(stage: MortalStage) -> None:
    """The bot is there, and has said its welcomes."""
    stage.quiet()


def dana_presses_open(stage: MortalStage) -> None:
    if stage.slack.view_for("Dana") is None:
        stage.person("Dana").press(stage.slack.messages("C0ACME")[0], "Open a case")
        stage.until(lambda: stage.slack.view_for("Dana"))


def dana_chooses(element: str, choice: str) -> Act:
    """Something that the form is redrawn for."""

    def act(stage: MortalStage) -> None:
        before = _form(stage, "Dana").hash
        stage.person("Dana").choose(_form(stage, "Dana"), element, choice)
        stage.until(lambda: _form(stage, "Dana").hash != before)

    return act


def dana_sends(stage: MortalStage) -> None:
    dana, form = stage.person("Dana"), _form(stage, "Dana")
    if form.callback_id == ids.OPEN_FORM:
        dana.fill(form, {"Title": "Nobody can sign in", "What happens?": "Since nine, everywhere."})
        dana.fill(form, {"open:consent": ["yes"], "open:available": "U0DANA", "open:backup": "U0BOB"})
        sent = dana.submit(form)
        assert sent.outcome == "updated", sent.errors
    stage.quiet()


def time_passes(**since_opening: float) -> Act:
    """Until so long after the case was opened: a bot that died before that may have opened it some seconds late.

    A breach is told again half an hour after it was last told, and each death may put that off by half a minute: a
    story stops some minutes away from where it would be told again.
    """

    def act(stage: MortalStage) -> None:
        with stage.units.reading() as uow:
            opened_at = uow.cases.get(1).opened_at
        stage.move_to(opened_at + timedelta(**since_opening))

    return act


def erin_reacts(stage: MortalStage) -> None:
    card, erin = stage.message(TRIAGE_CARD), stage.person("Erin")
    if erin.id not in card.reactions.get("eyes", []):
        erin.react(card, "eyes")
    stage.quiet()


def erin_takes_it_off(stage: MortalStage) -> None:
    card, erin = stage.message(TRIAGE_CARD), stage.person("Erin")
    if erin.id in card.reactions.get("eyes", []):
        erin.unreact(card, "eyes")
    stage.quiet()


def presses(name: str, key: str, button: str) -> Act:
    """For as long as the button is there."""

    def act(stage: MortalStage) -> None:
        if offers(stage.message(key), button):
            stage.person(name).press(stage.message(key), button)
        stage.quiet()

    return act


def frank_writes(stage: MortalStage) -> None:
    card, frank = stage.message(CUSTOMER_CARD), stage.person("Frank")
    if not any(reply.user == frank.id for reply in stage.slack.thread(card.channel, card.ts)):
        frank.post(card.channel, "It was the certificate.", card.ts)
    stage.quiet()


def frank_presses_resolve(stage: MortalStage) -> None:
    if stage.slack.view_for("Frank") is None:
        stage.person("Frank").press(stage.message(TRIAGE_CARD), "Resolve…")
        stage.until(lambda: stage.slack.view_for("Frank"))


def frank_resolves(stage: MortalStage) -> None:
    frank, form = stage.person("Frank"), stage.slack.view_for("Frank")
    if form is not None:
        frank.fill(form, {"case:note": "A new certificate."})
        if frank.submit(form).outcome == "errors":
            frank.close(form)
    stage.quiet()


OPENING: tuple[Act, ...] = (
    dana_presses_open,
    dana_chooses("Which product?", "Okta Service"),
    dana_chooses("Which of your business resources can you still reach?", "None of them"),
    dana_sends,
)
STORY: tuple[Act, ...] = (
    begins,
    *OPENING,
    time_passes(minutes=30),
    time_passes(minutes=45),
    time_passes(minutes=54),
    time_passes(minutes=60),
    time_passes(minutes=95),
    erin_reacts,
    erin_takes_it_off,
    time_passes(minutes=130),
    presses("Frank", TRIAGE_CARD, "Claim"),
    time_passes(hours=4, minutes=1),
    presses("Dana", "case:1:check-in:2:ask", "I'm available"),
    time_passes(hours=8, minutes=2),
    time_passes(hours=8, minutes=33),
    frank_writes,
    frank_presses_resolve,
    frank_resolves,
    time_passes(hours=30),
)


def _form(stage: MortalStage, name: str) -> View:
    return stage.until(lambda: stage.slack.view_for(name))
