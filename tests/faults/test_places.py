"""Places that are gone: a channel archived, renamed, moved, the bot thrown out, a person deactivated. No alarm dies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.health import Readiness
from cases.audit import EVERY
from cases.detours import is_person
from cases.roaming import ANYWHERE
from cases.troubles import TroubleKind
from storage.unsent import unsent
from tests.faults.operated import OperatedStage, told
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said, words
from workspace.model import Channel
from workspace.stage import ESCALATIONS, ON_CALL, OPERATORS, SUPPORT, Stage

HALF, NINE_TENTHS = "Half of the time", "90 % of the time"
MISSED = "The time promised is over"
INSTEAD = "Meant for"
CHANNELS = (ESCALATIONS, "C0TRIAGE", "C0MANAGERS", OPERATORS)


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

    def gone(self, *ids: str) -> None:
        """Channels are archived, people's accounts deactivated, after the bot came to know who is in the group."""
        if self._engineers == ON_CALL:
            self.slack.wait_until(lambda: self.slack.calls("usergroups.users.list"))
        for id in (each for each in ids if is_person(each)):
            self.slack.administration.deactivate(self.slack.state.users[id])
        self.archive(*(each for each in ids if not is_person(each)))

    def waits(self) -> list[str]:
        """Keys of the alarms that go round."""
        return [say.key for say in unsent(self._engine) if say.key.endswith(ANYWHERE)]

    def ready(self) -> str:
        """What `/readyz` says of alarms."""
        return dict(Readiness(self._engine, self.bot.scheduling, self.clock).checks())["alarms"]()


class FewPlaces(Places):
    """Two channels, and one person who is everything."""

    def prepare(self) -> None:
        Stage.prepare(self)


@pytest.fixture
def small(empty_database: str, tmp_path: Path) -> Iterator[FewPlaces]:
    with FewPlaces(tmp_path, MORNING, engineers=("U0MAX",), database_url=empty_database) as running:
        yield running


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


def test_where_every_channel_and_manager_is_gone_each_engineer_has_the_alarm(stage: Places) -> None:
    open_p1(stage)
    stage.gone(*CHANNELS, "U0MAX", "U0FRANK")
    stage.move(minutes=30)
    told_erin = only([m for m in stage.slack.dm("Erin") if HALF in words(m)])
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(told_erin)
    assert stage.slack.dm("Frank") == []


def test_where_no_place_is_left_it_goes_round_with_pauses_until_one_takes_it(small: Places) -> None:
    open_p1(small)
    small.gone("C0TRIAGE", "C0MANAGERS", "U0MAX")
    before = len(small.slack.calls("chat.postMessage"))
    small.move(minutes=30)
    tried = [str(call.args["channel"]) for call in small.slack.calls("chat.postMessage")[before:]]
    alarms = [channel for channel in tried if channel != "C0ACME"]
    assert set(alarms) == {"C0TRIAGE", "C0MANAGERS"}
    assert len(tried) - len(alarms) == 1, "the customer's backup is asked as well, and no alarm goes there"
    assert [key for key in small.waits() if key.startswith("case:1:rung:1:50")]

    small.slack.administration.unarchive(small.channel("C0MANAGERS"))
    small.quiet()
    late = only(said(small, "C0MANAGERS", HALF))
    assert f"{INSTEAD} <#C0TRIAGE>" in words(late)
    assert "Told late: since" in words(late)
    assert small.waits() == []
    assert said(small, "C0TRIAGE", HALF) == []


def test_a_place_that_opens_without_a_word_from_slack_is_found(small: Places) -> None:
    open_p1(small)
    small.gone("C0TRIAGE", "C0MANAGERS", "U0MAX")
    small.move(minutes=30)
    small.channel("C0TRIAGE").is_archived = False
    small.move(minutes=1)
    only(said(small, "C0TRIAGE", HALF))
    assert small.waits() == []


def test_an_alarm_without_a_place_is_counted_and_told_late_and_the_process_says_so_at_once(small: Places) -> None:
    open_p1(small)
    small.gone("C0TRIAGE", "C0MANAGERS", "U0MAX")
    small.move(minutes=30)
    assert small.ready() == f"{len(small.waits())} wait: no place takes them"
    small.clock.move_to(small.clock.now() + EVERY)
    small.until(lambda: small.bot.auditor.counts.found[TroubleKind.ROAMING])
    small.slack.administration.unarchive(small.channel("C0MANAGERS"))
    small.quiet()
    only(said(small, "C0MANAGERS", "none takes them"))
    only(said(small, "C0MANAGERS", HALF))
    assert small.ready() == ""


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
