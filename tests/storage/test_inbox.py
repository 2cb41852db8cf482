"""An event is stored once, handled once, and tried again when handling it failed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from cases.errors import NotFound
from cases.queues import Received
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import after

TEXT = "half \ud83d, nul \x00, 🎫"
REACTION = Received("Ev1", {"event": {"type": "reaction_added", "text": TEXT}}, NOON)
MENTION = Received("Ev2", {"event": {"type": "app_mention", "blocks": [{"n": 1.5, "deep": None}]}}, after(1))


def test_a_redelivered_event_is_recognised_by_its_id(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        assert work.inbox.put(REACTION) is True
    with begin() as work:
        assert work.inbox.put(REACTION) is False
        assert work.inbox.next(NOON) == REACTION


def test_events_are_handled_once_and_oldest_first(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
        work.inbox.put(MENTION)
        assert work.inbox.next_ready_at() == NOON
    with begin() as work:
        assert work.inbox.next(after(9)) == REACTION
        assert work.inbox.handled("Ev1", after(9)) is True
    with begin() as work:
        assert work.inbox.handled("Ev1", after(9)) is False
        assert work.inbox.next(after(9)) == MENTION
        assert work.inbox.handled("Ev2", after(9)) is True
    with begin() as work:
        assert work.inbox.next(after(9)) is None
        assert work.inbox.next_ready_at() is None
        assert work.inbox.put(REACTION) is False


def test_an_event_that_failed_waits_while_the_others_go_on(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
        work.inbox.put(MENTION)
        work.inbox.postpone("Ev1", after(60), "database gone")
    with begin() as work:
        assert work.inbox.next(after(59)) == MENTION
        assert work.inbox.next(after(60)) == REACTION


def test_what_is_about_the_same_keeps_its_order_though_the_first_is_tried_again(begin: SqlUnitsOfWork) -> None:
    put_on, taken_off = (replace(event, about="Erin and the card") for event in (REACTION, MENTION))
    with begin() as work:
        assert work.inbox.put(put_on)
        assert work.inbox.put(taken_off)
        work.inbox.postpone("Ev1", after(60), "Slack gone")
    with begin() as work:
        assert work.inbox.next(after(59)) is None
        assert work.inbox.next_ready_at() == after(60)
        assert work.inbox.next(after(60)) == put_on
        assert work.inbox.handled("Ev1", after(60))
        assert work.inbox.next(after(60)) == taken_off


def test_handling_that_fails_midway_leaves_the_event_to_be_handled(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
    with pytest.raises(NotFound), begin() as work:
        _ = work.inbox.handled("Ev1", NOON), work.cases.get(1)
    with begin() as work:
        assert work.inbox.handled("Ev1", NOON) is True


def test_an_event_that_somebody_handles_is_nobody_elses_until_its_lease_is_over(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
        work.inbox.put(MENTION)
    with begin() as mine:
        assert mine.inbox.next(after(1)) == REACTION
    with begin() as theirs:
        assert theirs.inbox.next(after(1)) == MENTION
        assert theirs.inbox.next(after(1)) is None
        assert theirs.inbox.next_ready_at() == after(31)
        assert theirs.inbox.handled("Ev2", after(1))
    with begin() as work:
        assert work.inbox.next(after(30.9)) is None
        assert work.inbox.next(after(31)) == REACTION, "whoever had it is dead"


def test_what_follows_an_event_that_somebody_handles_waits_for_it(begin: SqlUnitsOfWork) -> None:
    first, second = (replace(event, about="Erin and the card") for event in (REACTION, MENTION))
    with begin() as work:
        work.inbox.put(first)
        work.inbox.put(second)
        assert work.inbox.before(second) == [first]
        assert work.inbox.before(first) == []
        assert work.inbox.next(after(1)) == first
    with begin() as work:
        assert work.inbox.next(after(1)) is None
        assert work.inbox.handled("Ev1", after(2))
        assert work.inbox.next(after(2)) == second


def test_what_a_dead_process_was_handling_is_free_when_the_next_one_starts(
    begin: SqlUnitsOfWork, database: str
) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
        work.inbox.put(MENTION)
        assert work.inbox.next(after(1)) == REACTION
        work.inbox.postpone("Ev2", after(60), "Slack gone")
    with begin() as work:
        work.inbox.release_leases()
        if database.startswith("postgresql"):
            assert work.inbox.next(after(2)) is None, "another process may be alive and handling it"
        else:
            assert work.inbox.next(after(2)) == REACTION
        assert work.inbox.next(after(60)) in (REACTION, MENTION)


def test_takers_at_once_get_each_event_once(begin: SqlUnitsOfWork) -> None:
    events = [Received(f"Ev{number}", {}, NOON, f"thread {number % 5}") for number in range(40)]
    with begin() as work:
        for event in events:
            assert work.inbox.put(event)
    with ThreadPoolExecutor(4) as takers:
        taken = [each for one in takers.map(lambda _: _handle_all(begin), range(4)) for each in one]
    assert sorted(taken) == sorted(event.event_id for event in events)


def _handle_all(begin: SqlUnitsOfWork) -> list[str]:
    taken: list[str] = []
    while True:
        with begin() as work:
            event = work.inbox.next(after(1))
            ready = work.inbox.next_ready_at()
        if event is not None:
            taken.append(event.event_id)
            with begin() as work:
                assert work.inbox.handled(event.event_id, after(1))
        elif ready is None:
            return taken
