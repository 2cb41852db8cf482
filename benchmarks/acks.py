"""Time to ack of a command, a button and a submission over the real socket, beside bare Bolt in both of its modes."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.bots import caseclock, slack
from benchmarks.databases import SQLITE, Databases, engine_on
from benchmarks.filling import open_case
from benchmarks.peer import Peer
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, milliseconds
from handlers import ids
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from workspace.forms import elements
from workspace.model import Message
from workspace.people import Person
from workspace.server import Workspace

OURS, DEFAULT, BEFORE = "Caseclock", "Bolt, default", "Bolt, process_before_response"
RUNS, WARM = 40, 5
AT_ONCE, WAVES = 50, 5
CHANNEL = "C0TRIAGE"
NEAR_SECONDS, CROWD_SECONDS = 0.003, 0.3


@dataclass(frozen=True)
class Bot:
    """One bot in a Slack of its own, and a person before it."""

    slack: Workspace
    erin: Person
    button: str
    """Its action id, as that of `opener`, the button that opens a form."""
    opener: str
    label: str
    """Of the form's one field."""

    def message(self, button: str) -> Message:
        """The one with this button, once it is there."""
        return self.slack.wait_until(lambda: self._with(button), 30)

    def _with(self, button: str) -> Message | None:
        said = self.slack.messages(CHANNEL)
        return next(
            (each for each in said if any(e.get("action_id") == button for _, e in elements(each.blocks))), None
        )


Act = Callable[[Bot, int], float]
"""Does something for the n-th time; seconds until it was acknowledged."""


def run() -> Result:
    """The row."""
    with ExitStack() as stack:
        bots = {OURS: _ours(stack), DEFAULT: _bolt(stack, "default"), BEFORE: _bolt(stack, "before")}
        # Before the submissions: what these say to the customer goes out at one a second, ahead of a card's redrawing.
        claims = _taken({OURS: bots[OURS]}, "claims", _claim)[OURS]
        acts: dict[str, Act] = {"command": _command, "button": _press, "submission": _submit}
        taken = {what: _taken(bots, what, act) for what, act in acts.items()}
        crowd = _crowds(bots)
    lines = [[what, *(milliseconds(median(of[name])) for name in bots)] for what, of in taken.items()]
    lines.append(["a button with its transaction (claim, give back)", milliseconds(median(claims)), "—", "—"])
    lines.append([f"{AT_ONCE} commands at once, p99", *(milliseconds(crowd[name]) for name in bots)])
    return Result("Time to ack, at the median", ["", *bots], lines, _goals(taken, crowd[OURS]), NOTES)


def _ours(stack: ExitStack) -> Bot:
    """With one case, whose card it has posted."""
    tell("a bot of ours")
    workspace, databases = stack.enter_context(slack()), stack.enter_context(Databases())
    url = databases.empty(SQLITE)
    upgrade(url)
    with engine_on(url) as engine:
        open_case(SqlUnitsOfWork(engine), datetime.now(UTC) + timedelta(days=1))
    stack.enter_context(caseclock(workspace, url, databases.folder))
    bot = Bot(workspace, workspace.user("Erin"), ids.WHY, ids.REPLY, "What shall the customer read?")
    bot.message(ids.CLAIM)
    return bot


def _bolt(stack: ExitStack, mode: str) -> Bot:
    tell(f"bare Bolt, {mode}")
    workspace = stack.enter_context(slack())
    peer = stack.enter_context(Peer("bolt", workspace.api_url, workspace.bot_token, workspace.app_token, mode))
    workspace.connected(timeout=60)
    peer.ask(channel=CHANNEL)
    return Bot(workspace, workspace.user("Erin"), "empty", "form", "Words")


def _taken(bots: Mapping[str, Bot], what: str, act: Act) -> dict[str, list[float]]:
    """Seconds of each, one bot after the other."""
    tell(f"{what}: {RUNS} each")
    taken: dict[str, list[float]] = {name: [] for name in bots}
    for number in range(RUNS + WARM):
        for name, bot in bots.items():
            taken[name].append(act(bot, number))
    return {name: each[WARM:] for name, each in taken.items()}


def _command(bot: Bot, number: int) -> float:
    return _seconds(lambda: bot.erin.command("/case", "list", CHANNEL))


def _press(bot: Bot, number: int) -> float:
    message = bot.message(bot.button)
    return _seconds(lambda: bot.erin.press(message, bot.button))


def _submit(bot: Bot, number: int) -> float:
    """Only the submission counts."""
    bot.erin.press(bot.message(bot.opener), bot.opener)
    form = bot.slack.wait_until(lambda: bot.slack.view_for(bot.erin), 30)
    bot.erin.fill(form, {bot.label: f"words {number}"})
    return _seconds(lambda: bot.erin.submit(form))


def _claim(bot: Bot, number: int) -> float:
    """Claimed and given back in turn."""
    button = ids.GIVE_BACK if number % 2 else ids.CLAIM
    message = bot.message(button)
    return _seconds(lambda: bot.erin.press(message, button))


def _crowds(bots: Mapping[str, Bot]) -> dict[str, float]:
    """The 99th percentile of commands by so many people at the same time."""
    seen: dict[str, list[float]] = {name: [] for name in bots}
    with ThreadPoolExecutor(AT_ONCE) as people:
        for wave in range(WAVES):
            tell(f"{AT_ONCE} at once, wave {wave + 1} of {WAVES}")
            for name, bot in bots.items():
                acting = [people.submit(_command, bot, wave) for _ in range(AT_ONCE)]
                seen[name] += [each.result() for each in acting]
    return {name: sorted(each)[int(len(each) * 0.99)] for name, each in seen.items()}


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _goals(taken: Mapping[str, Mapping[str, list[float]]], crowd: float) -> list[Goal]:
    ours, default, before = ({what: median(of[name]) for what, of in taken.items()} for name in (OURS, DEFAULT, BEFORE))
    sooner = [what for what in taken if ours[what] < default[what]]
    apart = max(ours[what] - before[what] for what in ("command", "button"))
    return [
        Goal("sooner than bare Bolt's default, all three", ", ".join(sooner) or "none is", len(sooner) == 3, WHY),
        Goal(
            "command and button within 3 ms of process_before_response",
            f"{milliseconds(apart)} later at the most",
            apart <= NEAR_SECONDS,
            WHY,
        ),
        Goal(f"p99 at {AT_ONCE} at once below 0.3 s", milliseconds(crowd), crowd < CROWD_SECONDS, CROWDED),
    ]


WHY = (
    "A submission is stored in the database before its ack. A command and a button cross one thread more than in bare "
    "Bolt, so that none waits behind another; and what they show is begun meanwhile, by the same interpreter."
)
CROWDED = "The handlers share one interpreter with each other, and here the processors with the local Slack."
NOTES = (
    "The local Slack and three bots on one machine; one acts at a time. The command is `/case list`, the button "
    "is Why?: both only read, and are acknowledged first. The submission is a reply to the customer, stored before its "
    "ack.",
)
