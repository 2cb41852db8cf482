"""The question to the customer and the question to the engineer, as they are read: escaped, within limits, settled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case
from cases.leasing import leased
from cases.policy import LeaseRule
from cases.responding import claimed
from cases.says import Say, SayKind
from cases.solving import offered
from cases.waiting import asked_customer, came_back, closed_by_customer, waited
from handlers import ids
from handlers.renderer import Renderer
from handlers.waiting import ask_view
from tests.builders import DANA, ENG, NOON, PLACES, calendar, case
from tests.handlers.looks import buttons, modal, seen

HOUR = timedelta(hours=1)
HOSTILE = "<!channel> *bold* <@U0MAX> & " + "&<>" * 600
RENDERER = Renderer(lambda: "<@U0ERIN> <@U0FRANK>")


def waits(question: str = HOSTILE) -> tuple[Case, Say]:
    change = asked_customer(claimed(case(), ENG, NOON).case, ENG, question, NOON)
    return change.case, change.says[0]


@pytest.mark.parametrize("hours", [0, 24, 120])
def test_what_was_typed_calls_nobody_and_fits_whatever_it_is(hours: int) -> None:
    waiting, say = waits()
    change = waited(waiting, calendar(waiting.promise.calendar), NOON + hours * HOUR)
    shown = seen(RENDERER.draw(change.says[0] if hours else say, change.case, NOON))

    assert "Hello <@U0DANA>" in shown
    assert "<!channel>" not in shown
    assert "<@U0MAX>" not in shown
    for side in ("customer", "triage"):
        card = seen(RENDERER.draw(replace(say, kind=SayKind.CARD, body={"side": side}), waiting, NOON))
        assert "<!channel>" not in card


def test_the_offer_loses_its_buttons_once_it_is_settled() -> None:
    waiting, _ = waits("Which browser?")
    change = waited(waiting, calendar(waiting.promise.calendar), NOON + 120 * HOUR)
    (offer,) = change.says
    assert buttons(RENDERER.draw(offer, change.case, NOON)) == [ids.STILL_NEEDED, ids.CLOSE_IT]

    back = came_back(change.case, DANA, NOON + 121 * HOUR, PLACES, pressed=True).case
    again = asked_customer(back, ENG, "And the version?", NOON + 122 * HOUR).case
    closed = closed_by_customer(change.case, DANA, NOON + 121 * HOUR, PLACES).case
    solved = offered(back, None, "A new certificate.", ENG, NOON + 122 * HOUR).case
    outcomes = (
        (back, "it goes on"),
        (again, "it goes on"),
        (closed, "it is closed"),
        (solved, "has a solution offered"),
    )
    for settled, words in outcomes:
        drawn = RENDERER.draw(offer, settled, NOON)
        assert buttons(drawn) == []
        assert words in seen(drawn)


def test_the_card_offers_what_makes_sense() -> None:
    held = claimed(case(), ENG, NOON).case
    waiting, say = waits("Which browser?")
    card = replace(say, kind=SayKind.CARD, body={"side": "triage"})
    assert ids.ASK in buttons(RENDERER.draw(card, held, NOON))
    assert ids.ASK not in buttons(RENDERER.draw(card, case(), NOON))
    assert {ids.GO_ON, ids.GIVE_BACK} <= set(buttons(RENDERER.draw(card, waiting, NOON)))
    assert ids.ASK not in buttons(RENDERER.draw(card, waiting, NOON))


def test_the_form_fits_slack_with_any_title() -> None:
    assert modal(ask_view(replace(case(), title="&" * 150)))["submit"]["text"] == "Ask"


def test_the_lease_mentions_those_who_are_there() -> None:
    fresh = case()
    held = claimed(replace(fresh, promise=replace(fresh.promise, lease=LeaseRule(900, 900))), ENG, NOON).case
    hours = calendar(held.promise.calendar)
    asked = leased(held, hours, PLACES, NOON + 0.25 * HOUR)
    back = leased(asked.case, hours, PLACES, NOON + 0.5 * HOUR)
    say = back.says[-1]

    assert buttons(RENDERER.draw(asked.says[0], asked.case, NOON)) == [ids.ON_IT, ids.GIVE_BACK]
    assert "it went back to the queue" in seen(RENDERER.draw(asked.says[0], back.case, NOON))
    drawn = RENDERER.draw(replace(say, body={**say.body, "away": "U0ERIN"}), back.case, NOON + 0.5 * HOUR)
    assert drawn.text.startswith("<@U0FRANK> Back in the queue")
    assert buttons(drawn) == [ids.CLAIM]
    assert "Nobody has written to the customer: answer due" in seen(drawn)
    again = claimed(back.case, ENG, NOON + HOUR).case
    assert "has it now" in seen(RENDERER.draw(say, again, NOON + HOUR))
