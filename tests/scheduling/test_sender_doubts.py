"""Where nobody knows whether Slack took a message, it is looked for before it is said again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from threading import Timer

import pytest
from structlog.testing import capture_logs

from cases.messages import SendRateLimited, SendRefused, SendUncertain
from cases.says import Say
from scheduling.pacing import Pacing
from scheduling.postman import Postman
from scheduling.sender import Sender
from storage.database import make_engine
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.scheduling.conftest import House, PlainRenderer, line
from tests.scheduling.test_sender import let_time_pass

TIMEOUT = SendUncertain("timed out")


def test_a_post_that_slack_took_after_all_is_not_repeated(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", TIMEOUT, took=True)
    house.say(line("rung"))

    sender.drain()
    let_time_pass(house, sender, 10)

    assert house.slack.texts("C0ACME") == ["rung"]
    assert house.slack.calls == ["post", "find_by_token"]
    with house.units() as unit:
        post = unit.outbox.post_of("rung")
    assert post is not None
    assert post.ts == house.slack.shown[0].ts


def test_a_post_that_slack_never_saw_is_sent_again_once(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", TIMEOUT)
    house.say(line("rung"))

    sender.drain()
    let_time_pass(house, sender, 10)

    assert house.slack.texts("C0ACME") == ["rung"]
    assert house.slack.calls == ["post", "find_by_token", "post"]


def test_an_error_nobody_foresaw_counts_as_doubt(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", ConnectionResetError(), took=True)  # type: ignore[arg-type]
    house.say(line("rung"))

    sender.drain()
    let_time_pass(house, sender, 90)

    assert house.slack.texts("C0ACME") == ["rung"]


@pytest.mark.parametrize("trouble", [TIMEOUT, SendRateLimited(5), SendRefused("missing_scope")])
def test_nothing_is_posted_blind_while_history_cannot_be_read(
    house: House, sender: Sender, trouble: SendUncertain | SendRateLimited | SendRefused
) -> None:
    house.slack.will_fail("post", TIMEOUT, took=True)
    for _ in range(2):
        house.slack.will_fail("find_by_token", trouble)
    house.say(line("rung"))

    sender.drain()
    let_time_pass(house, sender, 30)

    assert house.slack.calls == ["post", "find_by_token", "find_by_token", "find_by_token"]
    assert house.slack.texts("C0ACME") == ["rung"]


def test_a_doubt_that_was_cleared_is_not_looked_into_again(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", TIMEOUT)
    house.slack.will_fail("post", SendRateLimited(5))
    house.say(line("rung"))

    sender.drain()
    let_time_pass(house, sender, 20)

    assert house.slack.calls == ["post", "find_by_token", "post", "post"]


def test_an_ephemeral_line_of_unknown_outcome_is_not_repeated(house: House, sender: Sender) -> None:
    house.slack.will_fail("post_ephemeral", TIMEOUT, took=True)
    house.say(line("whisper", only_for="U0DANA"))

    sender.drain()
    let_time_pass(house, sender, 120)

    assert house.slack.calls == ["post_ephemeral"]


def test_an_ephemeral_line_that_a_killed_sender_held_is_not_repeated(house: House, sender: Sender) -> None:
    house.say(line("whisper", only_for="U0DANA"))
    with house.units() as unit:
        unit.outbox.claim(house.clock.now(), 8, ())

    let_time_pass(house, sender, 60)

    assert house.slack.calls == []


def test_a_redraw_of_unknown_outcome_is_simply_drawn_again(house: House, sender: Sender) -> None:
    house.say(line("card"))
    sender.drain()
    house.clock.move(seconds=1)
    house.slack.will_fail("update", TIMEOUT)
    house.say(line("card:2", updates="card"))

    sender.drain()
    let_time_pass(house, sender, 5)

    assert house.slack.texts("C0ACME") == ["card:2"]
    assert "find_by_token" not in house.slack.calls


def test_what_a_killed_sender_was_sending_is_taken_over_when_its_lease_ends(house: House, sender: Sender) -> None:
    house.say(line("posted, then killed"), line("killed, then never posted", "C0TRIAGE"))
    with house.units() as unit:
        taken = unit.outbox.claim(house.clock.now(), 8, ())
    posted = next(one for one in taken if one.say.channel == "C0ACME")
    house.slack.post("C0ACME", house.draw(posted.say), posted.token, None)

    sender.drain()
    assert len(house.slack.shown) == 1

    let_time_pass(house, sender, 31)
    assert house.slack.texts("C0ACME") == ["posted, then killed"]
    assert house.slack.texts("C0TRIAGE") == ["killed, then never posted"]
    assert house.slack.calls.count("find_by_token") == 2


def test_a_database_that_is_busy_after_the_post_is_waited_for_and_nothing_is_looked_up(house: House) -> None:
    impatient = make_engine(f"sqlite:///{house.file}", patience=0.1)
    in_a_hurry = replace(house, units=SqlUnitsOfWork(impatient))
    with closing(sqlite3.connect(house.file, isolation_level=None, check_same_thread=False)) as other:
        house.slack.before_post = lambda channel: _busy_for_a_while(other)
        house.say(line("rung"))
        sender = in_a_hurry.sender()
        assert sender.step()
        sender.stop()
    impatient.dispose()

    with house.units() as unit:
        assert unit.outbox.post_of("rung") is not None
    assert house.slack.calls == ["post"]


def _busy_for_a_while(other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    Timer(0.2, lambda: other.execute("COMMIT")).start()


def test_what_cannot_be_written_down_keeps_nothing_else_from_it_and_is_looked_up_later(house: House) -> None:
    """Three posts land together, and what follows from one of them fails."""

    def follow(_: object, say: Say) -> None:
        if say.key == "bad" and house.clock.now() == NOON:
            raise ZeroDivisionError

    pacing = Pacing(house.clock.seconds)
    postman = Postman(PlainRenderer(), house.slack, house.clock, pacing)
    sender = Sender(house.units, postman, house.clock, pacing, follow)
    house.say(line("good", "C1"), line("bad", "C2"), line("fine", "C3"))
    with capture_logs():
        sender.drain()
        house.clock.move(seconds=40)
        sender.drain()
    sender.stop()
    with house.units() as unit:
        assert all(unit.outbox.post_of(key) for key in ("good", "bad", "fine"))
        assert unit.outbox.next_ready_at(()) is None
    assert house.slack.calls.count("post") == 3
