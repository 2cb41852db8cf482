"""Several bots as an operator runs them: `caseclock run` processes on one PostgreSQL, in real time."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine

from bot.accounts_import import import_accounts
from bot.clock import SystemClock
from cases.calendars import CalendarBook
from cases.case import Case
from cases.people import Person
from cases.ports import Policies, UnitsOfWork
from cases.promise import promise_for
from cases.telling import first_cards
from cases.timers import planned_timers
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from storage.unit_of_work import SqlUnitsOfWork
from storage.unsent import unsent
from tests.faults.books import Books
from tests.faults.pace import inside_windows, too_soon
from tests.storage.given import engine_on
from workspace.manifest import manifest
from workspace.prepared import ACCOUNTS
from workspace.server import Workspace
from workspace.stage import furnish, settings_for

START_SECONDS = 60.0
QUIET_SECONDS = 180.0
HOUR = timedelta(hours=1)
"""Premier's time for a Priority 1, of which half is the first rung."""
AGAIN_SECONDS = 10.0
"""Slack sends an event again after so long, and three times: a database may be away for a while before it gives up."""
DANA = Person("U0DANA", "T0ACME", "Dana")
RUN = [sys.executable, "-c", "from bot.cli import main; main()", "run"]


@dataclass
class Replicas:
    """A Slack, a database and the processes that work there now."""

    slack: Workspace
    database: str
    folder: Path
    engine: Engine
    policies: Policies = field(default_factory=load_policies)
    more_settings: dict[str, str] = field(default_factory=dict)
    alive: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def books(self) -> Books:
        return Books(self.slack, self.engine)

    @property
    def units(self) -> UnitsOfWork:
        return SqlUnitsOfWork(self.engine)

    def start(self, number: int = 1) -> None:
        """So many more; returns when they listen."""
        sockets = len(self.slack.hub.connections)
        with (self.folder / "stderr").open("ab") as errors:
            for _ in range(number):
                self.alive.append(subprocess.Popen(RUN, env=self._environment(), stderr=errors, cwd=self.folder))
        self.slack.connected(sockets + number, START_SECONDS)

    def kill(self, which: int) -> None:
        """As a power cut would; returns when Slack has seen its socket go."""
        sockets = len(self.slack.hub.connections)
        dead = self.alive.pop(which)
        dead.kill()
        dead.wait()
        self.slack.wait_until(lambda: len(self.slack.hub.connections) < sockets, START_SECONDS)

    def stop(self) -> None:
        """As a service manager would; raises AssertionError where one ended badly."""
        for process in self.alive:
            process.terminate()
        codes = [process.wait(60) for process in self.alive]
        self.alive.clear()
        assert not any(codes), (self.folder / "stderr").read_text()

    def open_cases(self, due: Sequence[datetime], channels: Sequence[str], shown: bool = True) -> list[Case]:
        """Acme's Priority 1s whose first rungs are due then, in turn in these channels. `shown`: with their cards,
        which are still to be sent.
        """
        opened_now = []
        book, places = CalendarBook(holiday_names), settings_for(self.slack, self.database).places
        with self.units() as uow:
            acme = uow.accounts.by_name("Acme")
            assert acme is not None
            acme = uow.accounts.put(replace(acme, channels=tuple(channels)))
            promise = promise_for(self.policies["okta"], acme, "service", 1)
            for n, at in enumerate(due):
                opened, channel = at - HOUR / 2, channels[n % len(channels)]
                fresh = Case(0, 0, acme.id, "Acme", channel, f"No. {n}", "", DANA, opened, promise, opened, opened, at)
                fresh = replace(fresh, due_at=opened + HOUR)
                stored = uow.cases.add(fresh, opening=f"{at.isoformat()} {n}")
                says = first_cards(stored, places) if shown else ()
                opened_now.append(uow.save(stored, planned_timers(stored, book(promise.calendar)), (), says))
        return opened_now

    def until(self, done: Callable[[], bool], seconds: float = QUIET_SECONDS) -> None:
        """Wait. Raises AssertionError: it took longer, or every process died."""
        deadline = time.monotonic() + seconds
        while not done():
            assert any(process.poll() is None for process in self.alive), (self.folder / "stderr").read_text()
            assert time.monotonic() < deadline, f"still busy: {[say.key for say in unsent(self.engine)][:20]}"
            time.sleep(0.05)

    def is_quiet(self) -> bool:
        """Nothing due, nothing to handle, nothing to say."""
        with self.units.reading() as uow:
            due, event = uow.timers.next_due_at(), uow.inbox.next_ready_at()
        is_due = due is not None and due <= now()
        return not is_due and event is None and not self.slack.hub.under_way and not unsent(self.engine)

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "DATABASE_URL": self.database,
            "TRIAGE_CHANNEL": "C0TRIAGE",
            "MANAGERS_CHANNEL": "C0MANAGERS",
            "SUPPORT_ENGINEERS": "S0CALL",
            "SUPPORT_MANAGERS": "U0MAX",
            "LOG_LEVEL": "WARNING",
            **self.more_settings,
        }


@contextmanager
def replicas(database: str, folder: Path, channels: Sequence[str] = ()) -> Iterator[Replicas]:
    """Acme has these channels beside its own. None is started yet."""
    app = manifest()
    slack = Workspace(SystemClock().now, app.scopes, app.events, patience=10, redeliver_after=AGAIN_SECONDS)
    furnish(slack)
    for channel in channels:
        slack.add_channel(channel.lower(), channel, ["T0ACME"], ["U0DANA", "U0ERIN"])
    with slack, engine_on(database) as engine:
        house = Replicas(slack, database, folder, engine)
        import_accounts(ACCOUNTS, house.policies, house.units)
        try:
            yield house
            house.stop()
        finally:
            for process in house.alive:
                process.kill()
                process.wait()


def check(house: Replicas, told: Iterable[int]) -> None:
    """The books balance, the clocks of these cases told their rung once and no others did, Slack was never hurried."""
    stand = house.books.balance()
    rungs = Counter(int(key.split(":")[1]) for key in stand if key.startswith("case:") and ":rung:" in key)
    assert rungs == Counter(told)
    assert too_soon(house.slack) == []
    assert inside_windows(house.slack) == []


def soon(number: int, seconds: float, dice: Random) -> list[datetime]:
    """So many instants from now on, within so many seconds."""
    return [now() + timedelta(seconds=dice.uniform(0, seconds)) for _ in range(number)]


def now() -> datetime:
    """Of the machine, which is also the database's."""
    return SystemClock().now()
