"""Replies stand under their message and redraws find theirs, in whatever order they were asked for."""

import pytest

from cases.messages import SendRefused, SendUncertain
from cases.queues import Post
from cases.says import Urgency
from scheduling import ledger
from scheduling.sender import Sender
from tests.scheduling.conftest import House, line
from tests.scheduling.test_sender import let_time_pass


def test_a_reply_waits_for_the_message_that_heads_its_thread(house: House, sender: Sender) -> None:
    house.say(
        line("rung", urgency=Urgency.ESCALATION, thread="post:card"),
        line("card", urgency=Urgency.CARD),
    )

    sender.drain()
    let_time_pass(house, sender, 2)

    card, rung = house.slack.shown
    assert (card.text, rung.text) == ("card", "rung")
    assert rung.thread_ts == card.ts


def test_a_reply_in_another_channel_goes_as_soon_as_its_thread_stands(house: House, sender: Sender) -> None:
    house.say(line("redraw", "C0OTHER", updates="card"), line("card", urgency=Urgency.CARD))

    sender.drain()

    assert house.slack.texts("C0ACME") == ["redraw"]


def test_what_another_replica_sends_is_waited_for_without_being_kept_in_mind(
    house: House, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_WAITED_FOR", 3)
    replies = [line(f"reply {n}", f"C{n}", thread=f"post:card {n}") for n in range(10)]
    house.say(*replies)
    sender.drain()
    assert len(sender._ledger._waiting) == 3
    house.say(*(line(f"card {n}", f"C{n}", urgency=Urgency.FIRST_CARD) for n in range(10)))
    with house.units() as unit:
        for taken in unit.outbox.claim(house.clock.now(), 20, ()):
            unit.outbox.sent(taken.id, Post(taken.say.channel, "1.1"), house.clock.now())
    let_time_pass(house, sender, 2)
    assert {message.text: message.thread_ts for message in house.slack.shown} == dict.fromkeys(
        (reply.key for reply in replies), "1.1"
    )


def test_waiting_for_a_thread_does_not_count_as_a_try(house: House, sender: Sender) -> None:
    house.say(line("reply", thread="post:card"))
    sender.drain()
    let_time_pass(house, sender, 20)
    house.say(line("card"))
    let_time_pass(house, sender, 1)

    with house.units() as unit:
        (reply,) = unit.outbox.claim(house.clock.now(), 8, ())

    assert (reply.say.key, reply.attempts) == ("reply", 0)


def test_a_reply_stands_alone_when_its_thread_was_refused(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendRefused("msg_too_long"))
    house.say(line("card", urgency=Urgency.FIRST_CARD), line("reply", thread="post:card"))

    sender.drain()
    let_time_pass(house, sender, 2)

    assert [(message.text, message.thread_ts) for message in house.slack.shown] == [("reply", None)]


def test_a_reply_under_the_customers_own_message_goes_at_once(house: House, sender: Sender) -> None:
    house.say(line("reply", thread="1772452800.000100"))

    sender.drain()

    assert house.slack.shown[0].thread_ts == "1772452800.000100"


def test_a_redraw_of_a_message_that_was_refused_is_done_with(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendRefused("invalid_blocks"))
    house.say(line("card"), line("card:2", updates="card"))

    sender.drain()
    let_time_pass(house, sender, 3)

    assert house.slack.calls == ["post"]
    with house.units() as unit:
        assert unit.outbox.next_ready_at(()) is None


@pytest.mark.parametrize("reason", ["message_not_found", "cant_update_message"])
def test_a_redraw_of_a_message_that_is_gone_is_done_with(house: House, sender: Sender, reason: str) -> None:
    house.say(line("card"))
    sender.drain()
    house.clock.move(seconds=1)
    house.slack.will_fail("update", SendRefused(reason))
    house.say(line("card:2", updates="card"))

    sender.drain()
    let_time_pass(house, sender, 60)

    assert house.slack.calls == ["post", "update"]
    with house.units() as unit:
        assert unit.outbox.next_ready_at(()) is None
        assert not unit.outbox.dead("card:2")


def test_what_follows_another_waits_for_it_in_whatever_channel(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendUncertain("request_timeout"), channel="C0OTHER")
    house.say(line("reply", "C0OTHER"), line("sent", after="reply"))
    sender.drain()
    assert house.slack.shown == []

    let_time_pass(house, sender, 30)
    assert [message.text for message in house.slack.shown] == ["reply", "sent"]


def test_what_follows_a_message_that_was_refused_knows_it(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendRefused("is_archived"), channel="C0OTHER")
    house.say(line("reply", "C0OTHER"), line("sent", after="reply"))

    sender.drain()
    let_time_pass(house, sender, 2)

    assert [message.text for message in house.slack.shown] == ["sent failed"]
