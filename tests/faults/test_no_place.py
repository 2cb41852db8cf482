"""Where every place refuses an alarm: nothing ends, nothing stands twice, and the process says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.audit import EVERY
from cases.troubles import TroubleKind
from tests.faults.places import CHANNELS, HALF, INSTEAD, FewPlaces, Places
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import said, words
from workspace.stage import ESCALATIONS


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Places]:
    with Places(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


@pytest.fixture
def small(empty_database: str, tmp_path: Path) -> Iterator[FewPlaces]:
    with FewPlaces(tmp_path, MORNING, engineers=("U0MAX",), database_url=empty_database) as running:
        yield running


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
