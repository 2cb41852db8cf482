"""Slack comes in by signed HTTP requests: the same story as over a socket, and nothing unsigned gets past the door."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.wiring import Caseclock
from storage.migrate import head
from tests.journeys.conftest import MORNING
from tests.journeys.http_stage import FORM, HttpStage, ask, signed
from tests.journeys.test_stand_in import CASECLOCK, environment
from tests.journeys.trying import asked, command
from workspace.acting import answer, card, form_of, said
from workspace.model import JsonDict
from workspace.stage import Stage, settings_for

Spoil = Callable[[dict[str, str]], dict[str, str]]
EVENT: JsonDict = {
    "type": "event_callback",
    "event_id": "Ev0FORGED",
    "team_id": "T0HOST",
    "authorizations": [{"team_id": "T0HOST", "user_id": "U0BOT", "is_bot": True}],
    "event": {"type": "app_mention", "user": "U0DANA", "team": "T0ACME", "channel": "C0ACME", "text": "<@U0BOT> help"},
}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[HttpStage]:
    with HttpStage(tmp_path) as running:
        yield running


def test_a_case_from_the_button_to_the_claim(stage: HttpStage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    form = asked(stage, dana, lambda: dana.press(stage.slack.messages("C0ACME")[0], "Open a case"))
    dana.fill(form, {"Title": "Nobody can sign in", "What happens?": "Since nine."})
    answer(stage, dana, "Which product?", "Okta Service")
    answer(stage, dana, "Which of your business resources can you still reach?", "Almost all")
    assert dana.submit(form_of(stage, dana)).sent
    stage.quiet()
    erin.react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    with stage.units() as uow:
        case = uow.cases.get(1)
    assert case.assignee is not None
    assert case.assignee.user == "U0ERIN"
    assert "C-1" in command(stage, erin, "list", "C0TRIAGE")


def test_a_mention_is_taken_once_however_often_it_is_sent(stage: HttpStage) -> None:
    asks = stage.person("Dana").post("C0ACME", "<@U0BOT> it hangs")
    stage.quiet()
    shown = len(said(stage, "C0ACME"))
    event = {**EVENT["event"], "text": asks.text, "ts": asks.ts}
    body = json.dumps({**EVENT, "event": event})
    for _ in range(3):
        assert stage.post(body, signed(body))[0] == 200
    stage.quiet()
    assert len(said(stage, "C0ACME")) == shown


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda h: {k: v for k, v in h.items() if k != "X-Slack-Signature"}, id="missing"),
        pytest.param(lambda h: {k: v for k, v in h.items() if k != "X-Slack-Request-Timestamp"}, id="without a time"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": "v0=" + "0" * 64}, id="wrong"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": "nonsense"}, id="malformed"),
        pytest.param(lambda h: {**h, "X-Slack-Request-Timestamp": "yesterday"}, id="a time that is none"),
        pytest.param(lambda h: {**h, "X-Slack-Request-Timestamp": ""}, id="an empty time"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": "v0=ü"}, id="not even ASCII"),
        pytest.param(lambda h: {**h, "X-Slack-Request-Timestamp": "9" * 400}, id="a time beyond all time"),
        pytest.param(lambda h: {**h, "X-Slack-Request-Timestamp": "-1"}, id="a time before all time"),
        pytest.param(lambda h: {**h, "X-Slack-Request-Timestamp": "nan"}, id="no number"),
        pytest.param(lambda h: {**h, "X-Slack-Request-Timestamp": f"{h['X-Slack-Request-Timestamp']}.0"}, id="a part"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": ""}, id="an empty signature"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": "v0="}, id="a version alone"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": h["X-Slack-Signature"].upper()}, id="in capitals"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": h["X-Slack-Signature"][3:]}, id="without its version"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": f"v1{h['X-Slack-Signature'][2:]}"}, id="another version"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": f"{h['X-Slack-Signature']}0"}, id="too long"),
        pytest.param(lambda h: {**h, "X-Slack-Signature": h["X-Slack-Signature"][:-1]}, id="too short"),
    ],
)
def test_what_is_not_signed_rightly_is_refused_and_nothing_runs(stage: HttpStage, spoil: Spoil) -> None:
    for body in (json.dumps(EVENT), "command=%2Fcase&text=help&user_id=U0ERIN&team_id=T0HOST&channel_id=C0TRIAGE"):
        before, calls = said(stage, "C0ACME"), len(stage.slack.calls())
        assert stage.post(body, spoil(signed(body))) == (401, "")
        stage.quiet()
        assert said(stage, "C0ACME") == before
        assert len(stage.slack.calls()) == calls
        with stage.units() as uow:
            assert uow.inbox.next_ready_at() is None


def test_a_signature_of_another_body_or_of_long_ago_is_refused(stage: HttpStage) -> None:
    body = json.dumps(EVENT)
    assert stage.post(body + " ", signed(body))[0] == 401
    for minutes in (-6, 6):
        assert stage.post(body, signed(body, at=time.time() + minutes * 60))[0] == 401
    assert stage.post("payload=%7B", signed("payload=", FORM))[0] == 401


def test_a_body_that_is_no_text_is_refused(stage: HttpStage) -> None:
    headers = signed("x")
    assert ask(stage.port, "/slack/events", b"\xff\xfe", headers)[0] == 401


def test_it_lives_and_is_ready_and_has_nothing_else_to_show(stage: HttpStage) -> None:
    assert ask(stage.port, "/healthz") == (200, "alive\n")
    status, found = ask(stage.port, "/readyz")
    assert (status, json.loads(found)) == (200, {"database": "ok", "tick": "ok", "alarms": "ok"})
    for path in ("/", "/slack", "/slack/events", "/slack/install", "/docs"):
        assert ask(stage.port, path)[0] == 404


def test_a_database_that_is_not_migrated_or_gone_is_told_as_not_ready(stage: HttpStage) -> None:
    with stage.units() as uow:
        uow.accounts.all()
    with stage._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    status, found = ask(stage.port, "/readyz")
    assert (status, json.loads(found)["database"]) == (503, f"at revision 0001, not {head()}")
    assert ask(stage.port, "/healthz")[0] == 200


def test_over_a_socket_it_says_whether_slack_is_there(tmp_path: Path) -> None:
    stage = Stage(tmp_path, MORNING)
    with stage.slack:
        stage.prepare()
        watched = {"health_address": "127.0.0.1:0"}
        settings = settings_for(stage.slack, stage.database_url).model_copy(update=watched)
        bot = Caseclock(settings, stage.policies, stage.clock)
        assert bot.health is not None
        bot.start()
        stage.slack.connected(2)
        assert ask(bot.health.port, "/readyz")[0] == 200
        stage.slack.faults.server_error("apps.connections.open", times=1000)
        stage.slack.drop_sockets()
        stage.slack.wait_until(lambda: not bot.door.is_open())
        assert json.loads(ask(bot.health.port, "/readyz")[1])["slack"] == "not connected"
        bot.stop()
    stage._engine.dispose()


@pytest.mark.parametrize(
    ("http", "changed", "said"),
    [
        ("3000", {}, "--http: expected an address such as :3000 or 127.0.0.1:3000, found '3000'"),
        ("127.0.0.1:1", {"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is not set (.env.example says what it is)"),
        ("taken", {}, "--http: can't listen at"),
    ],
)
def test_a_start_that_cannot_be_says_why_in_one_line(
    tmp_path: Path, http: str, changed: dict[str, str], said: str
) -> None:
    stage = Stage(tmp_path, MORNING)
    with stage.slack:
        address = stage.slack.base_url.removeprefix("http://") if http == "taken" else http
        env = environment(stage.slack, **{"SLACK_SIGNING_SECRET": "s", **changed})
        done = subprocess.run(
            [CASECLOCK, "run", "--http", address], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
    stage._engine.dispose()
    assert done.returncode == 2
    assert done.stderr.startswith(f"caseclock: {said}")
    assert len(done.stderr.splitlines()) == 1
