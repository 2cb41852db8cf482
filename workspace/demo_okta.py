"""Acme on Okta Premier: a Priority 1 with its commitment, from the pinned button to the resolution."""

from datetime import datetime
from zoneinfo import ZoneInfo

from workspace.demo_play import ACME, TRIAGE, Play
from workspace.people import Person

NEW_YORK = ZoneInfo("America/New_York")
WHY = "Why this time?"
NOTE = "An expired certificate stopped every sign-in. It is renewed, and renews itself from now on."


def thursday(hour: int, minute: int = 0) -> datetime:
    """2 July 2026 in New York; Friday is Independence Day there, as observed."""
    return datetime(2026, 7, 2, hour, minute, tzinfo=NEW_YORK)


def opened(play: Play) -> None:
    """Dana declares a Priority 1 and promises to be reachable."""
    dana = play.person("Dana")
    play.teller.chapter("Nobody at Acme can sign in", dana)
    play.teller.narrate(dana, "Acme, a customer, shares a channel with support. Caseclock has pinned a button there.")
    play.teller.news(only=ACME)
    play.teller.narrate(dana, "Dana presses it, answers two questions, sends, and has overlooked a box:")
    _fill(play, dana)
    play.teller.form(dana, play.form_of(dana))
    play.teller.narrate(dana, "Nothing she typed is lost. She ticks the box and sends it again.")
    dana.choose(play.form_of(dana), "open:consent", ["yes"])
    page = play.send(dana)
    if page:
        play.teller.form(dana, page)
    play.stage.quiet()
    play.teller.news()
    ask = play.message(ACME, "Are you available?")
    play.tell(dana, "Dana confirms: I'm available.", lambda: dana.press(ask, "I'm available"))


def _fill(play: Play, dana: Person) -> None:
    form = play.open_form(dana, play.message(ACME, "Need help?"))
    dana.fill(form, {"Title": "Nobody can sign in", "What happens?": "Since nine, in every office: page not found."})
    play.answer(dana, "Which product?", "Okta Service")
    form = play.answer(dana, "Which of your business resources can you still reach?", "None of them")
    dana.fill(form, {"open:available": dana.id, "open:backup": play.person("Bob").id})
    dana.submit(form)


def claimed(play: Play) -> None:
    """Half of the hour is gone before anyone takes it."""
    erin, dana = play.person("Erin"), play.person("Dana")
    play.at(thursday(9, 30))
    play.teller.chapter("Half of the hour is gone", erin)
    play.tell(erin, "Nobody has taken the case. #triage hears of it well before the deadline.")
    play.at(thursday(9, 34))
    rung = play.message(TRIAGE, "Half of the time")
    play.tell(erin, "Erin, who is on call, reacts to it with 👀: the case is hers.", lambda: erin.react(rung, "eyes"))
    card = play.message(ACME, WHY)
    why = "Dana presses Why this time? on her card. Only she sees the answer."
    play.tell(dana, why, lambda: play.told_privately(dana, lambda: dana.press(card, WHY)))


def checked_in(play: Play) -> None:
    """Dana is away at one check-in, and her backup stands in."""
    dana, bob = play.person("Dana"), play.person("Bob")
    play.at(thursday(13))
    play.teller.chapter("Is somebody still there?", dana)
    play.tell(dana, "Four hours on, the next check-in. Dana is at lunch, without her phone.")
    play.at(thursday(13, 30))
    play.tell(bob, "Half an hour of silence: Bob, the backup she named, is asked.")
    play.at(thursday(13, 32))
    ask = play.message(ACME, "Could you stand in")
    play.tell(bob, "Bob confirms.", lambda: bob.press(ask, "I'm available"))


def resolved(play: Play) -> None:
    """Erin closes it with a line for the customer."""
    erin = play.person("Erin")
    play.at(thursday(14, 10))
    play.teller.chapter("Solved", erin)
    card = play.message(TRIAGE, "Resolve…")
    play.teller.narrate(erin, "Erin reacts to the card with ✅. Only she sees the answer, and presses Resolve…")
    offer = play.told_privately(erin, lambda: erin.react(card, "white_check_mark"))
    play.teller.news()
    erin.press(offer, "Resolve…")
    form = play.form_of(erin)
    erin.fill(form, {"What was the matter, and what solved it?": NOTE})
    play.teller.form(erin, form)
    play.tell(erin, "She sends it.", lambda: play.send(erin))
