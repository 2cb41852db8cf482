"""What goes wrong in a soak: calls to Slack, sockets, a bot, the database. One thing after the other, for ever."""

from collections import Counter
from collections.abc import Callable
from random import Random
from threading import Event, Lock

from tests.faults.replicas import START_SECONDS, Replicas
from tests.storage import postgres
from workspace.faults import Faults

POST = "chat.postMessage"
TOO_LATE_SECONDS = 12
"""The bot waits for ten."""
PAUSE_SECONDS = 3.0
CALLS: list[Callable[[Faults, Random], None]] = [
    lambda faults, dice: faults.rate_limit(POST, dice.choice([1, 3, 5])),
    lambda faults, dice: faults.rate_limit("chat.update", dice.choice([1, 2])),
    lambda faults, dice: faults.drop(POST, taken=True),
    lambda faults, dice: faults.drop(POST, taken=False),
    lambda faults, dice: faults.server_error(POST, dice.choice([500, 503]), taken=True),
    lambda faults, dice: faults.server_error(POST, 502),
    lambda faults, dice: faults.fail(POST, dice.choice(["fatal_error", "internal_error"]), taken=True),
    lambda faults, dice: faults.fail(POST, dice.choice(["fatal_error", "internal_error"])),
    lambda faults, dice: faults.server_error("chat.update", 503, taken=dice.random() < 0.5),
    lambda faults, dice: faults.server_error("conversations.history", 503),
    lambda faults, dice: faults.fail("conversations.replies", "internal_error"),
]
"""Each meets one call; which follows from who calls next."""
EVERY_SECONDS = {"calls": 3, "too late": 45, "sockets": 30, "killed": 60, "restarted": 90}


class Trouble:
    """`step` is for one thread; whoever else wants the database takes `database_is_up`."""

    def __init__(self, house: Replicas, dice: Random) -> None:
        self.made: Counter[str] = Counter()
        self.database_is_up = Lock()
        self._house, self._dice = house, dice
        self._is_shared = house.engine.dialect.name == "postgresql"

    def go_on(self, enough: Event, seconds: Callable[[], float]) -> None:
        """Until it is enough; `seconds` since the beginning."""
        doing = {"calls": self._calls, "too late": self._too_late, "sockets": self._sockets}
        if self._is_shared:
            doing |= {"killed": self._killed, "restarted": self._restarted}
        while not enough.wait(PAUSE_SECONDS):
            for what, do in doing.items():
                if seconds() >= EVERY_SECONDS[what] * (self.made[what] + 1):
                    do()
                    self.made[what] += 1

    def _calls(self) -> None:
        self._dice.choice(CALLS)(self._house.slack.faults, self._dice)

    def _too_late(self) -> None:
        """Slack takes a post, and the bot hangs up before it hears so."""
        self._house.slack.faults.delay(POST, TOO_LATE_SECONDS, taken=True)

    def _sockets(self) -> None:
        how = self._dice.choice(["goodbye", "cut", "warning", "refresh"])
        if how in ("goodbye", "cut"):
            self._house.slack.drop_sockets(goodbye=how == "goodbye")
        else:
            reason = "refresh_requested" if how == "refresh" else "warning"
            self._house.slack.hub.ask_to_reconnect(reason)
        self._listening()

    def _killed(self) -> None:
        """The younger one; the elder's memory is measured."""
        self._house.kill(-1)
        self._house.start()
        self._listening()

    def _restarted(self) -> None:
        with self.database_is_up:
            postgres.restart(self._house.database, self._dice.choice(["fast", "immediate"]))

    def _listening(self) -> None:
        """All of them, before the next one is counted."""
        self._house.slack.connected(len(self._house.alive), START_SECONDS)
