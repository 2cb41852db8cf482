"""A worker sleeps until it is woken, and nothing that goes wrong ends it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from structlog.testing import capture_logs

from scheduling.worker import Worker

PATIENCE = 4
"""Seconds; shorter than the worker's own sweep, so that the sweep can't help."""


@contextmanager
def running(worker: Worker) -> Iterator[Worker]:
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def test_a_wake_sets_it_to_work_again() -> None:
    idle, done, jobs = Event(), Event(), ["first"]

    def step() -> bool:
        if not jobs:
            idle.set()
            return False
        if jobs.pop() == "second":
            done.set()
        return True

    with running(Worker("test", step, lambda: None)) as worker:
        assert idle.wait(PATIENCE)
        jobs.append("second")
        worker.wake()

        assert done.wait(PATIENCE)


def test_asleep_it_leaves_the_machine_alone() -> None:
    looks = []

    def step() -> bool:
        looks.append("look")
        return False

    with running(Worker("test", step, lambda: None)) as worker:
        worker.wake()
        Event().wait(0.1)

    assert len(looks) < 5


def test_it_works_on_after_a_step_that_fails() -> None:
    recovered, troubles = Event(), [OSError("no such file"), ValueError("poison")]

    def step() -> bool:
        if troubles:
            raise troubles.pop()
        recovered.set()
        return False

    with capture_logs() as logs, running(Worker("test", step, lambda: None)):
        assert recovered.wait(PATIENCE)

    assert [log["event"] for log in logs] == ["step_failed", "step_failed"]


def test_it_looks_again_at_the_next_time_that_it_knows_of() -> None:
    looks, twice = [0], Event()

    def step() -> bool:
        looks[0] += 1
        if looks[0] == 2:
            twice.set()
        return False

    with running(Worker("test", step, lambda: 0.05)):
        assert twice.wait(PATIENCE)
