"""A success manager's meetings: the kickoff in its two to three weeks, then by months; told once, and held."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cases.success import KickoffRule
from tests.journeys.success_story import ACME, ServedStage, cy_reads, newest
from tests.journeys.trying import button, shown, told
from workspace.acting import offers, said
from workspace.stage import Stage

NINE = 13
"""UTC, as New York reads 09:00 in summer."""
NOT_YOURS = "Only the success manager of this customer, or a support manager, can say that it was held."


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ServedStage]:
    with ServedStage(tmp_path) as running:
        yield running


def to(stage: Stage, month: int, day: int, hour: int = NINE, minute: int = 0) -> None:
    stage.move_to(datetime(2026, month, day, hour, minute, tzinfo=UTC))


def hold(stage: Stage, who: str = "Cy") -> None:
    stage.person(who).press(newest(stage, who), "Held")
    stage.quiet()


def everywhere(stage: Stage, words: str) -> list[str]:
    """Channels and direct messages in which the bot said this."""
    with stage.slack.state.lock:
        places = [*stage.slack.state.channels.values()]
    return [place.id for place in places if [m for m in place.messages.values() if m.bot_id and words in shown(m)]]


def test_the_kickoff_is_due_on_day_14_and_again_on_day_21(stage: ServedStage) -> None:
    to(stage, 7, 9, NINE - 1, 59)
    assert cy_reads(stage) == []

    to(stage, 7, 9)
    (first,) = cy_reads(stage)
    assert "Hello <@U0CY>, the *Premier Access kickoff* with *Acme* (Okta Premier Access)" in first
    assert "is to be held by *Thursday 16 July 2026*: their term began 25 June 2026" in first

    to(stage, 7, 16)
    _, second = cy_reads(stage)
    assert "isn't marked as held, and *Thursday 16 July 2026* is the last day for it" in second
    assert everywhere(stage, "kickoff") == ["D0CY"]


def test_held_with_one_press_it_is_asked_for_no_more_and_the_months_go_on(stage: ServedStage) -> None:
    to(stage, 7, 9)
    hold(stage)
    (settled,) = cy_reads(stage)
    assert "✅ The *Premier Access kickoff* with *Acme*" in settled
    assert "was held, says <@U0CY>" in settled
    assert not offers(newest(stage), "Held")

    to(stage, 7, 18)
    _, meeting = cy_reads(stage)
    assert "the *Standard Success Meeting* with *Acme*" in meeting
    assert "is to be held by *Saturday 25 July 2026*" in meeting

    to(stage, 7, 21)
    hold(stage)
    assert "The next one is to be held by Friday 21 August 2026." in cy_reads(stage)[-1]
    to(stage, 8, 14, NINE - 1, 59)
    assert len(cy_reads(stage)) == 2
    to(stage, 8, 14)
    assert "by *Friday 21 August 2026*" in cy_reads(stage)[-1]

    to(stage, 9, 18)
    review = [each for each in cy_reads(stage) if "Standard Business Review" in each]
    assert len(review) == 1
    assert "by *Friday 25 September 2026*" in review[0]
    with stage.units() as uow:
        acme = uow.accounts.by_name("Acme")
        assert acme is not None
        held = [(entry.who, entry.about) for entry in uow.accounts.history(acme.id) if entry.what == "held"]
    assert held == [("U0CY", "kickoff:2026-06-25:14"), ("U0CY", "success-meeting:2026-07-25")]


def test_both_reminders_of_a_kickoff_say_that_it_was_held(stage: ServedStage) -> None:
    to(stage, 7, 16)
    hold(stage)
    assert ["was held" in each for each in cy_reads(stage)] == [True, True]


def press_made_up(stage: Stage, who: str, channel: str, value: str) -> str:
    """A Held button that the bot never showed there; what its presser is told."""
    person, made = stage.person(who), button(stage.slack.messages(channel)[0], "meeting_held", value)
    return told(stage, person, lambda: person.press(made, "?"))


def test_a_manager_may_say_it_too_and_nobody_else(stage: ServedStage) -> None:
    to(stage, 7, 9)
    value = "1:kickoff:2026-06-25:14"
    for who, channel in (("Erin", "C0ACME"), ("Dana", "C0ACME"), ("Boris", "C0BOLT")):
        assert press_made_up(stage, who, channel, value) == NOT_YOURS
        assert press_made_up(stage, who, channel, "999:kickoff:2026-06-25:14") == NOT_YOURS
    assert offers(newest(stage), "Held")

    stage.person("Max").press(button(stage.slack.messages("C0ACME")[0], "meeting_held", value), "?")
    stage.quiet()
    assert "was held, says <@U0MAX>" in cy_reads(stage)[-1]
    assert "marked as held already" in press_made_up(stage, "Max", "C0ACME", value)


def test_without_a_manager_the_managers_channel_hears_that_nobody_is_named(tmp_path: Path) -> None:
    with ServedStage(tmp_path, ACME.replace("    csm: U0CY\n", "")) as stage:
        to(stage, 7, 9)
        (message,) = said(stage, "C0MANAGERS", "kickoff")
        assert "Acme has no Customer Success Manager named, so you are told instead." in shown(message)
        assert cy_reads(stage) == []
        stage.bring(ACME)
        to(stage, 7, 16)
        assert len(cy_reads(stage)) == 1
        assert everywhere(stage, "kickoff") == ["C0MANAGERS", "D0CY"]


def test_told_late_it_says_so_and_only_once(stage: ServedStage) -> None:
    stage.stop_bot()
    to(stage, 7, 20, 18, 30)
    stage.start_bot()
    kickoff, meeting = sorted(cy_reads(stage), key=lambda words: "Meeting" in words)
    assert "is the last day for it" in kickoff
    assert "This comes 101 h 30 min late: I was away. I'm sorry." in kickoff
    assert "This comes 53 h 30 min late" in meeting
    stage.stop_bot()
    stage.start_bot()
    assert len(cy_reads(stage)) == 2


def test_another_term_in_the_file_moves_what_is_due(stage: ServedStage) -> None:
    stage.bring(ACME.replace("2026-06-25", "2026-07-01"))
    to(stage, 7, 14)
    assert cy_reads(stage) == []
    to(stage, 7, 15)
    assert "by *Wednesday 22 July 2026*: their term began 1 July 2026" in cy_reads(stage)[0]


def test_a_policy_that_says_another_day_counts_from_the_next_start(stage: ServedStage) -> None:
    okta = stage.policies["okta"]
    plan = okta.plans["premier-access"]
    assert plan.success is not None
    sooner = replace(plan, success=replace(plan.success, kickoff=KickoffRule(10, 20)))
    stage.stop_bot()
    stage.policies = {**stage.policies, "okta": replace(okta, plans={**okta.plans, plan.id: sooner})}
    stage.start_bot()
    to(stage, 7, 5)
    assert "by *Wednesday 15 July 2026*" in cy_reads(stage)[0]
