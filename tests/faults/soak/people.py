"""What people do in a soak, one event after the other: they mostly talk of something else."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from random import Random

from cases.case import Case
from tests.faults.replicas import Replicas
from workspace.acting import offers
from workspace.errors import AppDidNotRespond
from workspace.model import JsonDict, Message

ERIN, DANA = "U0ERIN", "U0DANA"
TRIAGE = "C0TRIAGE"
RECENT = 200
"""An event that comes again is one of so many."""
WEIGHTS = {"aside": 920, "line": 15, "ask": 10, "status": 20, "claim": 5, "again": 20, "look": 10}
"""Of a thousand events: so many that each channel hears less than a message a second."""


class People:
    """Dana of Acme, who has trouble in many channels, and Erin of the team."""

    def __init__(self, house: Replicas, channels: Sequence[str], dice: Random) -> None:
        self.done: Counter[str] = Counter()
        self.unanswered = 0
        """Clicks that no bot lived long enough to acknowledge, or had a database for; people try again."""
        self.lines: list[str] = []
        self.asked: list[Message] = []
        self.claimed: set[int] = set()
        self._cases: dict[int, Case] = {}
        self._slack, self._dice, self._channels = house.slack, dice, channels
        self._dana, self._erin = house.slack.user(DANA), house.slack.user(ERIN)
        self._talks = [self._dana.post(channel, "What a day") for channel in channels]
        self._hands = ThreadPoolExecutor(4, thread_name_prefix="clicks")
        self._clicks: list[Future[None]] = []
        self._doing: dict[str, Callable[[], None]] = {
            "aside": self._aside,
            "line": self._line,
            "ask": self._ask,
            "status": self._status,
            "claim": self._claim,
            "again": self._again,
            "look": self._look,
        }

    def meet(self, cases: Collection[Case]) -> None:
        """Cases that they are to work on."""
        self._cases |= {case.number: case for case in cases}

    def act(self) -> None:
        """One event."""
        (what,) = self._dice.choices(list(WEIGHTS), list(WEIGHTS.values()))
        self.done[what] += 1
        self._doing[what]()

    def rest(self) -> None:
        """When the last click was answered. Raises what one of them raised."""
        self._hands.shutdown()
        for click in self._clicks:
            click.result()

    def _aside(self) -> None:
        talk = self._dice.choice(self._talks)
        self._dice.choice([self._dana, self._erin]).post(talk.channel, "By the way", talk.ts)

    def _line(self) -> None:
        """In the thread of a case: it goes to the other side."""
        if found := self._any_card(lambda case: case.channel):
            self.lines.append(f"Line {len(self.lines) + 1}.")
            self._dana.post(found[1].channel, self.lines[-1], found[1].ts)

    def _ask(self) -> None:
        self.asked.append(self._dana.post(self._dice.choice(self._channels), "<@U0BOT> something is down"))

    def _status(self) -> None:
        self._dana.post(self._dice.choice(self._channels), "<@U0BOT> status")

    def _claim(self) -> None:
        """By reaction, or by the button: then again and again until a bot hears it."""
        found = self._any_card(lambda _: TRIAGE, but=self.claimed)
        if found is None:
            return
        number, card = found
        if self._dice.random() < 0.5:
            self._erin.react(card, "eyes")
            self.claimed.add(number)
        elif offers(card, "Claim"):
            self._click(lambda: self._press_claim(number, card))

    def _press_claim(self, number: int, card: Message) -> None:
        self._erin.press(card, "Claim")
        self.claimed.add(number)

    def _look(self) -> None:
        if found := self._any_card(lambda case: case.channel):
            self._click(lambda: self._dana.press(found[1], "Status"))

    def _again(self) -> None:
        """Slack sends something that was acknowledged long ago."""
        with self._slack.state.lock:
            recent = [each.payload for each in self._slack.hub.delivered[-RECENT:] if is_a_persons(each.payload)]
        if recent:
            self._slack.hub.event(self._dice.choice(recent))

    def _click(self, act: Callable[[], None]) -> None:
        self._clicks.append(self._hands.submit(self._clicked, act))

    def _clicked(self, act: Callable[[], None]) -> None:
        try:
            act()
        except AppDidNotRespond:
            self.unanswered += 1

    def _any_card(self, channel_of: Callable[[Case], str], but: Collection[int] = ()) -> tuple[int, Message] | None:
        """Of some case, if it stands there yet."""
        numbers = [number for number in self._cases if number not in but]
        if not numbers:
            return None
        number = self._dice.choice(numbers)
        starts = re.compile(rf"C-{number}\b")
        messages = self._slack.messages(channel_of(self._cases[number]))
        card = next((m for m in messages if m.bot_id and not m.is_reply and starts.match(m.text)), None)
        return (number, card) if card else None


def is_a_persons(payload: JsonDict) -> bool:
    """An event that a bot keeps: somebody wrote in a thread, mentioned it, or reacted."""
    event = payload.get("event", {})
    if event.get("user") not in (DANA, ERIN):
        return False
    in_a_thread = event.get("type") == "message" and "thread_ts" in event
    return in_a_thread or event.get("type") in ("app_mention", "reaction_added")
