"""Acts of a story in which the bot is killed with signal 9, started again, and asked to take up what it owes."""

import threading
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import select

from storage.base import SayState
from storage.queue_tables import OutboxRow
from storage.unsent import unsent
from workspace.errors import AppDidNotRespond
from workspace.model import Message
from workspace.process_stage import BotIsGone, ProcessStage

Act = Callable[["MortalStage"], None]
"""What people do, or time: what is done already is not done again, so that an act cut short can be repeated."""

Wait = Callable[[threading.Event], object]
Moment = Callable[["MortalStage"], Wait]
"""When the bot dies in an act. Called as it begins; what it returns blocks until then, or until the act is done."""


class MortalStage(ProcessStage):
    """Its bot is killed in the middle of things. Messages are told apart by the keys of the says they came from."""

    def act(self, act: Act, moment: Moment | None = None) -> None:
        """Carry out an act. With a moment: the bot is killed then, started again, and the act is repeated."""
        if moment is not None:
            self.die_in(act, moment)
            self.start_bot()
            # What the dead one left waiting is handled before people look again: else a button goes as they press it.
            # And a story's clock, that jumps over hours, leaves a bot the minute that the auditor leaves it.
            self.quiet()
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
        done = [SayState.SENT, SayState.SUPERSEDED, SayState.MERGED]
        with self._engine.connect() as connection:
            return list(connection.scalars(select(OutboxRow.key).where(OutboxRow.state.not_in(done))))

    def leased(self) -> list[str]:
        """Keys of what is being sent."""
        return [say.key for say in unsent(self._engine) if say.leased]

    def _kill_after(self, wait: Wait, done: threading.Event) -> None:
        wait(done)
        if self._process is not None:
            self._process.kill()


def _token(message: Message) -> str:
    """Its say's; empty: it is nothing that the outbox sent."""
    return str(message.metadata["event_payload"]["token"]) if message.metadata else ""
