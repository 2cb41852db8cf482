"""A ticket review when calls get no answer, when the bot is killed, and when a channel gets a second customer."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.premier import CEDAR, MortalPremierStage, put
from tests.journeys.restarting import MortalStage, Wait
from workspace.acting import said
from workspace.model import File


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[MortalPremierStage]:
    with MortalPremierStage(tmp_path, MORNING) as running:
        yield running


def asks(stage: MortalStage) -> None:
    stage.person("Carla").post("C0CEDAR", "<@U0BOT> review")
    stage.quiet()


def files(stage: MortalStage) -> list[File]:
    return [file for message in stage.slack.messages("C0CEDAR") for file in message.files]


def one_review_with_one_file(stage: MortalStage) -> None:
    review = only([message for message in said(stage, "C0CEDAR", "Ticket review") if not message.is_reply])
    assert len(files(stage)) == 1
    assert [message.ts for message in stage.slack.thread("C0CEDAR", review.ts) if message.files]
    assert stage.unsaid() == []


@pytest.mark.parametrize("taken", [True, False], ids=["Slack took it", "Slack never heard"])
@pytest.mark.parametrize("method", ["chat.postMessage", "files.getUploadURLExternal", "files.completeUploadExternal"])
def test_a_call_without_an_answer_leaves_one_review_and_one_file(
    stage: MortalPremierStage, method: str, taken: bool
) -> None:
    stage.slack.faults.drop(method, taken=taken)
    asks(stage)
    one_review_with_one_file(stage)


def test_an_upload_that_broke_off_is_made_anew(stage: MortalPremierStage) -> None:
    stage.slack.faults.drop("upload", taken=False)
    stage.slack.faults.server_error("upload")
    asks(stage)
    one_review_with_one_file(stage)
    assert files(stage)[0].content is not None


def test_slack_asks_for_patience_with_each_step(stage: MortalPremierStage) -> None:
    for method in ("files.getUploadURLExternal", "upload", "files.completeUploadExternal"):
        stage.slack.faults.rate_limit(method, 2)
    asks(stage)
    one_review_with_one_file(stage)


def as_slack_shares_it(stage: MortalStage) -> Wait:
    """Slack shares the file, and the bot dies before it hears of that."""
    stage.slack.faults.drop("files.completeUploadExternal", taken=True)

    def wait(done: threading.Event) -> None:
        while not files(stage) and not done.wait(0.001):
            pass

    return wait


def as_the_upload_is_there(stage: MortalStage) -> Wait:
    """Its content is with Slack; perhaps the bot has told Slack to share it."""

    def wait(done: threading.Event) -> None:
        while not any(upload.content for upload in stage.slack.state.uploads.values()) and not done.wait(0.001):
            pass

    return wait


@pytest.mark.parametrize("moment", [as_slack_shares_it, as_the_upload_is_there])
def test_killed_on_the_way_it_finds_its_file_again(stage: MortalPremierStage, moment: object) -> None:
    stage.die_in(asks, moment)  # type: ignore[arg-type]
    stage.start_bot()
    stage.quiet()
    one_review_with_one_file(stage)
    asks(stage)
    one_review_with_one_file(stage)


def test_a_customer_who_came_into_the_channel_meanwhile_sees_nothing_of_it(stage: MortalPremierStage) -> None:
    stage.stop_bot()
    stage.slack.faults.fail("chat.postMessage", "service_unavailable", times=100, channel="C0CEDAR")
    stage.start_bot()
    stage.person("Carla").post("C0CEDAR", "<@U0BOT> review")
    stage.until(lambda: [call for call in stage.slack.calls("chat.postMessage") if call.error])
    put(stage, replace(CEDAR, name="A neighbour", channels=("C0CEDAR",), teams=("T0BOLT",)))
    stage.slack.faults.clear()
    stage.move(minutes=3)
    assert said(stage, "C0CEDAR", "Ticket review") == []
    assert files(stage) == []
