"""Training and its discount, told in private to whoever asks, and never to the wrong customer."""

import pytest

from tests.journeys.trying import told
from workspace.acting import said
from workspace.stage import Stage

ASKS = (
    "training",
    "Discount?",
    "education",
    "is there a discount on courses?",
    "How much is instructor-led training with our plan?",
    "do we get a discount on the Premier Learning Pass?",
)
DISCOUNT = "20% off the Premier Learning Pass and off instructor-led training"


def ask(stage: Stage, who: str, channel: str, words: str) -> str:
    person = stage.person(who)
    return told(stage, person, lambda: person.post(channel, f"<@U0BOT> {words}"))


@pytest.mark.parametrize("words", ASKS)
def test_whoever_asks_reads_what_their_plan_says(stage: Stage, words: str) -> None:
    answer = ask(stage, "Dana", "C0ACME", words)
    assert "*Acme*, with Okta Premier:" in answer
    assert DISCOUNT in answer
    assert said(stage, "C0ACME", "20% off") == []


def test_a_plan_without_any_says_so_kindly(stage: Stage) -> None:
    assert "*Orchard*: Oko Standard says nothing of training" in ask(stage, "Olga", "C0ORCHARD", "training")


def test_in_a_shared_channel_everybody_reads_of_their_own_plan(stage: Stage) -> None:
    answer = ask(stage, "Boris", "C0BOTH", "training")
    assert "Bolt" in answer
    assert "Acme" not in answer
    assert DISCOUNT not in answer
    assert "Bolt" not in ask(stage, "Dana", "C0BOTH", "training")
    both = ask(stage, "Erin", "C0BOTH", "training")
    assert "Acme" in both
    assert "Bolt" in both


def test_where_no_account_is_linked_it_says_so(stage: Stage) -> None:
    assert "No account of yours is linked to this channel" in ask(stage, "Olga", "C0NEW", "training")


@pytest.mark.parametrize(
    "words", ["our training portal is down", "the discount code fails", "the learning pass is off", "help"]
)
def test_trouble_with_a_course_is_still_trouble(stage: Stage, words: str) -> None:
    stage.person("Dana").post("C0ACME", f"<@U0BOT> {words}")
    stage.quiet()
    assert said(stage, "C0ACME", "Open a case")[1:]
    assert stage.slack.ephemerals(stage.person("Dana")) == []
