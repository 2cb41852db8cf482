"""Orchard on Oko: one business day, over a weekend that begins with a federal holiday."""

from datetime import datetime

from workspace.demo_okta import NEW_YORK, WHY, thursday
from workspace.demo_play import ORCHARD, TRIAGE, Play

ASKED = "<@U0BOT> How do we set up the approval of orders?"
KIND = "What kind of request is it?"
ANSWER = "Good morning Olga! Approvals are under Settings → Workflows. Shall we set up the first one together at 11?"


def opened(play: Play) -> None:
    """Olga mentions the bot; what support doesn't cover is explained before anything is sent."""
    olga, erin = play.person("Olga"), play.person("Erin")
    play.at(thursday(16))
    play.teller.chapter("A question before a long weekend", olga)
    play.tell(olga, "Olga of Orchard, in Chicago, mentions Caseclock in a message.", lambda: olga.post(ORCHARD, ASKED))
    play.teller.narrate(olga, "She opens the form from it. At first she chooses Business advice:")
    play.open_form(olga, play.message(ORCHARD, "Shall I open a case"))
    play.teller.form(olga, play.answer(olga, KIND, "Business advice"), "outside the support")
    play.teller.narrate(olga, "What she needs is Product support. She changes her answer, and the form follows:")
    play.teller.form(olga, play.answer(olga, KIND, "Product support"), KIND)
    play.tell(olga, "She sends it.", lambda: play.send(olga))
    card = play.message(TRIAGE, WHY)
    why = "Erin, in New York, would like to know why that is Monday, and presses Why this time?"
    play.tell(erin, why, lambda: play.told_privately(erin, lambda: erin.press(card, WHY)))


def claimed(play: Play) -> None:
    """Frank takes it on Monday morning, before any reminder was due."""
    frank = play.person("Frank")
    play.at(datetime(2026, 7, 6, 9, 40, tzinfo=NEW_YORK))
    play.teller.chapter("Monday morning", frank)
    asked = next(message for message in play.stage.slack.messages(ORCHARD) if ASKED in message.text)
    play.tell(frank, "Frank reacts with 👀 to Olga's own message: that counts too.", lambda: frank.react(asked, "eyes"))
    play.tell(frank, "And he writes to her.", lambda: frank.post(ORCHARD, ANSWER, asked.ts))
