"""A CRM hears of each change of a case, once and in order, though it fails at first; Slack never waits for it."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Verifier

from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.outside.receiver import SECRETS, Receiver, Request, receiving
from tests.outside.waiting import until
from workspace.acting import card, said
from workspace.stage import Stage


@pytest.fixture
def crm() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def stage(tmp_path: Path, crm: Receiver) -> Iterator[Stage]:
    file = tmp_path / "addresses.yml"
    file.write_text(f"webhooks: {{crm: {{url: '{crm.url}/secret-path', secrets: ['{SECRETS[0]}']}}}}")
    running = Stage(tmp_path, MORNING)
    running.more_settings["addresses_file"] = file
    with running:
        yield running


def test_each_change_once_and_in_order_though_it_fails_at_first(
    stage: Stage, crm: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    crm.answers = [(500, {})]
    open_p1(stage)
    crm.wait_for(1)
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    # Slack has all of it, and the CRM none yet: what follows waits behind what failed.
    assert "<@U0ERIN>" in str(card(stage, "C0TRIAGE").blocks)
    waits(stage, "HTTP 500")
    assert len(crm.requests) == 1
    stage.move(seconds=6)
    failed, opened, claimed = crm.wait_for(3)
    assert (failed.headers["webhook-id"], failed.body) == (opened.headers["webhook-id"], opened.body)
    assert [request.json["type"] for request in (opened, claimed)] == ["case.opened", "case.claimed"]
    assert opened.json["data"]["revision"] + 1 == claimed.json["data"]["revision"]
    assert (opened.json["data"]["state"], claimed.json["data"]["state"]) == ("open", "claimed")
    for request in (opened, claimed):
        assert signed(request)
        assert "Nobody can sign in" not in request.body
        assert "U0" not in request.body
    assert "secret-path" not in caplog.text
    assert SECRETS[0] not in caplog.text


def test_a_bot_that_comes_back_tells_what_it_owed_and_the_operators_hear_who_takes_nothing(
    stage: Stage, crm: Receiver
) -> None:
    crm.always = 503
    open_p1(stage)
    for tries, seconds in enumerate((6, 331), 1):
        crm.wait_for(tries)
        waits(stage, "HTTP 503", tries)
        stage.move(seconds=seconds)
    crm.wait_for(3)
    waits(stage, "HTTP 503", 3)
    stage.quiet()
    told = only(said(stage, "C0MANAGERS", "takes nothing", "crm"))
    assert "HTTP 503" in told.text
    stage.stop_bot()
    crm.always = 204
    stage.move(hours=1)
    stage.start_bot()
    assert [request.json["type"] for request in crm.wait_for(4)[:4]] == ["case.opened"] * 4
    stage.slack.wait_until(lambda: said(stage, "C0MANAGERS", "takes what I send again") or None)


def waits(stage: Stage, error: str, tries: int = 1) -> None:
    """Until the failed try of the first parcel is written down."""

    def written() -> bool:
        with stage._engine.connect() as connection:
            row = connection.exec_driver_sql("SELECT error, attempts, leased FROM parcels ORDER BY id LIMIT 1").one()
        return tuple(row) == (error, tries, 0)

    until(written)


def signed(request: Request) -> bool:
    """By the secret, at the story's time."""
    id, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    signer = Verifier(SECRETS[0])
    when = datetime.fromtimestamp(int(at), UTC)
    return signer.sign(id, when, request.body) == request.headers["webhook-signature"] and when >= MORNING
