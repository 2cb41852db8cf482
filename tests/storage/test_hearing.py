"""Until when Slack was heard is known to every process; and what Slack told is known from what history shows."""

from dataclasses import replace

from cases.hearing import A_DAY, Heard
from cases.queues import Received
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import after

TOLD = Received("Ev1", {"event": {"type": "message"}}, NOON, "C1 1.0", "written C1 1.1")


def test_it_is_known_since_when_and_until_when_and_never_goes_back(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        assert work.hearing.get() is None
        work.hearing.heard(NOON)
    for seconds in (10, 5):
        with begin() as work:
            work.hearing.heard(after(seconds))
    with begin() as work:
        assert work.hearing.get() == Heard(NOON, after(10))


def test_a_time_that_a_clock_was_ahead_by_is_corrected_and_nobody_knows_what_was_missed(begin: SqlUnitsOfWork) -> None:
    an_hour = after(3600)
    with begin() as work:
        work.hearing.heard(NOON)
        work.hearing.heard(an_hour)
        assert work.hearing.look(an_hour, since=NOON)
    with begin() as work:
        heard = work.hearing.get()
        assert heard is not None
        assert heard.missed_since(after(60)) == after(60) - A_DAY
        assert heard.missed_since(an_hour) == an_hour
        assert work.hearing.look(after(60), since=NOON), "nobody waits an hour for their turn"
        work.hearing.heard(after(60))
        assert work.hearing.get() == Heard(NOON, after(60))


def test_what_is_owed_from_earlier_stays_owed_until_it_is_read(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.hearing.heard(NOON)
        work.hearing.owe(after(5))
        work.hearing.owe(after(9))
    with begin() as work:
        assert work.hearing.get() == Heard(NOON, NOON, after(5))
        work.hearing.owe(after(2))
        work.hearing.read(after(5))
        assert work.hearing.get() == Heard(NOON, NOON, after(2)), "another process owes more than was read"
        work.hearing.read(after(2))
        assert work.hearing.get() == Heard(NOON, NOON)


def test_one_process_takes_the_turn_to_look(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.hearing.heard(NOON)
        assert work.hearing.look(after(60), since=NOON)
        assert not work.hearing.look(after(61), since=after(1))
        assert work.hearing.look(after(120), since=after(60))


def test_the_same_told_and_found_is_received_once_whichever_comes_first(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        assert work.inbox.put(TOLD)
        assert not work.inbox.put(replace(TOLD, event_id="found written C1 1.1"))
        assert work.inbox.put(Received("Ev2", {}, NOON))
        assert work.inbox.put(Received("Ev3", {}, NOON)), "nothing names what they tell of"
        assert list(work.inbox.about("C1 1.0")) == [TOLD]
