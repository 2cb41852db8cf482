"""A card stands in Slack, and the bot hasn't heard so: what people do with it meanwhile counts once it has."""

from datetime import timedelta

import pytest
from sqlalchemy import or_, select

from storage.queue_tables import InboxRow
from storage.unsent import unsent
from tests.journeys.acting import fill_p1, only
from tests.journeys.test_claiming import assignee
from tests.journeys.test_two_threads import teams
from workspace.acting import card, form_of, press_pinned, said, words
from workspace.model import Message
from workspace.stage import Stage


def unheard(stage: Stage, channel: str) -> Message:
    """Dana opens C-1. Its card in this channel: Slack took it, and its answer never came."""
    stage.slack.faults.drop("chat.postMessage", taken=True, channel=channel)
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0ACME")
    form = fill_p1(stage, dana)
    dana.fill(form, {"open:consent": ["yes"], "open:available": dana.id})
    dana.submit(form)
    dana.close(form_of(stage, dana))
    stage.slack.wait_until(lambda: said(stage, channel, "C-1"))
    return card(stage, channel)


def looked_at(stage: Stage) -> None:
    """The bot has handled the one event, or put it off."""
    seen = select(InboxRow.id).where(or_(InboxRow.handled_at.is_not(None), InboxRow.error != ""))

    def it_was() -> bool:
        with stage._engine.connect() as connection:
            return connection.scalar(seen) is not None

    stage.slack.wait_until(it_was)


def heard(stage: Stage) -> None:
    """The bot has looked at it before it knows where its cards stand, and again afterwards."""
    looked_at(stage)
    stage.clock.move_to(stage.clock.now() + timedelta(seconds=1))
    stage.wake()
    stage.slack.wait_until(lambda: not unsent(stage._engine))
    stage.move(seconds=10)


def test_what_the_customer_writes_under_it_is_shown_to_the_team(stage: Stage) -> None:
    under = unheard(stage, "C0ACME")
    stage.person("Dana").post("C0ACME", "It is getting worse", under.ts)
    heard(stage)
    assert [reply for reply in teams(stage) if "It is getting worse" in reply] == [teams(stage)[-1]]


def test_what_is_marked_for_the_customer_reaches_them(stage: Stage) -> None:
    under = unheard(stage, "C0TRIAGE")
    stage.person("Erin").post("C0TRIAGE", "!reply We are on it", under.ts)
    heard(stage)
    only(said(stage, "C0ACME", "We are on it"))


@pytest.mark.parametrize("channel", ["C0ACME", "C0TRIAGE"])
def test_eyes_on_it_claim(stage: Stage, channel: str) -> None:
    stage.person("Erin").react(unheard(stage, channel), "eyes")
    heard(stage)
    assert assignee(stage) == "U0ERIN"
    assert "<@U0ERIN>" in words(card(stage, channel))


def test_a_thread_that_people_began_waits_for_nothing(stage: Stage) -> None:
    unheard(stage, "C0ACME")
    aside = stage.person("Dana").post("C0ACME", "Lunch?")
    stage.person("Bob").post("C0ACME", "At one", aside.ts)
    looked_at(stage)
    with stage._engine.connect() as connection:
        assert connection.scalar(select(InboxRow.error)) == ""
