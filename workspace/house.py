"""The house behind the page: a local Slack, the bot in a process of its own, and a clock that moves and runs."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from starlette.routing import BaseRoute

from cases.calendars import CalendarBook
from cases.instants import utc
from policies.holiday_names import holiday_names
from workspace.bot_process import warm_up
from workspace.due import DueLine, due_lines, soonest
from workspace.due_accounts import account_lines
from workspace.due_team import team_of
from workspace.passage import Passage
from workspace.process_stage import START_SECONDS, BotIsGone, ProcessStage
from workspace.put_off import put_off_lines
from workspace.stage import ESCALATIONS, SUPPORT, settings_for

BotState = Literal["starting", "up", "down"]
SLACKS_PATIENCE = 3.0
"""Seconds: how long Slack waits for an acknowledgement, lets a trigger live, and holds back what it sends again."""
LISTED = 50


class House(ProcessStage):
    """Between `with` and its end the page is reachable; the bot comes up meanwhile. Any method, from any thread."""

    def __init__(
        self,
        folder: Path,
        now: datetime,
        patience: float = SLACKS_PATIENCE,
        port: int = 0,
        pages: Callable[["House"], Sequence[BaseRoute]] = lambda house: (),
    ) -> None:
        """`folder` holds the database and is the caller's to remove; `now` is aware; `pages` makes what is served to
        people at `slack.base_url`.

        Raises:
            OSError: the port is taken.
        """
        warm_up()
        super().__init__(folder, utc(now), patience=patience, redeliver_after=patience, port=port)
        self.slack.add_channel("escalations", ESCALATIONS, members=SUPPORT)
        self._pages = pages
        self._calendars = CalendarBook(holiday_names)
        self._team = team_of(settings_for(self.slack, self.database_url), self.slack.state)
        self._passage = Passage(self)
        self._life = threading.Lock()
        """Held by who starts or buries the bot."""
        self._starting = True
        self._prepared = False
        self._closing = False
        self._opening = threading.Thread(target=self._open, name="opening")

    def __enter__(self) -> Self:
        self.slack.start(self._pages(self))
        self._opening.start()
        self._passage.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self.kill_bot()
        self._opening.join()
        self._passage.end()
        self.slack.stop()
        self._engine.dispose()

    @property
    def bot(self) -> BotState:
        """How the bot is; `down` also when it died by itself."""
        if self._starting:
            return "starting"
        return "up" if self.is_up else "down"

    @property
    def is_up(self) -> bool:
        """The bot's process lives."""
        process = self._process
        return process is not None and process.is_alive()

    def wait_until_up(self) -> None:
        """Returns when the bot listens.

        Raises:
            BotIsGone: it did not come up.
        """
        self.slack.wait_until(lambda: self.bot != "starting", START_SECONDS)
        if self.bot == "down":
            raise BotIsGone

    @property
    def managers(self) -> tuple[str, ...]:
        """User ids of the support managers."""
        return self._team.managers

    def start_bot(self) -> None:
        """Start the bot, again after it died, and return when it listens; one that is up stays. It may fail: `bot`."""
        with self._life:
            if self.bot != "up" and not self._closing:
                self._bring_up()

    def kill_bot(self) -> None:
        """Signal 9, also while it starts; a bot that is down stays so."""
        process = self._process
        if process is not None:
            process.kill()
        with self._life:
            self.stop_bot()
        self.announce()

    def now(self) -> datetime:
        """The story's time: aware UTC, in whole seconds."""
        return self.clock.now()

    @property
    def speed(self) -> float:
        """Seconds of the story in one of real time; 0: the clock stands."""
        return self._passage.speed

    @property
    def moving_to(self) -> datetime | None:
        """Where a move under way goes, while `now` tells how far it is; None: nobody is moving the clock."""
        return self._passage.moving_to

    def run(self, speed: float) -> None:
        """Let the clock run by itself, e.g. 1 or 60 times as fast as real time. With 0 it stands, and a move under way
        ends where it is.

        Raises:
            ValueError: a negative speed.
        """
        self._passage.run(speed)

    def move(self, **amount: float) -> None:
        """Let time pass, e.g. `minutes=30`; returns when all that fell due is done. Moves take turns.

        A bot that is down, or too busy to be waited for, isn't waited for: it comes late.
        """
        self._passage.go(lambda: self.now() + timedelta(**amount))

    def move_to(self, now: datetime) -> None:
        """As `move`; an instant that is over by then changes nothing."""
        self._passage.go(lambda: now)

    def to_next_due(self) -> DueLine | None:
        """As `move`, to what is due next; None, and no move: nothing is."""
        found: list[DueLine] = []

        def next_due() -> datetime | None:
            found.extend([line for line in self.due() if line.at > self.now()][:1])
            return found[0].at if found else None

        self._passage.go(next_due)
        return found[0] if found else None

    def due(self, limit: int = LISTED) -> list[DueLine]:
        """What is due next and why, soonest first."""
        if not self._prepared:
            return []
        lines = due_lines(self.units, self._calendars, self._team, self.now())
        lines += account_lines(self.units, self.policies, self._team, self.now())
        return sorted((*lines, *put_off_lines(self._engine, self.units, self._team, self.now())), key=soonest)[:limit]

    def set_clock(self, now: datetime) -> None:
        """For the passage of time: as `Place`."""
        self._set_clock(now)
        self.announce()

    def live_through(self, now: datetime) -> bool:
        """For the passage of time: as `Place`."""
        self.set_clock(now)
        try:
            if self.is_up:
                self.settle()
        except (BotIsGone, TimeoutError):
            return False
        return True

    def next_stop(self) -> datetime | None:
        """For the passage of time: as `Place`."""
        if not self.is_up:
            return None
        return min((at for at in (self._next_due(), self._put_off_to()) if at is not None), default=None)

    def announce(self) -> None:
        """Something changed that a page shows."""
        with self.slack.state.change():
            pass

    def _open(self) -> None:
        try:
            self.prepare()
            self._prepared = True
            self.start_bot()
        finally:
            self._starting = False
            self.announce()

    def _bring_up(self) -> None:
        self._starting = True
        self.announce()
        try:
            self.stop_bot()
            super().start_bot()
            threading.Thread(target=self._watch, args=(self._process,), name="watch", daemon=True).start()
        except (BotIsGone, TimeoutError):
            self.stop_bot()
        finally:
            self._starting = False
            self.announce()

    def _watch(self, process: ForkServerProcess) -> None:
        wait([process.sentinel])
        self.announce()
