"""Slack's events are handled in the order in which they came, and a stubborn one does not block the road."""

from datetime import timedelta

from structlog.testing import capture_logs

from cases.errors import NotYet
from cases.queues import Received
from scheduling.inbox import Inbox
from tests.builders import NOON
from tests.scheduling.conftest import House


class Handler:
    """Remembers what it was given; fails on the events named."""

    def __init__(self, *failing: str) -> None:
        self.failing = set(failing)
        self.seen: list[str] = []

    def __call__(self, event: Received) -> None:
        self.seen.append(event.event_id)
        if event.event_id in self.failing:
            raise RuntimeError("not today")


def receive(house: House, *ids: str) -> None:
    with house.units() as unit:
        for id in ids:
            assert unit.inbox.put(Received(id, {"type": "event_callback"}, house.clock.now()))


def work(inbox: Inbox) -> None:
    while inbox.step():
        pass


def test_events_are_handled_once_each_in_order_of_arrival(house: House) -> None:
    handler = Handler()
    receive(house, "Ev3", "Ev1", "Ev2")

    work(Inbox(house.units, handler, house.clock))
    work(Inbox(house.units, handler, house.clock))

    assert handler.seen == ["Ev3", "Ev1", "Ev2"]


def test_the_last_event_before_a_stop_is_not_handled_again_at_the_next_start(house: House) -> None:
    handler = Handler()
    receive(house, "Ev1")
    inbox = Inbox(house.units, handler, house.clock)

    assert inbox.step()
    inbox.finish()
    house.clock.move(hours=1)
    work(Inbox(house.units, handler, house.clock))

    assert handler.seen == ["Ev1"]


def test_an_event_that_fails_is_put_off_and_the_next_go_on(house: House) -> None:
    handler = Handler("Ev1")
    inbox = Inbox(house.units, handler, house.clock)
    receive(house, "Ev1", "Ev2")

    with capture_logs() as logs:
        work(inbox)
    assert handler.seen == ["Ev1", "Ev2"]
    assert [log["event_id"] for log in logs if log["event"] == "event_failed"] == ["Ev1"]
    assert inbox.seconds_to_next() == 5

    handler.failing.clear()
    house.clock.move(seconds=5)
    work(inbox)
    assert handler.seen == ["Ev1", "Ev2", "Ev1"]
    assert inbox.seconds_to_next() is None


def test_the_pauses_grow_from_five_seconds_to_five_minutes(house: House) -> None:
    inbox = Inbox(house.units, Handler("Ev1"), house.clock)
    receive(house, "Ev1")
    pauses = []

    with capture_logs():
        for _ in range(8):
            work(inbox)
            pause = inbox.seconds_to_next()
            assert pause is not None
            pauses.append(pause)
            house.clock.move(seconds=pause)

    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]


def test_an_event_that_is_too_early_waits_a_moment_and_is_no_failure(house: House) -> None:
    early = [NotYet("What it is about is still on its way.")] * 8

    def handle(_: Received) -> None:
        if early:
            raise early.pop()

    inbox = Inbox(house.units, handle, house.clock)
    receive(house, "Ev1")
    with capture_logs() as logs:
        for _ in range(8):
            work(inbox)
            assert inbox.seconds_to_next() == 2
            house.clock.move(seconds=2)
        work(inbox)

    assert inbox.seconds_to_next() is None
    assert [log["log_level"] for log in logs] == ["info"] * 9


def test_what_the_handler_marked_in_its_own_transaction_is_left_alone(house: House) -> None:
    def handle(event: Received) -> None:
        with house.units() as unit:
            assert unit.inbox.handled(event.event_id, NOON)
            house.clock.move(seconds=1)

    receive(house, "Ev1")
    work(Inbox(house.units, handle, house.clock))

    with house.units() as unit:
        assert unit.inbox.next(NOON + timedelta(days=1)) is None
