"""A file is shared exactly once, whatever becomes of a call: what was uploaded is remembered before it is shared."""

from dataclasses import replace

import pytest

from cases.messages import SendRateLimited, SendRefused, SendUncertain
from cases.says import Say, SayKind, Urgency
from scheduling.sender import Sender
from tests.builders import account
from tests.scheduling.conftest import House
from tests.scheduling.test_sender import let_time_pass

TIMEOUT = SendUncertain("timed out")


@pytest.fixture
def review(house: House) -> Say:
    """The file of a review of Acme's, whose message stands in their channel."""
    with house.units() as unit:
        acme = unit.accounts.put(account())
    body = {"account": acme.id}
    root = Say("review", SayKind.REVIEW, "C0ACME", Urgency.REPLY, body=body)
    file = Say("file", SayKind.REVIEW_FILE, "C0ACME", Urgency.CARD, body=body, thread="post:review")
    house.say(root, file)
    return file


def files(house: House) -> list[tuple[str | None, str]]:
    """Threads and titles of what was shared."""
    return [(m.thread_ts, m.text) for m in house.slack.shown if m.token.startswith("F")]


def root(house: House) -> str:
    return next(m.ts for m in house.slack.shown if m.text == "review")


def go(house: House, sender: Sender, seconds: int = 20) -> None:
    sender.drain()
    let_time_pass(house, sender, seconds)


def test_a_file_follows_its_message_into_its_thread(house: House, sender: Sender, review: Say) -> None:
    go(house, sender)
    assert files(house) == [(root(house), "file")]
    assert house.slack.calls.count("upload") == 1


@pytest.mark.parametrize("took", [True, False], ids=["Slack shared it", "Slack never heard"])
def test_whose_sharing_got_no_answer_is_looked_for_and_shared_once(
    house: House, sender: Sender, review: Say, took: bool
) -> None:
    house.slack.will_fail("share", TIMEOUT, took=took)
    go(house, sender)
    assert files(house) == [(root(house), "file")]
    assert house.slack.calls.count("upload") == 1, "the same file, not another one"
    assert house.slack.calls.count("find_by_token") == 1


def test_an_upload_of_unknown_outcome_is_made_anew_since_nobody_saw_it(
    house: House, sender: Sender, review: Say
) -> None:
    house.slack.will_fail("upload", TIMEOUT, took=True)
    go(house, sender)
    assert files(house) == [(root(house), "file")]
    assert house.slack.calls.count("upload") == 2


def test_told_to_slow_down_it_shares_the_file_that_it_has(house: House, sender: Sender, review: Say) -> None:
    house.slack.will_fail("share", SendRateLimited(5))
    go(house, sender)
    assert files(house) == [(root(house), "file")]
    assert house.slack.calls.count("upload") == 1


def test_a_process_that_died_while_sharing_left_what_its_successor_needs(
    house: House, sender: Sender, review: Say
) -> None:
    house.slack.will_fail("share", KeyboardInterrupt(), took=True)  # type: ignore[arg-type]
    sender.drain()
    let_time_pass(house, sender, 1)
    successor = house.sender()
    try:
        go(house, successor, 60)
    finally:
        successor.stop()
    assert files(house) == [(root(house), "file")]
    assert house.slack.calls.count("upload") == 1


def test_shared_but_not_shown_yet_it_is_waited_for_and_not_shared_again(
    house: House, sender: Sender, review: Say
) -> None:
    house.slack.will_fail("share", TIMEOUT, took=True)
    hidden = house.slack.shown
    sender.drain()
    let_time_pass(house, sender, 1)
    shared = [m for m in house.slack.shown if m.token.startswith("F")]
    house.slack.shown = [m for m in hidden if m not in shared]
    let_time_pass(house, sender, 8)
    assert house.slack.calls.count("upload") == 1, "Slack says that the file is gone: it may be its own sharing"
    house.slack.shown += shared
    let_time_pass(house, sender, 30)
    assert files(house) == [(root(house), "file")]
    assert house.slack.calls.count("upload") == 1


def test_a_file_that_slack_let_go_is_uploaded_anew_in_the_end(house: House, sender: Sender, review: Say) -> None:
    house.slack.will_fail("share", TIMEOUT)
    sender.drain()
    let_time_pass(house, sender, 1)
    house.slack.uploads.clear()
    let_time_pass(house, sender, 400)
    assert files(house) == [(root(house), "file")]
    assert house.slack.calls.count("upload") == 2


def test_what_slack_will_never_take_is_given_up(house: House, sender: Sender, review: Say) -> None:
    house.slack.will_fail("upload", SendRefused("file_uploads_disabled"))
    go(house, sender)
    assert files(house) == []
    with house.units() as unit:
        assert unit.outbox.dead("file")


def test_a_channel_given_to_others_in_the_meantime_gets_neither(house: House, sender: Sender, review: Say) -> None:
    with house.units() as unit:
        unit.accounts.put(replace(account(("T0BOLT",)), name="Bolt"))
    go(house, sender)
    assert house.slack.shown == []
    with house.units() as unit:
        assert unit.outbox.dead("review")
        assert unit.outbox.dead("file")
