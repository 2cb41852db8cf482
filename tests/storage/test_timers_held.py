"""A timer is held by a transaction: whoever dies in it, or is cut off, gives it back."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, after, engine_on, rung

pytestmark = pytest.mark.postgresql
BACK_SECONDS = 30.0
"""By then a dead process holds nothing."""


@contextmanager
def holder(database: str) -> Iterator[subprocess.Popen[str]]:
    """Another process, which holds the earliest due timer."""
    command = [sys.executable, "-m", "tests.storage.holder", database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "rung:1:50\n"
            yield process
        finally:
            process.kill()


def taken_within(begin: SqlUnitsOfWork, seconds: float) -> bool:
    """Whether the first case's timer is given to us by then."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with begin() as work:
            if work.timers.claim_due(NOON) == (1, rung(50)):
                return True
        time.sleep(0.05)
    return False


def test_a_timer_that_a_living_process_fires_is_not_ours_and_the_next_one_is(postgres_database: str) -> None:
    with engine_on(postgres_database) as engine:
        begin = SqlUnitsOfWork(engine)
        a_case(begin, "i1", rung(50))
        other = a_case(begin, "i2", rung(50, after(1)))
        with holder(postgres_database), begin() as work:
            assert work.timers.claim_due(NOON) is None
            assert work.timers.claim_due(after(1)) == (other.number, rung(50, after(1)))


def test_a_timer_of_a_killed_process_is_given_back(postgres_database: str) -> None:
    with engine_on(postgres_database) as engine:
        begin = SqlUnitsOfWork(engine)
        a_case(begin, "i1", rung(50))
        with holder(postgres_database) as process:
            process.kill()
            assert taken_within(begin, BACK_SECONDS)


@pytest.mark.faults
def test_a_timer_of_a_process_that_is_cut_off_is_given_back_by_the_database(postgres_database: str) -> None:
    """As a machine without power or network: it is still there, as far as the database knows."""
    with engine_on(postgres_database) as engine:
        begin = SqlUnitsOfWork(engine)
        a_case(begin, "i1", rung(50))
        with holder(postgres_database) as process:
            process.send_signal(signal.SIGSTOP)
            assert taken_within(begin, BACK_SECONDS)
