"""The real sender and the real messenger against the local Slack over HTTP, with a clock that a test moves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from slack_sdk import WebClient
from sqlalchemy import Engine

from cases.case import Case
from cases.messages import Drawn, Row
from cases.ports import UnitsOfWork
from cases.says import Say, SayKind, Urgency
from handlers.messenger import SlackMessenger
from scheduling.pacing import Pacing
from scheduling.postman import Postman
from scheduling.sender import Sender
from storage.database import make_engine
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.scheduling.times import HandClock
from workspace.server import Workspace

CALL_SECONDS = 0.3
"""How long the bot waits for Slack here."""
LONGEST = timedelta(minutes=20)
"""By then everything is said, whatever the pauses between tries."""


class Plain:
    """Draws a say as its key."""

    def draw(self, say: Say, case: Case | None, now: datetime) -> Drawn:
        return Drawn(say.key, [])

    def digest(self, say: Say, rows: Sequence[Row], now: datetime) -> Drawn:
        return Drawn("\n".join(row.say.key for row in rows), [])


class Speech:
    """What is to be said, said; second by second, without waiting for any."""

    def __init__(self, slack: Workspace, engine: Engine, clock: HandClock) -> None:
        self.slack, self.clock = slack, clock
        self.units: UnitsOfWork = SqlUnitsOfWork(engine)
        client = WebClient(slack.bot_token, base_url=slack.api_url, timeout=CALL_SECONDS, retry_handlers=[])  # type: ignore[arg-type]
        pacing = Pacing(clock.seconds)
        postman = Postman(Plain(), SlackMessenger(client, slack.app.bot_user), clock, pacing)
        self.sender = Sender(self.units, postman, clock, pacing)

    def say(self, *says: Say) -> None:
        with self.units() as unit:
            for say in says:
                assert unit.outbox.add(say)

    def until_said(self, each_second: Callable[[], None] = lambda: None) -> None:
        """Raises AssertionError: something stays unsaid."""
        until = self.clock.now() + LONGEST
        self.sender.drain()
        while self._is_unsaid():
            assert self.clock.now() < until, "it is never said"
            self.clock.move(seconds=1)
            each_second()
            self.sender.drain()

    def _is_unsaid(self) -> bool:
        with self.units() as unit:
            return unit.outbox.next_ready_at(()) is not None


def line(key: str, channel: str, thread: str | None = None) -> Say:
    """Something to say."""
    return Say(key, SayKind.NOTE, channel, Urgency.REPLY, thread=thread)


@contextmanager
def speech(database: str, channels: int) -> Iterator[tuple[Speech, Engine]]:
    """In a Slack with so many channels, C0 and on."""
    clock, engine = HandClock(NOON), make_engine(database, patience=60)
    with Workspace(clock.now) as slack:
        for number in range(channels):
            slack.add_channel(f"channel-{number}", f"C{number}")
        slack.add_user("Max")
        speaking = Speech(slack, engine, clock)
        try:
            yield speaking, engine
        finally:
            speaking.sender.stop()
            engine.dispose()
