"""What nobody in Slack can do: moving time, and ordering trouble for the bot."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workspace.errors import PersonRefused
from workspace.house import House
from workspace.model import JsonDict
from workspace.people import Person

FARTHEST = timedelta(days=366)


class Levers:
    """One pull. Each answers what to tell, or nothing; ``PersonRefused`` says what keeps it."""

    def __init__(self, house: House, person: Person, wish: JsonDict) -> None:
        self._house, self._person, self._wish = house, person, wish

    def move(self) -> None:
        """By minutes."""
        self._reach(self._house.now() + timedelta(minutes=float(self._wish["minutes"])))

    def move_to(self) -> None:
        """To a wall-clock time in the viewer's zone; where clocks go back, its first."""
        try:
            at = datetime.fromisoformat(str(self._wish["at"])).replace(tzinfo=ZoneInfo(self._person.user.tz))
        except ValueError:
            raise PersonRefused("Choose a date and a time to go to.") from None
        self._reach(at)

    def _reach(self, at: datetime) -> None:
        if at < self._house.now():
            raise PersonRefused("Time only moves forwards here: what was promised and sent can't be unsent.")
        if at - self._house.now() > FARTHEST:
            raise PersonRefused("That is more than a year away. Choose something nearer.")
        self._house.move_to(at)

    def next_due(self) -> str:
        return "" if self._house.to_next_due() else "Nothing is due: no open case waits for anything."

    def speed(self) -> None:
        self._house.run(int(self._wish["speed"]))

    def redeliver(self) -> str:
        self._house.slack.deliver_again()
        return "The last event was sent once more. Nothing should happen twice."

    def drop_socket(self) -> str:
        self._house.slack.drop_sockets(goodbye=False)
        return "The socket was cut without a word. The bot comes back at its next ping, within some seconds."

    def rate_limit(self) -> str:
        seconds = int(self._wish["seconds"])
        self._house.slack.faults.rate_limit("*", seconds)
        return f"The bot's next call will be told to come back in {seconds} s."

    def kill(self) -> str:
        self._house.kill_bot()
        return "The bot was killed (signal 9). What it owes waits in its database."

    def restart(self) -> str:
        self._house.start_bot()
        return "The bot is up again." if self._house.bot == "up" else "The bot did not come up."


VERBS: dict[str, Callable[[Levers], str | None]] = {
    "move": Levers.move,
    "move-to": Levers.move_to,
    "next-due": Levers.next_due,
    "speed": Levers.speed,
    "redeliver": Levers.redeliver,
    "drop-socket": Levers.drop_socket,
    "rate-limit": Levers.rate_limit,
    "kill": Levers.kill,
    "restart": Levers.restart,
}
