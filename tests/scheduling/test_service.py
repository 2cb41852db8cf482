"""Everything that time does, together: from a case that nobody answers to what Slack shows."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from threading import Event
from time import monotonic

import pytest

from bot.clock import SystemClock
from cases.queues import Received
from cases.telling import first_cards
from scheduling.service import Scheduling
from tests.builders import NOON, PLACES
from tests.scheduling.conftest import House, PlainRenderer, line


class Handler:
    """Marks what it is given, and what it says in return."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.wake: Callable[[], None] = lambda: None
        """After each commit, as the bot's units of work do."""

    def __call__(self, event: Received) -> None:
        with self.house.units() as unit:
            unit.outbox.add(line(f"answer to {event.event_id}"))
            unit.inbox.handled(event.event_id, self.house.clock.now())
        self.wake()


@pytest.fixture
def lives(house: House) -> Iterator[list[Scheduling]]:
    """Every process that the test starts; stopped at its end."""
    lives: list[Scheduling] = []
    yield lives
    for scheduling in lives:
        scheduling.stop()


def begin(house: House, lives: list[Scheduling], *, lived: bool = False) -> Scheduling:
    """A new process on the same database; `lived`: paced by real seconds, not by leaps."""
    leaps, handler = count(), Handler(house)
    scheduling = Scheduling(
        units=house.units,
        fire=house.timekeeping.fire_next,
        handle=handler,
        renderer=PlainRenderer(),
        messenger=house.slack,
        clock=house.clock,
        wall=SystemClock(),
        monotonic=monotonic if lived else lambda: float(next(leaps)),
    )
    handler.wake = scheduling.wake
    lives.append(scheduling)
    return scheduling


def test_after_a_day_away_everything_owed_is_told_once_in_order(house: House, lives: list[Scheduling]) -> None:
    number = house.open_case().number
    with house.units() as unit:
        for card in first_cards(unit.cases.get(number), PLACES):
            unit.outbox.add(card)
    begin(house, lives).run_pending(house.clock.now())

    house.clock.move(days=1)
    begin(house, lives).run_pending(house.clock.now())
    before = list(house.slack.shown)
    begin(house, lives).run_pending(house.clock.now())

    assert house.slack.shown == before
    told = [text for text in house.slack.texts("C0TRIAGE") if "rung" in text]
    assert len(told) == 1, "only the highest rung is told after the fact"
    assert "100" in told[0]
    assert len(house.slack.texts("DU0MAX")) == 1


def test_after_a_day_away_the_cases_are_told_in_the_order_of_their_deadlines(
    house: House, lives: list[Scheduling]
) -> None:
    second = house.open_case(NOON + timedelta(hours=1), "second").number
    first = house.open_case(NOON, "first").number
    house.clock.move(days=1)

    begin(house, lives).run_pending(house.clock.now())

    told = [int(text.split(":")[1]) for text in house.slack.texts("C0TRIAGE") if "rung" in text]
    assert told == [first, second]


def test_each_rung_is_told_as_its_time_comes(house: House, lives: list[Scheduling]) -> None:
    house.open_case(NOON)
    scheduling = begin(house, lives)

    for _ in range(60):
        house.clock.move(minutes=1)
        scheduling.run_pending(house.clock.now())

    shares = [text.split(":")[4] for text in house.slack.texts("C0TRIAGE") if "rung" in text]
    assert shares == ["50", "75", "100"]


def test_an_event_is_answered(house: House, lives: list[Scheduling]) -> None:
    with house.units() as unit:
        unit.inbox.put(Received("Ev1", {}, house.clock.now()))

    begin(house, lives).run_pending(house.clock.now())

    assert house.slack.texts("C0ACME") == ["answer to Ev1"]


def test_it_runs_by_itself_once_started_and_woken(house: House, lives: list[Scheduling]) -> None:
    posted = Event()
    house.slack.before_post = lambda channel: posted.set()
    scheduling = begin(house, lives, lived=True)
    scheduling.start()
    with house.units() as unit:
        unit.inbox.put(Received("Ev1", {}, house.clock.now()))

    scheduling.wake()

    assert posted.wait(10)
    scheduling.stop()
    assert house.slack.texts("C0ACME") == ["answer to Ev1"]


def test_what_a_killed_process_was_sending_is_looked_up_at_the_next_start(
    house: House, lives: list[Scheduling]
) -> None:
    house.say(line("rung"))
    with house.units() as unit:
        (taken,) = unit.outbox.claim(house.clock.now(), 8, ())
    house.slack.post("C0ACME", house.draw(taken.say), taken.token, None)
    recorded = Event()

    scheduling = begin(house, lives, lived=True)
    scheduling.start()
    for _ in range(200):
        with house.units() as unit:
            if unit.outbox.post_of("rung") is not None:
                break
        recorded.wait(0.05)
    scheduling.stop()

    assert house.slack.calls == ["post", "find_by_token"]
    assert house.slack.texts("C0ACME") == ["rung"]
