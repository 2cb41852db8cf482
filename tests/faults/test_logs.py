"""What is written down at DEBUG, over both doors and through errors: never a word of anybody, never a secret."""

import logging
import re
import time
from pathlib import Path

import pytest
import structlog

from bot import logs
from cases.casework import Casework
from tests.faults.hostile import KINDS
from tests.journeys.conftest import MORNING
from tests.journeys.http_stage import SIGNING_SECRET, HttpStage, signed
from tests.journeys.trying import press_pinned
from workspace.acting import answer, card, form_of
from workspace.stage import Stage

WORDS = ("Kestrel", "Merlin", "Osprey", "Harrier", "Condor")
"""One for each place where somebody writes here."""


@pytest.mark.usefixtures("quietly")
@pytest.mark.parametrize("door", [Stage, HttpStage])
def test_nothing_of_a_story_is_written_down(
    door: type[Stage], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.configure_logs("DEBUG")
    monkeypatch.setattr(Casework, "note", fails)
    with Stage(tmp_path, MORNING) if door is Stage else HttpStage(tmp_path) as stage:
        tell(stage)
        if isinstance(stage, HttpStage):
            forge(stage)
        secrets = (stage.slack.bot_token, stage.slack.app_token, SIGNING_SECRET, "v0=")
        logging.getLogger("handlers.test").debug("our own are heard")
    written = capsys.readouterr().err
    assert "our own are heard" in written
    assert '"kind": "ValueError"' in written
    assert [word for word in (*WORDS, *secrets) if word in written] == []


def tell(stage: Stage) -> None:
    """A case is opened, claimed, written about and looked for; and a button says what no button of ours does."""
    dana, erin = stage.person("Dana"), stage.person("Erin")
    form = press_pinned(stage, dana, "C0ACME")
    dana.fill(form, {"Title": "Kestrel is down", "What happens?": "Merlin since nine"})
    answer(stage, dana, "Which product?", "Okta Service")
    answer(stage, dana, "Which of your business resources can you still reach?", "Almost all")
    dana.submit(form_of(stage, dana))
    stage.quiet()
    erin.react(card(stage, "C0TRIAGE"), "eyes")
    dana.post("C0ACME", "Osprey too", thread_ts=card(stage, "C0ACME").ts)
    erin.command("/case", "find Harrier", "C0TRIAGE")
    erin.command("/case", "note C-1 Condor", "C0TRIAGE")
    stage.quiet()


def forge(stage: HttpStage) -> None:
    """What isn't signed, or signed by nobody."""
    body = '{"type": "event_callback", "event": {"text": "Kestrel"}}'
    wrong, stale = {**signed(body), "X-Slack-Signature": "v0=Merlin"}, signed(body, at=time.time() - 900)
    for headers in ({}, wrong, stale):
        assert stage.post(body, headers)[0] == 401


def fails(_self: Casework, _number: int, words: str, *_: object) -> None:
    """Nobody foresaw that, and it quotes what was typed."""
    raise ValueError(f"can't note {words!r}")


@pytest.mark.usefixtures("quietly")
def test_an_error_is_written_down_with_its_place_and_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure_logs("DEBUG")
    for name in ("scheduling.alarm", "apscheduler.executors", "slack_bolt.App", "sqlalchemy.pool", "starlette"):
        try:
            raise RuntimeError(WORDS[1]) from ValueError(WORDS[0])
        except RuntimeError:
            logging.getLogger(name).exception("failed")
            logging.getLogger(name).debug("%s", "Osprey" if name != "scheduling.alarm" else "")
    written = capsys.readouterr().err
    assert written.count("RuntimeError <- ValueError") == 5, written
    assert "test_logs.py" in written
    assert [word for word in WORDS if word in written] == []


@pytest.mark.usefixtures("quietly")
@pytest.mark.parametrize("terminal", [False, True])
def test_no_text_moves_the_cursor_of_who_reads_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, terminal: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    logs.configure_logs("DEBUG")
    for typed in KINDS["control"]:
        logging.getLogger("bot").warning("%s", typed.replace("\ud800", "").replace("\udfff", ""))
        structlog.get_logger("bot").warning("said", reason=typed.encode(errors="ignore").decode())
    written = re.sub(r"\x1b\[\d*m", "", capsys.readouterr().err)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", written)
