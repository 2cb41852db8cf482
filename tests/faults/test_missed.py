"""What people did while nobody heard them is found in history: each thing once, at its own time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.case_parts import Response
from cases.instants import slack_time
from handlers import pace
from tests.faults.books import Books
from tests.faults.recovering import back, case_of, comes, found
from tests.faults.waiting import PATIENCE
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.install_stage import InstallStage, install
from workspace.acting import card, said, words
from workspace.stage import Stage

BEGUN = "> has begun work"


@pytest.fixture
def stage(tmp_path: Path, empty_database: str) -> Iterator[Stage]:
    """Its Slack forgets what it can't deliver."""
    with Stage(tmp_path, MORNING, database_url=empty_database) as running:
        running.slack.hub.forgets = True
        yield running


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, MORNING) as running:
        running.slack.hub.forgets = True
        yield running


def test_down_for_half_an_hour_it_finds_the_claim_and_what_was_written_once(stage: Stage) -> None:
    open_p1(stage)
    dana, erin = stage.person("Dana"), stage.person("Erin")
    root = card(stage, "C0ACME").ts
    early = dana.post("C0ACME", "The left screen", root)
    secret = dana.post("C0ACME", "My password is 4711", root)
    stage.quiet()
    stage.stop_bot()
    stage.move(minutes=10)
    dana.edit(early, "The right screen")
    dana.delete(secret)
    late = dana.post("C0ACME", "Still broken", root)
    erin.react(card(stage, "C0TRIAGE"), "eyes")
    asked = dana.post("C0ACME", "<@U0BOT> and the reports too")
    stage.move(minutes=10)
    for _ in range(2):
        back(stage)
        stage.stop_bot()
        stage.move(minutes=2)
    back(stage)
    assert sorted(id.split()[1] for id in found(stage)) == ["changed", "deleted", "eyes", "mentioned", "written"]
    lost = list(stage.slack.hub.given_up)
    for envelope in lost:
        stage.slack.hub.event(envelope.payload)
    stage.quiet()

    assert len(lost) >= 6
    only(said(stage, "C0ACME", BEGUN))
    only(said(stage, "C0TRIAGE", "Still broken"))
    assert not said(stage, "C0TRIAGE", "4711")
    assert not said(stage, "C0TRIAGE", "The left screen")
    only(said(stage, "C0TRIAGE", "The right screen"))
    only([m for m in stage.slack.thread("C0ACME", asked.ts) if m.bot_id])
    assert len(found(stage)) == 5, "found first, it is known when it comes"
    assert late.ts in "".join(found(stage))
    Books(stage.slack, stage._engine).balance()


def test_an_answer_written_while_it_was_down_counts_from_its_own_time(one: Stage) -> None:
    open_p1(one)
    one.stop_bot()
    one.move(minutes=20)
    answer = one.person("Erin").post("C0ACME", "I'm looking at it", card(one, "C0ACME").ts)
    one.move(minutes=15)
    back(one)
    response = case_of(one).response
    assert isinstance(response, Response)
    assert (response.person.user, response.at) == ("U0ERIN", slack_time(answer.ts))


def test_a_reply_from_triage_a_ticket_and_a_check_mark_are_found_too(one: Stage) -> None:
    open_p1(one)
    erin, dana = one.person("Erin"), one.person("Dana")
    erin.react(card(one, "C0TRIAGE"), "eyes")
    before = dana.post("C0ACME", "The printer again")
    one.quiet()
    one.stop_bot()
    one.move(minutes=10)
    erin.post("C0TRIAGE", "!reply Please try once more.", card(one, "C0TRIAGE").ts)
    erin.post("C0TRIAGE", "Between us: the disk is full.", card(one, "C0TRIAGE").ts)
    dana.react(before, "ticket")
    erin.react(card(one, "C0TRIAGE"), "white_check_mark")
    one.move(minutes=1)
    back(one)
    only(said(one, "C0ACME", "Please try once more."))
    assert not said(one, "C0ACME", "disk is full")
    only([m for m in one.slack.thread("C0ACME", before.ts) if m.bot_id])
    assert [m for m in one.slack.ephemerals("Erin") if "Resolve" in words(m)]


def test_what_was_heard_is_not_found_again_nor_what_was_taken_back_put_on_anew(one: Stage) -> None:
    open_p1(one)
    erin, dana = one.person("Erin"), one.person("Dana")
    triage = card(one, "C0TRIAGE")
    erin.react(triage, "eyes")
    one.quiet()
    erin.unreact(triage, "eyes")
    dana.edit(dana.post("C0ACME", "Hm", card(one, "C0ACME").ts), "Hm!")
    dana.post("C0ACME", "<@U0BOT> another thing")
    one.quiet()
    one.stop_bot()
    one.move(minutes=1)
    back(one)
    assert found(one) == []
    assert case_of(one).assignee is None


def test_a_silence_while_it_runs_is_made_up_for(one: Stage) -> None:
    open_p1(one)
    one.slack.faults.server_error("apps.connections.open", times=3)
    one.slack.drop_sockets(goodbye=False)
    one.slack.wait_until(lambda: not one.slack.hub.connections, PATIENCE)
    one.person("Dana").post("C0ACME", "Anybody?", card(one, "C0ACME").ts)
    comes(one, "C0TRIAGE", "Anybody?")
    assert len(found(one)) == 1


def test_killed_before_it_had_read_all_it_still_owes_it(one: Stage) -> None:
    open_p1(one)
    one.stop_bot()
    one.person("Dana").post("C0ACME", "Anybody?", card(one, "C0ACME").ts)
    one.slack.faults.server_error("conversations.replies", times=1000)
    one.start_bot()
    one.slack.wait_until(lambda: one.slack.calls("conversations.replies"), PATIENCE)
    one.move(minutes=12)
    one.stop_bot()
    one.slack.faults.clear()
    one.move(minutes=12)
    one.start_bot()
    comes(one, "C0TRIAGE", "Anybody?")


def test_no_call_is_made_while_slack_asks_for_a_pause_and_other_methods_go_on(one: Stage) -> None:
    open_p1(one)
    one.stop_bot()
    one.person("Dana").post("C0ACME", "Anybody?", card(one, "C0ACME").ts)
    one.slack.faults.rate_limit("conversations.history", 2, times=1)
    calls = len(one.slack.calls())
    back(one)
    history = [call for call in one.slack.calls()[calls:] if call.method == "conversations.history"]
    assert history[0].retry_after == 2
    assert history[1].began - history[0].began >= 2
    only(said(one, "C0TRIAGE", "Anybody?"))


def test_the_claim_of_the_most_urgent_case_is_looked_for_first(one: Stage) -> None:
    open_p1(one)
    one.stop_bot()
    calls = len(one.slack.calls())
    back(one)
    read = [
        call for call in one.slack.calls()[calls:] if call.method in {"conversations.history", "conversations.replies"}
    ]
    triage = card(one, "C0TRIAGE").ts
    assert (read[0].args["channel"], read[0].args["ts"]) == ("C0TRIAGE", triage)
    assert read[2].args["channel"] == "C0ACME"
    assert {call.args["channel"] for call in read} == {"C0TRIAGE", "C0ACME", "C0BOTH", "C0BOLT", "C0ORCHARD"}


def test_many_pages_are_read_to_the_end(one: Stage) -> None:
    open_p1(one)
    one.stop_bot()
    dana = one.person("Dana")
    dana.post("C0ACME", "<@U0BOT> Please help")
    for n in range(250):
        dana.post("C0ACME", f"Line {n}")
    back(one)
    assert [id.split()[1] for id in found(one)] == ["mentioned"]


def test_the_pace_is_a_burst_then_steady_and_slow_where_nothing_hurries() -> None:
    now = 0.0
    there, made = pace.Pace(lambda: now), []
    while now < 60:
        if there.seconds_to_next("a") <= 0:
            there.called("a")
            made.append(now)
        now += 0.25
    assert len(made) <= 50, "what Slack allows in a minute"
    assert made[9] - made[0] < 3 < made[20] - made[0]
    there.hurry = False
    assert there.seconds_to_next("b") > 0


def test_a_mention_of_a_customers_own_bot_is_found_as_it_was_meant(tmp_path: Path) -> None:
    with InstallStage(tmp_path) as stage:
        install(stage, "Dana")
        stage.slack.hub.forgets = True
        stage.stop_bot()
        asks = stage.person("Dana").post("C0ACME", "<@U0BOTACME> it hangs")
        back(stage)
        lost = [envelope for envelope in stage.slack.hub.given_up if asks.ts in str(envelope.payload)]
        for envelope in lost:
            stage.slack.hub.event(envelope.payload)
        stage.quiet()
        assert lost
        only([m for m in stage.slack.thread("C0ACME", asks.ts) if m.bot_id])
