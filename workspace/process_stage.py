"""The stage with its bot in a process of its own, which can be killed with signal 9 and started again."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import TypeVar

from storage.unsent import handling, unsent
from workspace.bot_process import spawn
from workspace.clock import FileClock
from workspace.stage import QUIET_SECONDS, Stage, settings_for

T = TypeVar("T")

START_SECONDS = 30.0
"""A cold start imports everything first."""
STOP_SECONDS = 30.0
LOOK_SECONDS = 0.005
SHORT_PAUSE = timedelta(seconds=10)
"""What the bot puts off for no longer than this, `quiet` moves a standing clock to."""


class BotIsGone(Exception):
    """There is no bot, or it died while somebody waited for it."""


class ProcessStage(Stage):
    """As `Stage`, with a bot that can die."""

    def __init__(
        self,
        folder: Path,
        now: datetime,
        patience: float = 10.0,
        redeliver_after: float = 0.5,
        port: int = 0,
        database_url: str | None = None,
    ) -> None:
        """As for `Stage`."""
        super().__init__(
            folder, now, patience=patience, redeliver_after=redeliver_after, port=port, database_url=database_url
        )
        self._clock_file = folder / "now"
        FileClock(self._clock_file).set(now)
        self._process: ForkServerProcess | None = None

    def start_bot(self) -> None:
        """A new process; returns when it listens.

        Raises:
            BotIsGone: it died. TimeoutError: it lives and doesn't listen after half a minute.
        """
        settings = settings_for(self.slack, self.database_url).model_copy(update=self.routines)
        self._process = spawn(settings, self._clock_file)
        self.until(lambda: self.slack.hub.connections, START_SECONDS)

    def stop_bot(self) -> None:
        """As a power cut would: signal 9, and nothing is tidied up."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
            self.slack.wait_until(lambda: not self.slack.hub.connections)

    def ask_to_stop(self) -> int | None:
        """SIGTERM, as a service manager would; the exit code. None: there was no bot, or it had to be killed."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.terminate()
        process.join(STOP_SECONDS)
        code = process.exitcode
        process.kill()
        process.join()
        return code

    @property
    def is_up(self) -> bool:
        """A bot was started and, so far as the story knows, lives."""
        return self._process is not None

    def until(
        self, predicate: Callable[[], T | None], timeout: float = QUIET_SECONDS, pause: float = LOOK_SECONDS
    ) -> T:
        """The predicate's first true answer; `timeout`, and the `pause` after each look, in seconds.

        Raises:
            BotIsGone: nothing will come of it. TimeoutError: nothing came of it.
        """
        deadline = time.monotonic() + timeout
        self._check_alive()
        while not (answer := predicate()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"still waiting after {timeout:g} s")
            time.sleep(pause)
            self._check_alive()
        return answer

    def settle(self) -> None:
        """Wait until nothing is under way at this instant; what the bot put off waits for its time.

        Raises:
            BotIsGone, TimeoutError: as `until`.
        """
        self.until(lambda: not self._is_busy())

    def quiet(self) -> None:
        """As `Stage.quiet`; what the bot put off by a few seconds comes due, as it would by itself.

        Raises:
            BotIsGone, TimeoutError: as `until`.
        """
        deadline = time.monotonic() + QUIET_SECONDS
        self.until(lambda: not self.slack.hub.under_way)
        self.settle()
        while (again := self._put_off_to()) is not None:
            if time.monotonic() > deadline or again > self.clock.now() + SHORT_PAUSE:
                raise TimeoutError(f"the bot put something off to {again}")
            self._set_clock(again)
            self.settle()

    def _at(self, now: datetime) -> None:
        self._set_clock(max(now, self.clock.now()))
        if self.is_up:
            self.quiet()

    def _set_clock(self, now: datetime) -> None:
        self.clock.move_to(now)
        FileClock(self._clock_file).set(now)

    def _check_alive(self) -> None:
        if self._process is None or not self._process.is_alive():
            raise BotIsGone

    def _is_busy(self) -> bool:
        # In the order in which one thing leads to the next, so that none slips through between two looks.
        with self.slack.state.lock:
            unanswered = any(envelope.sent_to for envelope in self.slack.hub.under_way)
        if unanswered or self._is_ready(self._next_due()) or self._is_ready(self._next_event()):
            return True
        if handling(self._engine, self.clock.now()):
            return True
        return any(say.leased or self._is_ready(say.ready_at) for say in unsent(self._engine))

    def _is_ready(self, at: datetime | None) -> bool:
        return at is not None and at <= self.clock.now()

    def _next_event(self) -> datetime | None:
        with self.units() as uow:
            return uow.inbox.next_ready_at()

    def _put_off_to(self) -> datetime | None:
        """When the bot tries again what it could not do; None: there is no such thing."""
        waiting = [self._next_event(), *(say.ready_at for say in unsent(self._engine) if not say.leased)]
        return min((at for at in waiting if at is not None), default=None)
