"""What is foretold is what then happens: when, to whom, and no more."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from cases.calendars import CalendarBook
from policies.holiday_names import holiday_names
from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, press_newest, words
from workspace.due import DueLine, due_lines
from workspace.due_team import Team, team_of
from workspace.model import Message
from workspace.scenes.requests import auth0
from workspace.scenes.ways_in import by_button
from workspace.scenes.working import helps, resolve
from workspace.stage import Stage, settings_for

CALENDARS = CalendarBook(holiday_names)
MAJOR = "Major functionality, performance or many users"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, MORNING) as running:
        yield running


def team(stage: Stage) -> Team:
    return team_of(settings_for(stage.slack, stage.database_url), stage.slack.state)


def due(stage: Stage) -> list[DueLine]:
    return due_lines(stage.units, CALENDARS, team(stage), stage.clock.now())


def posts(stage: Stage) -> list[Message]:
    """All that the bot ever posted, wherever."""
    with stage.slack.state.lock:
        everywhere = [each for channel in stage.slack.state.channels.values() for each in channel.messages.values()]
    return [message for message in everywhere if message.bot_id]


def hearers(stage: Stage, message: Message) -> set[str]:
    """Who hears of a message, as a due line names them."""
    place = stage.slack.state.channels[message.channel]
    called = [team(stage).name(id) for id in re.findall(r"<(?:@|!subteam\^)(\w+)>", message.text)]
    if place.is_im:
        return {f"@{stage.slack.state.users[person].name}" for person in place.members if person != "U0BOT"}
    if place.is_ext_shared:
        return {f"{called[0]} in #{place.name}" if message.text.startswith("Hello") else f"#{place.name}"}
    return {f"#{place.name}", *({"@on-call"} & set(called))}


def foretold(lines: list[DueLine]) -> set[str]:
    return {name for line in lines for name in re.split(r", | and ", line.tells)}


def next_lines(stage: Stage) -> list[DueLine]:
    """What falls due at the next instant."""
    _, lines = next(groupby(due(stage), lambda line: line.at))
    return list(lines)


def comes_true(stage: Stage) -> list[str]:
    """A second before, nothing happens; then exactly those hear of it who were named. What it was."""
    lines = next_lines(stage)
    before = {(message.channel, message.ts) for message in posts(stage)}
    stage.move_to(lines[0].at - timedelta(seconds=1))
    assert {(message.channel, message.ts) for message in posts(stage)} == before
    stage.move_to(lines[0].at)
    fresh = [message for message in posts(stage) if (message.channel, message.ts) not in before]
    assert {name for message in fresh for name in hearers(stage, message)} == foretold(lines)
    assert all(line.reference in words(message) for line in lines for message in fresh)
    return [line.what for line in lines]


def test_all_that_is_foretold_of_an_unanswered_priority_1_comes_true(stage: Stage) -> None:
    open_p1(stage)
    told = [what for _ in range(10) for what in comes_true(stage)]
    assert told == [
        "Bob, the backup, is asked",
        "50 % of the time to respond is over",
        "75 % of the time to respond is over",
        "90 % of the time to respond is over",
        "Managers hear that nobody answered the check-in",
        "Overdue",
        "Overdue, told again (2nd time)",
        "Overdue, told again (3rd time)",
        "Overdue, told again (4th time)",
        "Overdue, told again (5th time)",
        "Overdue, told again (6th time)",
        "Check-in with Dana",
        "Overdue, told again (7th time)",
    ]


def test_a_line_says_which_case_and_exactly_why_then(stage: Stage) -> None:
    open_p1(stage)
    backup, half, *_, check_in = due(stage)

    assert half == DueLine(
        case=1,
        reference="C-1",
        account="Acme",
        title="Nobody can sign in",
        channel="C0ACME",
        priority="Priority 1",
        at=MORNING + timedelta(minutes=30),
        what="50 % of the time to respond is over",
        why="30 min of 1 h of support time (round the clock, every day)",
        tells="#triage",
    )
    assert (backup.why, backup.tells) == ("30 min after Dana was asked, without an answer", "@Bob in #acme-support")
    assert (check_in.why, check_in.tells) == ("4 h after the last check-in", "@Dana in #acme-support")


def test_support_time_that_stands_still_over_a_weekend_is_counted_so(stage: Stage) -> None:
    stage.move_to(datetime(2026, 7, 3, 20, 0, tzinfo=UTC))  # Friday 23:00 in Jerusalem
    major = auth0("Logins are slow", "For many.", "bolt-prod", MAJOR, persists="Yes, both")
    by_button(stage, stage.person("Boris"), "C0BOLT", major)
    hours = "Mon–Fri all day in Jerusalem time"
    monday = datetime(2026, 7, 5, 21, 0, tzinfo=UTC)
    assert [(line.at, line.why) for line in due(stage)] == [
        (datetime(2026, 7, 3, 21, 0, tzinfo=UTC), f"1 h of 2 h of support time ({hours})"),
        (monday + timedelta(minutes=30), f"1 h 30 min of 2 h of support time ({hours})"),
        (monday + timedelta(minutes=48), f"1 h 48 min of 2 h of support time ({hours})"),
        (monday + timedelta(minutes=60), f"2 h of 2 h of support time ({hours})"),
    ]
    assert [comes_true(stage) for _ in range(2)][1] == ["75 % of the time to respond is over"]


def test_who_is_reachable_is_not_asked_again_and_who_was_answered_is_not_called(stage: Stage) -> None:
    open_p1(stage)
    comes_true(stage)
    press_newest(stage, stage.person("Bob"), "C0ACME", 1, "I'm available")
    rungs = [f"{share} % of the time to respond is over" for share in (75, 90)]
    assert [line.what for line in due(stage)] == [*rungs, "Overdue", "Check-in with Dana"]

    stage.person("Erin").post("C0ACME", "We are looking into it.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    assert [line.what for line in due(stage)] == ["Check-in with Dana"]
    comes_true(stage)
    assert next(line.what for line in due(stage)) == "Bob, the backup, is asked"


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_case_that_will_close_by_itself_is_foretold_once(stage: Stage, confirmed: bool) -> None:
    open_p1(stage)
    resolve(stage, stage.person("Erin"), 1, "A new certificate.")
    if confirmed:
        helps(stage, stage.person("Dana"), "C0ACME", 1)
    (line,) = due(stage)
    assert line.at == stage.clock.now() + timedelta(days=7)
    assert line.tells == "#acme-support"
    assert comes_true(stage) == ["The case closes by itself"]
    assert due(stage) == []


def test_what_becomes_of_a_silent_claim_is_foretold(stage: Stage) -> None:
    open_p1(stage)
    press_newest(stage, stage.person("Dana"), "C0ACME", 1, "I'm available")
    stage.move(minutes=34)
    press_newest(stage, stage.person("Erin"), "C0TRIAGE", 1, "Claim")
    assert next_lines(stage)[0].why == "15 min of support time (round the clock, every day) without a sign of work"
    assert comes_true(stage) == ["Erin is asked whether they are still on it"]
    (line,) = next_lines(stage)
    assert line.why == "15 min of support time (round the clock, every day) after @Erin was asked"
    assert "@Max" in line.tells
    assert comes_true(stage) == ["The case goes back to the queue"]
    stage.person("Frank").post("C0ACME", "We are looking into it.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    line = next(line for line in due(stage) if line.what == "Told again: nobody has the case")
    assert line.why == "30 min after it was told last, while nobody has it"


def test_what_a_waiting_customer_will_read_is_foretold(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    erin.command("/case", "priority C-1 3 some are back", "C0TRIAGE")
    press_newest(stage, erin, "C0TRIAGE", 1, "Claim")
    erin.command("/case", "wait C-1 which browser?", "C0TRIAGE")
    stage.quiet()

    assert [line.what for line in due(stage)] == [
        "The customer is reminded of what was asked (1st time)",
        "The customer is reminded of what was asked (2nd time)",
        "The customer is offered to close the case",
    ]
    assert due(stage)[0].tells == "@Dana in #acme-support"
    assert "24 h of support time (round the clock, every day) since the customer was asked" in due(stage)[0].why
    for _ in range(3):
        comes_true(stage)
    assert due(stage) == []


def test_while_the_bot_is_away_only_what_it_will_still_tell_is_due(stage: Stage) -> None:
    open_p1(stage)
    stage.stop_bot()
    stage.move(minutes=58)
    backup, rung, *others = due(stage)
    assert (backup.at, backup.what) == (MORNING + timedelta(minutes=30), "Bob, the backup, is asked")
    assert (rung.at, rung.what) == (MORNING + timedelta(minutes=54), "90 % of the time to respond is over")
    assert all(line.at > stage.clock.now() for line in others)

    before = {(message.channel, message.ts) for message in posts(stage)}
    stage.start_bot()
    fresh = [message for message in posts(stage) if (message.channel, message.ts) not in before]
    assert {name for message in fresh for name in hearers(stage, message)} == foretold([backup, rung])
