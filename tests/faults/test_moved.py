"""A channel with another id: a customer's or the team's own, everything goes on there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.operated import told
from tests.faults.places import HALF, INSTEAD, FewPlaces, Places
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.test_rota import ICS
from tests.outside.receiver import SECRETS, receiving
from workspace.acting import card, said, words
from workspace.stage import ESCALATIONS, OPERATORS


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Places]:
    with Places(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


@pytest.fixture
def small(empty_database: str, tmp_path: Path) -> Iterator[FewPlaces]:
    with FewPlaces(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


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


def test_the_teams_own_channel_is_followed_and_the_operators_read_which_line_to_change(stage: Places) -> None:
    open_p1(stage)
    shown = card(stage, "C0TRIAGE")
    stage.slack.administration.change_id(stage.channel("C0TRIAGE"), "C0TRIAGE2")
    stage.quiet()
    news = words(only(told(stage, "<#C0TRIAGE2> has a new id")))
    assert "write `TRIAGE_CHANNEL=C0TRIAGE2` in `.env`" in news
    assert told(stage, "nothing in") == []

    erin = stage.person("Erin")
    erin.press(shown, "Claim")
    erin.post("C0TRIAGE2", "!reply We are looking.", shown.ts)
    stage.quiet()
    assert "<@U0ERIN>" in words(card(stage, "C0TRIAGE2"))
    only(said(stage, "C0ACME", "We are looking."))
    only(said(stage, "C0TRIAGE2", "Sent to the customer"))


def test_after_a_restart_the_teams_channel_is_still_where_it_moved_to_and_each_alarm_stands_there_once(
    small: FewPlaces,
) -> None:
    open_p1(small)
    small.slack.administration.change_id(small.channel("C0TRIAGE"), "C0FIRST")
    small.quiet()
    small.slack.administration.change_id(small.channel("C0FIRST"), "C0SECOND")
    small.quiet()
    small.stop_bot()
    small.start_bot()
    small.move(minutes=30)
    only(said(small, "C0SECOND", HALF))
    assert said(small, "C0MANAGERS", HALF) == []
    assert [call.error for call in small.slack.calls("chat.postMessage") if call.error] == []


def test_who_carries_things_elsewhere_and_who_reads_the_rotas_tell_the_channel_where_it_is_now(
    empty_database: str, tmp_path: Path
) -> None:
    stage = Places(tmp_path, MORNING, database_url=empty_database)
    (tmp_path / "rota.ics").write_bytes(ICS.encode())
    rota, addresses = tmp_path / "rota.yml", tmp_path / "addresses.yml"
    rota.write_text("okta: {calendar: rota.ics, people: {erin: U0ERIN}}")
    with receiving() as crm:
        addresses.write_text(f"webhooks: {{crm: {{url: '{crm.url}/', secrets: ['{SECRETS[0]}']}}}}")
        crm.always = 410
        stage.more_settings.update(rota_file=rota, addresses_file=addresses)
        with stage:
            stage.slack.administration.change_id(stage.channel(OPERATORS), "C0KEEPERS")
            stage.slack.wait_until(lambda: said(stage, "C0KEEPERS", "<#C0KEEPERS> has a new id"))
            open_p1(stage)
            stage.slack.wait_until(lambda: said(stage, "C0KEEPERS", "crm", "HTTP 410"))
            (tmp_path / "rota.ics").unlink()
            stage.move(minutes=6)
            stage.slack.wait_until(lambda: said(stage, "C0KEEPERS", "rota of", "can't be read"))
            assert [call.error for call in stage.slack.calls("chat.postMessage") if call.error] == []


def test_an_alarm_that_the_old_id_refused_before_slack_told_of_the_new_one_stands_in_one_place(stage: Places) -> None:
    open_p1(stage)
    deaf = stage.slack.app.events
    object.__setattr__(stage.slack.app, "events", frozenset())
    stage.slack.administration.change_id(stage.channel("C0TRIAGE"), "C0TRIAGE2")
    stage.slack.administration.change_id(stage.channel(ESCALATIONS), "C0LOUD")
    stage.move(minutes=30)
    stage.person("Erin").press(card(stage, "C0TRIAGE2"), "Claim")
    stage.quiet()
    object.__setattr__(stage.slack.app, "events", deaf)
    for old, new in (("C0TRIAGE", "C0TRIAGE2"), (ESCALATIONS, "C0LOUD")):
        late = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new, "event_ts": "1.1"}
        stage.slack.world.publish("channel_id_changed", stage.channel(new), late)
    stage.quiet()
    assert "<@U0ERIN>" in words(card(stage, "C0TRIAGE2")), "what was to redraw it is said after all"
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(only(said(stage, "C0MANAGERS", HALF)))
    assert said(stage, "C0LOUD", HALF) == said(stage, "C0TRIAGE2", HALF) == []
    only(told(stage, f"<#{ESCALATIONS}>", "Over since"))
