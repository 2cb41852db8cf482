"""The stage with its bot in a process of its own, which is killed with signal 9 and started again."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from storage.base import SayState
from storage.tables import OutboxRow
from workspace.bot_process import spawn
from workspace.clock import FileClock
from workspace.errors import AppDidNotRespond
from workspace.model import Message
from workspace.stage import QUIET_SECONDS, Stage, settings_for

T = TypeVar("T")
Act = Callable[["MortalStage"], None]
"""What people do, or time: what is done already is not done again, so that an act cut short can be repeated."""

Wait = Callable[[threading.Event], object]
Moment = Callable[["MortalStage"], Wait]
"""When the bot dies in an act. Called as it begins; what it returns blocks until then, or until the act is done."""

NUDGE_AFTER_SECONDS = 0.1
SHORT_PAUSE = timedelta(seconds=10)
"""What the bot puts off for no longer than this, a story's standing clock is nudged to; a lease lasts longer."""


class BotIsGone(Exception):
    """It was killed while the story waited for it."""


class MortalStage(Stage):
    """As `Stage`, with a bot that can die. Messages are told apart by the keys of the says that they came from."""

    def __init__(self, folder: Path, now: datetime) -> None:
        super().__init__(folder, now)
        self._file = folder / "now"
        FileClock(self._file).set(now)
        self._process: ForkServerProcess | None = None

    def start_bot(self) -> None:
        """A new process; returns when it listens."""
        self._process = spawn(settings_for(self.slack, self.database_url), self._file)
        self.until(lambda: self.slack.hub.connections)

    def stop_bot(self) -> None:
        """As a power cut would: signal 9, and nothing is tidied up."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
            self.slack.wait_until(lambda: not self.slack.hub.connections)

    def ask_to_stop(self) -> int | None:
        """SIGTERM, as a service manager would; the exit code."""
        process, self._process = self._process, None
        assert process is not None
        process.terminate()
        process.join()
        return process.exitcode

    @property
    def is_up(self) -> bool:
        """A bot was started and, so far as the story knows, lives."""
        return self._process is not None

    def act(self, act: Act, moment: Moment | None = None) -> None:
        """Carry out an act. With a moment: the bot is killed then, started again, and the act is repeated."""
        if moment is not None:
            self.die_in(act, moment)
            self.start_bot()
        act(self)

    def die_in(self, act: Act, moment: Moment) -> None:
        """The bot, if need be started first, is killed in an act."""
        done = threading.Event()
        death = threading.Thread(target=self._kill_after, args=(moment(self), done))
        death.start()
        try:
            with suppress(BotIsGone, AppDidNotRespond):
                if not self.is_up:
                    self.start_bot()
                act(self)
        finally:
            done.set()
            death.join()
            self.slack.faults.clear()
            self.stop_bot()

    def until(self, predicate: Callable[[], T | None]) -> T:
        """The predicate's first true answer. Raises BotIsGone."""

        def alive() -> T | None:
            self._check_alive()
            return predicate()

        found = self.slack.wait_until(alive)
        assert found is not None
        return found

    def quiet(self) -> None:
        """As `Stage.quiet`; what the bot put off by a few seconds comes due, as it would by itself.

        Raises:
            BotIsGone: and it never gets quiet.
        """
        self.until(lambda: not self.slack.hub.under_way)
        began = calm = time.monotonic()
        while not self._is_quiet():
            self._check_alive()
            if time.monotonic() > began + QUIET_SECONDS:
                raise TimeoutError("the bot is still busy")
            if time.monotonic() > calm + NUDGE_AFTER_SECONDS:
                self._nudge()
                calm = time.monotonic()
            time.sleep(0.005)

    def message(self, key: str) -> Message:
        """The one message that the say of this key became."""
        (found,) = [message for said, message in self.said() if said == key]
        return found

    def said(self) -> list[tuple[str, Message]]:
        """What the outbox put into channels and direct messages, channel by channel: the say's key, and the message."""
        with self._engine.connect() as connection:
            keys = {row.token: row.key for row in connection.execute(select(OutboxRow.token, OutboxRow.key))}
        with self.slack.state.lock:
            messages = [each for channel in self.slack.state.channels.values() for each in channel.messages.values()]
        return [(keys[token], message) for message in messages if (token := _token(message))]

    def unsaid(self) -> list[str]:
        """Keys of what was never sent, though nothing newer made it pointless."""
        done = [SayState.SENT, SayState.SUPERSEDED]
        with self._engine.connect() as connection:
            return list(connection.scalars(select(OutboxRow.key).where(OutboxRow.state.not_in(done))))

    def leased(self) -> list[str]:
        """Keys of what is being sent."""
        with self._engine.connect() as connection:
            return list(connection.scalars(select(OutboxRow.key).where(OutboxRow.leased)))

    def _kill_after(self, wait: Wait, done: threading.Event) -> None:
        wait(done)
        if self._process is not None:
            self._process.kill()

    def _check_alive(self) -> None:
        if self._process is None or not self._process.is_alive():
            raise BotIsGone

    def _at(self, now: datetime) -> None:
        now = max(now, self.clock.now())
        self.clock.move_to(now)
        FileClock(self._file).set(now)
        if self.is_up:
            self.quiet()

    def _nudge(self) -> None:
        with self.units() as uow:
            waiting = (uow.inbox.next_ready_at(), uow.outbox.next_ready_at(()))
        now = self.clock.now()
        soon = [at for at in waiting if at is not None and now < at <= now + SHORT_PAUSE]
        if soon:
            self.clock.move_to(min(soon))
            FileClock(self._file).set(min(soon))


def _token(message: Message) -> str:
    """Its say's; empty: it is nothing that the outbox sent."""
    return str(message.metadata["event_payload"]["token"]) if message.metadata else ""
