"""Bolt on Auth0 Enterprise: a severity 2 whose clock stands still from Saturday to Monday, in Jerusalem."""

from datetime import datetime
from zoneinfo import ZoneInfo

from workspace.demo_play import BOLT, TRIAGE, Play
from workspace.model import View
from workspace.people import Person

JERUSALEM = ZoneInfo("Asia/Jerusalem")
IMPACT = "What is the impact in production?"
PERSISTS = "Does it persist, and does it affect many users or major functionality?"


def opened(play: Play) -> None:
    """Half an hour before the weekend, with two hours allowed."""
    boris = play.person("Boris")
    play.at(datetime(2026, 7, 3, 23, 30, tzinfo=JERUSALEM))
    play.teller.chapter("Half an hour before the weekend", boris)
    play.teller.narrate(boris, "Boris of Bolt, in Jerusalem, opens a severity 2. His plan counts Monday to Friday.")
    play.teller.form(boris, _fill(play, boris), "First answer from a person")
    play.tell(
        boris, "He sends it. At midnight his weekend begins, and the clock stands still.", lambda: play.send(boris)
    )


def _fill(play: Play, boris: Person) -> View:
    form = play.open_form(boris, play.message(BOLT, "Need help?"))
    told = {
        "Title": "Sign-in takes a minute",
        "What happens?": "For everyone, since eleven.",
        "Which tenant?": "bolt-eu",
    }
    boris.fill(form, told)
    play.answer(boris, "Is this tenant in production?", "Yes")
    play.answer(boris, IMPACT, "Major functionality, performance or many users")
    return play.answer(boris, PERSISTS, "Yes, both")


def claimed(play: Play) -> None:
    """Nobody is there; each rung is told, until Frank takes it minutes before the deadline."""
    boris, frank, max_ = (play.person(name) for name in ("Boris", "Frank", "Max"))
    play.at(_monday(0, 30))
    play.teller.chapter("The clock runs again", boris)
    play.tell(boris, "It is Monday in Jerusalem, Sunday evening in New York. Half of the two hours is gone.")
    play.at(_monday(1, 0))
    play.tell(frank, "Three quarters: everyone on call is mentioned.")
    play.at(_monday(1, 18))
    play.tell(max_, "Nine tenths: the managers' channel hears of it, and Max in a direct message.")
    play.at(_monday(1, 21))
    rung = play.message(TRIAGE, "Three quarters")
    play.tell(frank, "Nine minutes before the deadline Frank presses Claim.", lambda: frank.press(rung, "Claim"))


def _monday(hour: int, minute: int) -> datetime:
    return datetime(2026, 7, 6, hour, minute, tzinfo=JERUSALEM)
