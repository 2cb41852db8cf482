"""Places that are gone: a channel archived, renamed, moved, the bot thrown out, a person deactivated. No alarm dies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.operated import OperatedStage, told
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said, words
from workspace.model import Channel
from workspace.stage import ESCALATIONS, OPERATORS, SUPPORT

HALF, NINE_TENTHS = "Half of the time", "90 % of the time"
MISSED = "The time promised is over"
INSTEAD = "Meant for"


class Places(OperatedStage):
    """With channels of their own for escalations and for operators."""

    def prepare(self) -> None:
        self.slack.add_channel("escalations", ESCALATIONS, members=SUPPORT)
        super().prepare()

    def channel(self, id: str) -> Channel:
        return self.slack.channel(id)

    def archive(self, *ids: str) -> None:
        for id in ids:
            self.slack.administration.archive(self.channel(id))
        self.quiet()


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Places]:
    with Places(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


def test_an_alarm_goes_from_place_to_place_until_one_takes_it_and_stands_there_once(stage: Places) -> None:
    open_p1(stage)
    stage.archive(ESCALATIONS)
    stage.move(minutes=30)
    first = only(said(stage, "C0TRIAGE", HALF))
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(first)

    stage.slack.administration.remove_bot(stage.channel("C0TRIAGE"))
    stage.quiet()
    stage.move(minutes=15)
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(only(said(stage, "C0MANAGERS", "Three quarters")))
    assert "<!subteam^S0CALL>" in words(only(said(stage, "C0MANAGERS", "Three quarters")))

    stage.archive("C0MANAGERS")
    stage.move(minutes=9)
    alarms = [m for m in stage.slack.dm("Max") if NINE_TENTHS in words(m)]
    assert INSTEAD not in words(only(alarms)), "he was told anyway, and is not told twice"
    assert said(stage, OPERATORS, NINE_TENTHS) == []
    for place in (ESCALATIONS, "C0TRIAGE", "C0MANAGERS"):
        only(told(stage, f"nothing in <#{place}>"))


def test_where_every_other_place_is_gone_the_operators_have_the_alarm_itself(stage: Places) -> None:
    open_p1(stage)
    stage.archive(ESCALATIONS, "C0TRIAGE", "C0MANAGERS")
    stage.slack.administration.deactivate(stage.slack.state.users["U0MAX"])
    stage.quiet()
    stage.move(minutes=30)
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(only(said(stage, OPERATORS, HALF)))
    stage.move(minutes=24)
    only(said(stage, OPERATORS, NINE_TENTHS))
    assert stage.slack.dm("Max") == []


def test_where_no_place_is_left_it_ends_and_nothing_goes_round_in_circles(stage: Places) -> None:
    open_p1(stage)
    stage.archive(ESCALATIONS, "C0TRIAGE", "C0MANAGERS", OPERATORS)
    stage.slack.administration.deactivate(stage.slack.state.users["U0MAX"])
    stage.quiet()
    before = len(stage.slack.calls("chat.postMessage"))
    stage.move(minutes=30)
    tried = [str(call.args["channel"]) for call in stage.slack.calls("chat.postMessage")[before:]]
    assert sorted(set(tried)) == sorted(("C0ACME", ESCALATIONS, "C0TRIAGE", "C0MANAGERS", OPERATORS))
    assert len(tried) == 5, "the customer's backup is asked as well"
    for place in (ESCALATIONS, "C0TRIAGE", "C0MANAGERS", OPERATORS):
        assert said(stage, place, HALF) == []


def test_the_alarm_claimed_in_the_other_place_is_settled_there(stage: Places) -> None:
    open_p1(stage)
    stage.archive(ESCALATIONS)
    stage.move(minutes=30)
    stage.person("Erin").press(only(said(stage, "C0TRIAGE", HALF)), "Claim")
    stage.quiet()
    assert "Claimed in the meantime" in words(only(said(stage, "C0TRIAGE", HALF)))


def test_the_operators_hear_once_that_it_begins_and_once_that_it_is_over(stage: Places) -> None:
    open_p1(stage)
    stage.archive("C0TRIAGE")
    stage.move(minutes=90)
    (begun,) = told(stage, "nothing in <#C0TRIAGE>")
    assert "TRIAGE_CHANNEL" in words(begun)
    assert "<#C0MANAGERS> first" in words(begun)

    stage.slack.administration.unarchive(stage.channel("C0TRIAGE"))
    stage.quiet()
    over = only(told(stage, "<#C0TRIAGE> takes messages again"))
    assert over.thread_ts == begun.ts

    stage.archive("C0TRIAGE")
    assert len(told(stage, "nothing in <#C0TRIAGE>")) == 2


def test_a_new_case_without_its_triage_channel_is_seen_by_the_managers(stage: Places) -> None:
    stage.archive("C0TRIAGE")
    open_p1(stage)
    shown = only(said(stage, "C0MANAGERS", "Nobody can sign in"))
    assert f"{INSTEAD} <#C0TRIAGE>" in words(shown)
    stage.person("Max").press(shown, "Claim")
    stage.quiet()
    assert "Max" in words(card(stage, "C0ACME")) or "<@U0MAX>" in words(card(stage, "C0ACME"))


def test_the_team_hears_that_a_customer_has_not_read_what_was_said(stage: Places) -> None:
    open_p1(stage)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    stage.archive("C0ACME")
    stage.person("Erin").command("/case", "wait C-1 which office is it?", "C0TRIAGE")
    stage.quiet()
    told_of = only(said(stage, "C0TRIAGE", "has *not* read what we asked of them"))
    assert told_of.thread_ts == card(stage, "C0TRIAGE").ts
    only(told(stage, "nothing in <#C0ACME>", "/invite"))


def test_a_new_name_changes_nothing_but_is_told(stage: Places) -> None:
    open_p1(stage)
    stage.slack.administration.rename(stage.channel("C0TRIAGE"), "all-cases")
    stage.quiet()
    only(told(stage, "<#C0TRIAGE> has a new name"))
    stage.archive(ESCALATIONS)
    stage.move(minutes=30)
    only(said(stage, "C0TRIAGE", HALF))


def test_a_private_channel_that_is_shared_has_another_id_and_everything_goes_on_there(stage: Places) -> None:
    open_p1(stage)
    dana = stage.person("Dana")
    root = card(stage, "C0ACME").ts
    wrote = dana.post("C0ACME", "It is the office in Oslo.", root)
    stage.quiet()
    stage.slack.faults.rate_limit("chat.postMessage", 30, channel="C0ACME")
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.slack.wait_until(lambda: [c for c in stage.slack.calls("chat.postMessage") if c.retry_after])
    stage.slack.administration.change_id(stage.channel("C0ACME"), "C0WIDER")
    stage.slack.wait_until(lambda: told(stage, "<#C0WIDER> has a new id"))

    stage.move(seconds=31)
    only(said(stage, "C0WIDER", "has begun work on"))
    assert "<@U0ERIN>" in words(card(stage, "C0WIDER"))
    dana.edit(wrote, "It is the office in Bergen.")
    dana.post("C0WIDER", "And the one in Lima.", root)
    stage.quiet()
    shown = [words(m) for m in said(stage, "C0TRIAGE") if "It is the office" in words(m) or "Lima" in words(m)]
    assert ["Bergen" in each for each in shown] == [True, False]
    with stage.units() as uow:
        acme = uow.accounts.by_name("Acme")
        assert acme is not None
        assert acme.channels == ("C0WIDER", "C0BOTH")
        assert uow.cases.get(1).channel == "C0WIDER"


def test_what_was_refused_before_slack_told_of_the_new_id_is_said_after_all(stage: Places) -> None:
    open_p1(stage)
    deaf = stage.slack.app.events
    object.__setattr__(stage.slack.app, "events", frozenset())
    stage.slack.administration.change_id(stage.channel("C0ACME"), "C0WIDER")
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    untold = only(said(stage, "C0TRIAGE", "has *not* read that somebody has begun"))
    object.__setattr__(stage.slack.app, "events", deaf)
    late = {"type": "channel_id_changed", "old_channel_id": "C0ACME", "new_channel_id": "C0WIDER"}
    stage.slack.world.publish("channel_id_changed", stage.channel("C0WIDER"), late | {"event_ts": "1.1"})
    stage.quiet()
    only(said(stage, "C0WIDER", "has begun work on"))
    assert "<@U0ERIN>" in words(card(stage, "C0WIDER"))
    assert "after all" in words(untold)


def test_a_manager_who_is_gone_is_not_written_to_and_the_managers_channel_hears_it(stage: Places) -> None:
    open_p1(stage)
    stage.move(minutes=54)
    assert len(stage.slack.dm("Max")) == 1
    stage.slack.administration.deactivate(stage.slack.state.users["U0MAX"])
    stage.quiet()
    assert "SUPPORT_MANAGERS" in words(only(told(stage, "<@U0MAX> can't be reached")))

    stage.move(minutes=6)
    assert len(stage.slack.dm("Max")) == 1, "Slack would take it, and nobody would read it"
    only(said(stage, "C0MANAGERS", MISSED))

    stage.slack.administration.reactivate(stage.slack.state.users["U0MAX"])
    stage.quiet()
    only(told(stage, "<@U0MAX> can be reached again"))
    stage.move(minutes=30)
    assert len(stage.slack.dm("Max")) == 2


def test_somebody_whom_slack_did_not_know_for_a_moment_is_written_to_again(stage: Places) -> None:
    open_p1(stage)
    stage.slack.faults.fail("conversations.open", "user_not_found")
    stage.move(minutes=54)
    assert stage.slack.dm("Max") == []
    only(told(stage, "<@U0MAX> can't be reached"))
    only(said(stage, "C0MANAGERS", NINE_TENTHS))
    stage.move(minutes=6)
    only(stage.slack.dm("Max"))
    stage.move(minutes=1)
    stage.slack.wait_until(lambda: told(stage, "<@U0MAX> can be reached again"))


def test_an_engineer_who_is_gone_leaves_a_case_that_the_operators_hear_of(stage: Places) -> None:
    open_p1(stage)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    stage.slack.administration.deactivate(stage.slack.state.users["U0ERIN"])
    stage.quiet()
    assert "They hold" in words(only(told(stage, "<@U0ERIN> can't be reached", "C-1")))


def test_whoever_changes_their_status_is_no_news(stage: Places) -> None:
    stage.slack.administration.reactivate(stage.slack.state.users["U0DANA"])
    stage.slack.administration.deactivate(stage.slack.state.users["U0BOB"])
    stage.quiet()
    assert said(stage, OPERATORS) == []
