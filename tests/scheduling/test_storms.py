"""A storm as it is sent: one message for those that wait together, and no alarm is lost whatever befalls it."""

import itertools
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from cases.messages import SendRefused, SendUncertain
from cases.queues import Post
from cases.says import Say, SayKind, Urgency
from scheduling.sender import Sender
from scheduling.tick import BETWEEN, TOGETHER, Tick
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.scheduling.conftest import House, line
from tests.scheduling.slack import SlackInMemory
from tests.scheduling.test_sender import let_time_pass
from tests.scheduling.times import HandClock
from tests.storage.given import engine_on

TITLES = itertools.count()


def alarms(house: House, count: int, channel: str = "C0TRIAGE") -> list[str]:
    """So many, each of a case of its own; their keys."""
    numbers = [house.open_case(title=f"No. {next(TITLES)}").number for _ in range(count)]
    due: dict[str, str | int | bool | None] = {"due_at": "2026-03-02T13:00:00Z", "share": 75}
    says = [Say(f"rung {n}", SayKind.ESCALATION, channel, Urgency.ESCALATION, case=n, body=due) for n in numbers]
    house.say(*says)
    return [say.key for say in says]


def told(house: House, channel: str = "C0TRIAGE") -> list[list[str]]:
    """By message: what it tells, without the state of the case."""
    return [[each.rsplit(" (", 1)[0] for each in text.splitlines()] for text in house.slack.texts(channel)]


def test_five_that_wait_go_one_by_one_and_six_go_together(house: House, sender: Sender) -> None:
    five, six = alarms(house, 5), alarms(house, 6, "U0MAX")
    sender.drain()
    let_time_pass(house, sender, 5)
    assert told(house) == [[key] for key in five]
    assert told(house, "DU0MAX") == [six]


def test_those_that_come_while_the_first_is_on_its_way_go_together_after_it(house: House, sender: Sender) -> None:
    first = alarms(house, 1)
    sender.drain()
    rest = alarms(house, 7)
    let_time_pass(house, sender, 2)
    assert told(house) == [first, rest]


def test_what_is_said_in_threads_to_one_person_or_in_place_is_never_put_together(house: House, sender: Sender) -> None:
    number = house.open_case().number
    kinds = (SayKind.CHECK_IN, SayKind.LEASE, SayKind.NAMING, SayKind.NOTE)
    says = [Say(f"{kind} {n}", kind, "C0ACME", Urgency.REPLY, case=number) for kind in kinds for n in range(7)]
    whispers = [replace(say, key=f"{say.key} whispered", only_for="U0ERIN") for say in says]
    house.say(*(replace(say, thread=f"{n % 3}.1") for n, say in enumerate(says)), *whispers)
    sender.drain()
    let_time_pass(house, sender, 60)
    assert sorted(page for page in told(house, "C0ACME")) == sorted([say.key] for say in says)
    assert len(house.slack.whispers) == len(says)


def test_what_may_have_reached_slack_goes_by_itself(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendUncertain("timed out"), took=True)
    first = alarms(house, 1)
    sender.drain()
    rest = alarms(house, 6)
    let_time_pass(house, sender, 4)
    assert told(house) == [first, rest]
    assert house.slack.calls.count("post") == 2


def test_a_digest_that_may_have_reached_slack_is_looked_for(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendUncertain("timed out"), took=True)
    keys = alarms(house, 8)
    sender.drain()
    let_time_pass(house, sender, 4)
    assert told(house) == [keys]
    assert house.slack.calls == ["post", "find_by_token"]


def test_refused_for_good_it_falls_apart_and_each_goes_by_itself(house: House, sender: Sender) -> None:
    house.slack.will_fail("post", SendRefused("msg_blocks_too_long"))
    keys = alarms(house, 7)
    sender.drain()
    let_time_pass(house, sender, 8)
    assert told(house) == [[key] for key in keys]


def test_a_case_that_cannot_be_read_keeps_no_other_from_being_told(house: House, sender: Sender) -> None:
    keys = alarms(house, 7)
    house.damage(3)
    sender.drain()
    (page,) = told(house)
    assert sorted(page) == sorted(keys)
    assert page[0] == "rung 3"


def test_a_redrawing_that_comes_as_its_alarm_is_put_into_a_digest_redraws_that(house: House, sender: Sender) -> None:
    """It was decided by a transaction that had not seen the digest yet."""
    keys = alarms(house, 7)
    sender.step()
    house.say(
        Say("redrawn", SayKind.ESCALATION, "C0TRIAGE", Urgency.CARD, case=2, body={"share": 75}, updates="rung 2")
    )
    sender.drain()
    let_time_pass(house, sender, 2)
    assert told(house) == [keys]
    assert house.slack.calls == ["post", "update"]
    with house.units() as unit:
        assert unit.outbox.next_ready_at(()) is None
        assert unit.outbox.post_of("rung 2") == Post("C0TRIAGE", house.slack.shown[0].ts)


def test_alarms_of_one_run_of_the_tick_wait_for_each_other_and_others_do_not(house: House, sender: Sender) -> None:
    fired: list[list[str]] = []

    def fire(_: object) -> bool:
        if len(fired) == 7:
            return False
        fired.append(alarms(house, 1))
        house.say(line(f"note {len(fired)}", "C0ACME"))
        sender.drain()
        house.clock.move(seconds=1)
        assert told(house) == []
        assert len(told(house, "C0ACME")) == len(fired)
        return True

    assert Tick(fire, sender.gathering).run(NOON) == 7
    sender.drain()
    assert told(house) == [[key for keys in fired for key in keys]]


def test_a_long_run_of_the_tick_holds_nobody_back_for_its_whole_length(house: House, sender: Sender) -> None:
    alarms(house, 1)
    fired = 0

    def fire(_: object) -> bool:
        nonlocal fired
        fired += 1
        sender.drain()
        assert bool(told(house)) == (fired > TOGETHER)
        return fired < TOGETHER + 3

    Tick(fire, sender.gathering).run(NOON)
    assert fired == TOGETHER + 3


def test_a_longer_run_gathers_again_and_tells_in_between(house: House, sender: Sender) -> None:
    waiting: list[str] = []
    messages: dict[int, int] = {}
    again, fired = TOGETHER + BETWEEN, itertools.count()

    def fire(_: object) -> bool:
        n = next(fired)
        if n in {0, again}:
            waiting.extend(alarms(house, 7))
        if n in {TOGETHER - 1, TOGETHER, again + TOGETHER - 1, again + TOGETHER}:
            let_time_pass(house, sender, 1)
            messages[n] = len(told(house))
        return n < again + TOGETHER

    assert Tick(fire, sender.gathering).run(NOON) == again + TOGETHER
    assert list(messages.values()) == [0, 1, 1, 2]
    assert told(house) == [waiting[:7], waiting[7:]]


def test_while_alarms_gather_nothing_is_redrawn_and_replies_go(house: House, sender: Sender) -> None:
    house.say(line("card"), line("another", "C0OTHER"))
    let_time_pass(house, sender, 1)
    with sender.gathering():
        house.say(line("redrawn", updates="card", urgency=Urgency.CARD), line("reply", "C0OTHER"))
        let_time_pass(house, sender, 2)
        assert house.slack.texts("C0ACME") == ["card"]
        assert house.slack.texts("C0OTHER") == ["another", "reply"]
    sender.drain()
    assert house.slack.texts("C0ACME") == ["redrawn"]


def test_where_the_tick_fails_alarms_go_on(house: House, sender: Sender) -> None:
    def fail(_: object) -> bool:
        raise ZeroDivisionError

    keys = alarms(house, 6)
    with suppress(ZeroDivisionError):
        Tick(fail, sender.gathering).run(NOON)
    sender.drain()
    assert told(house) == [keys]


@pytest.fixture
def both(database: str) -> Iterator[House]:
    """A house on each kind of database."""
    with engine_on(database) as engine:
        yield House(SqlUnitsOfWork(engine), HandClock(), SlackInMemory(), Path())


def test_two_senders_tell_each_alarm_once(both: House) -> None:
    """Of two processes, step by step in turn and at once."""
    senders = [both.sender(), both.sender()]
    channels = [f"C{n}" for n in range(4)]
    keys = {channel: alarms(both, 7 + n, channel) for n, channel in enumerate(channels)}
    with ThreadPoolExecutor(2) as threads:
        for _ in range(4):
            list(threads.map(lambda sender: sender.drain(), senders))
            both.clock.move(seconds=1)
    for sender in senders:
        sender.stop()
    for channel in channels:
        stand = Counter(key for page in told(both, channel) for key in page)
        assert stand == Counter(keys[channel])
        assert len(told(both, channel)) == 1
