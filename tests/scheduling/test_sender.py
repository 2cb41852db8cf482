"""What must be said is said once, in good order, at a pace that Slack takes."""

from datetime import timedelta
from threading import Event, Thread

from structlog.testing import capture_logs

from cases.messages import SendRateLimited, SendRefused
from cases.says import Say, SayKind, Urgency
from scheduling.sender import Sender
from tests.scheduling.conftest import House, line


def let_time_pass(house: House, sender: Sender, seconds: int) -> None:
    """Second by second, sending whatever may go."""
    for _ in range(seconds):
        house.clock.move(seconds=1)
        sender.drain()


def test_the_most_urgent_goes_first_and_then_the_oldest(house: House, sender: Sender) -> None:
    house.say(
        line("card", urgency=Urgency.CARD),
        line("reply 1"),
        line("rung", urgency=Urgency.ESCALATION),
        line("reply 2"),
    )

    sender.drain()
    let_time_pass(house, sender, 3)

    assert house.slack.texts("C0ACME") == ["rung", "reply 1", "reply 2", "card"]


def test_a_channel_hears_one_post_a_second_and_another_channel_does_not_wait(house: House, sender: Sender) -> None:
    house.say(line("one"), line("two"), line("elsewhere", "C0TRIAGE"))

    sender.drain()
    assert (house.slack.texts("C0ACME"), house.slack.texts("C0TRIAGE")) == (["one"], ["elsewhere"])

    house.clock.move(seconds=0.9)
    sender.drain()
    assert house.slack.texts("C0ACME") == ["one"]

    house.clock.move(seconds=0.1)
    sender.drain()
    assert house.slack.texts("C0ACME") == ["one", "two"]


def test_announcements_go_one_a_second_over_all_channels_and_hold_back_nobody(house: House, sender: Sender) -> None:
    house.say(
        *(announced(channel) for channel in ("C1", "C2", "C3")),
        line("rung", "C1", urgency=Urgency.ESCALATION),
        line("reply", "C2"),
    )

    sender.drain()
    assert [shown.text for shown in house.slack.shown if shown.channel != "C3"] == ["rung", "reply"]
    assert house.slack.texts("C3") == ["to C3"]

    house.clock.move(seconds=0.9)
    sender.drain()
    house.say(line("one more", "C4"))
    sender.drain()
    assert len(house.slack.shown) == 4

    house.clock.move(seconds=0.2)
    sender.drain()
    assert (house.slack.texts("C1"), house.slack.texts("C2")) == (["rung", "to C1"], ["reply"])
    let_time_pass(house, sender, 1)
    assert house.slack.texts("C2") == ["reply", "to C2"]


def announced(channel: str) -> Say:
    return Say(f"to {channel}", SayKind.ANNOUNCEMENT, channel, Urgency.ANNOUNCEMENT, body={"of": "a1"})


def test_redrawing_cards_does_not_use_up_the_pace(house: House, sender: Sender) -> None:
    house.say(line("card"), line("other card"))
    sender.drain()
    let_time_pass(house, sender, 2)

    house.say(line("card:2", updates="card"), line("other card:2", updates="other card"), line("reply"))
    sender.drain()

    assert house.slack.texts("C0ACME") == ["card:2", "other card:2", "reply"]


def test_a_rate_limit_holds_its_own_channel_and_no_other(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendRateLimited(30), channel="C0ACME")
    house.say(line("late"), line("later"), line("elsewhere", "C0TRIAGE"))

    sender.drain()
    let_time_pass(house, sender, 29)
    assert house.slack.calls.count("post") == 2
    assert house.slack.texts("C0TRIAGE") == ["elsewhere"]

    let_time_pass(house, sender, 2)
    assert house.slack.texts("C0ACME") == ["late", "later"]


def test_a_rate_limit_on_redrawing_holds_redrawing_everywhere_but_posts_go_on(house: House, sender: Sender) -> None:
    house.say(line("a"), line("b", "C0TRIAGE"))
    sender.drain()
    house.clock.move(seconds=1)
    house.slack.will_fail("update", SendRateLimited(10))
    house.say(line("a:2", updates="a"))
    sender.drain()
    house.say(line("b:2", "C0TRIAGE", updates="b"), line("news", "C0TRIAGE"))

    sender.drain()
    let_time_pass(house, sender, 9)
    assert house.slack.calls.count("update") == 1
    assert house.slack.texts("C0TRIAGE") == ["b", "news"]

    let_time_pass(house, sender, 2)
    assert house.slack.texts("C0ACME") == ["a:2"]
    assert house.slack.texts("C0TRIAGE") == ["b:2", "news"]


def test_a_direct_message_opens_its_channel_once(house: House, sender: Sender) -> None:
    house.say(line("first", "U0MAX"), line("second", "U0MAX"))

    sender.drain()
    let_time_pass(house, sender, 1)

    assert house.slack.texts("DU0MAX") == ["first", "second"]
    assert house.slack.calls.count("open_dm") == 1


def test_what_is_drawn_is_the_case_as_it_is_now(house: House, sender: Sender) -> None:
    number = house.open_case().number
    house.say(Say("card", SayKind.CARD, "C0ACME", Urgency.CARD, case=number))

    sender.drain()

    assert house.slack.texts("C0ACME") == ["card (open)"]


def test_a_message_that_cannot_be_drawn_is_kept_and_stops_nobody(house: House, sender: Sender) -> None:
    house.say(line("unpaintable", urgency=Urgency.ESCALATION), line("fine"))

    with capture_logs() as logs:
        sender.drain()

    assert house.slack.texts("C0ACME") == ["fine"]
    assert [(log["event"], log["key"]) for log in logs if log["log_level"] == "error"] == [
        ("drawing_failed", "unpaintable")
    ]
    with house.units() as unit:
        assert unit.outbox.next_ready_at(()) == house.clock.now() + timedelta(seconds=60)


def test_a_message_about_a_case_that_cannot_be_read_stops_nobody(house: House, sender: Sender) -> None:
    number = house.open_case().number
    house.say(Say("card", SayKind.CARD, "C0ACME", Urgency.CARD, case=number), line("fine"))
    house.damage(number)

    sender.drain()

    assert house.slack.texts("C0ACME") == ["fine"]


def test_what_slack_refuses_for_good_is_given_up_and_named_in_the_log(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendRefused("is_archived"))
    house.say(line("rung", urgency=Urgency.ESCALATION))

    with capture_logs() as logs:
        sender.drain()
        let_time_pass(house, sender, 120)

    assert house.slack.calls == ["post"]
    assert {"event": "say_refused", "key": "rung", "reason": "is_archived", "log_level": "error"} in logs


def test_a_refusal_that_may_pass_is_tried_again_ever_more_patiently(house: House, sender: Sender) -> None:
    for _ in range(4):
        house.slack.will_fail("post", SendRefused("token_revoked"))
    house.say(line("rung", urgency=Urgency.ESCALATION))
    tries = []

    for second in range(20):
        before = len(house.slack.calls)
        sender.drain()
        if len(house.slack.calls) > before:
            tries.append(second)
        house.clock.move(seconds=1)

    assert tries == [0, 1, 3, 7, 15]
    assert house.slack.texts("C0ACME") == ["rung"]


def test_a_welcome_is_pinned(house: House, sender: Sender) -> None:
    house.say(Say("welcome", SayKind.WELCOME, "C0ACME", Urgency.WELCOME))

    sender.drain()

    assert [post.channel for post in house.slack.pinned] == ["C0ACME"]


def test_a_welcome_stands_where_nothing_can_be_pinned(house: House, sender: Sender) -> None:
    house.slack.can_pin = False
    house.say(Say("welcome", SayKind.WELCOME, "C0ACME", Urgency.WELCOME))

    sender.drain()
    let_time_pass(house, sender, 60)

    assert house.slack.calls == ["post", "pin"]


def test_a_post_that_takes_longer_than_its_lease_is_not_begun_twice(house: House, sender: Sender) -> None:
    posting, go_on = Event(), Event()

    def hold(_channel: str) -> None:
        posting.set()
        assert go_on.wait(10)

    house.slack.before_post = hold
    house.say(line("slow"))
    assert sender.step()
    assert posting.wait(10)

    house.clock.move(seconds=40)
    begun_again = sender.step()
    go_on.set()
    sender.stop()

    assert not begun_again
    assert house.slack.calls == ["post"]


def test_stopping_finishes_what_is_in_flight_and_leaves_the_rest(house: House) -> None:
    sender, posting, go_on = house.sender(), Event(), Event()

    def hold(_channel: str) -> None:
        posting.set()
        assert go_on.wait(10)

    house.slack.before_post = hold
    house.say(line("one"), line("two"))
    sender.start()
    assert posting.wait(10)
    stopping = Thread(target=sender.stop)
    stopping.start()
    stopping.join(0.1)
    assert stopping.is_alive()
    go_on.set()
    stopping.join(10)

    assert not stopping.is_alive()
    assert house.slack.texts("C0ACME") == ["one"]
    with house.units() as unit:
        assert unit.outbox.post_of("one") is not None
        assert unit.outbox.post_of("two") is None
