"""Sending 1,000 messages over 50 channels: how near to Slack's limit of one post a second a channel."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from benchmarks.bots import caseclock, slack
from benchmarks.databases import Databases, engine_on
from benchmarks.filling import Filling
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, times
from cases.says import Say, SayKind, Urgency
from storage.unit_of_work import SqlUnitsOfWork
from workspace.server import Workspace

CHANNELS, EACH = 50, 20
LIMIT_SECONDS = EACH - 1.0
"""Of posts one second apart, from the first to the last."""
WANTED = 1.05
PATIENCE_SECONDS = 180.0


def run() -> Result:
    """The row."""
    lines: list[list[str]] = []
    goals: list[Goal] = []
    with Databases() as databases:
        for kind in databases.kinds:
            span, closest, posted = _sent(databases, kind)
            ratio = span / LIMIT_SECONDS
            lines.append([kind, str(posted), f"{span:.2f} s", times(ratio), f"{closest:.3f} s"])
            goals += [
                Goal(f"{kind}: within 1.05 of the limit", times(ratio), ratio <= WANTED, WHY),
                Goal(f"{kind}: each once", f"{posted} posts", posted == CHANNELS * EACH),
            ]
    headings = ["", "posts", "first to last", "of the limit", "closest two in a channel"]
    return Result("1,000 messages over 50 channels", headings, lines, goals, NOTES)


def _sent(databases: Databases, kind: str) -> tuple[float, float, int]:
    """Seconds from the first post to the last, seconds between the closest two of a channel, and how many stand."""
    tell(f"{kind}: {CHANNELS * EACH:,} messages")
    url = databases.filled(kind, Filling(1, datetime.now(UTC) + timedelta(days=1)))
    with engine_on(url) as engine, SqlUnitsOfWork(engine)() as work:
        for number in range(EACH):
            for room in range(CHANNELS):
                work.outbox.add(_message(room, number))
    with slack() as workspace:
        for room in range(CHANNELS):
            workspace.add_channel(f"room-{room}", f"C0ROOM{room}", members=["U0ERIN"])
        with caseclock(workspace, url, databases.folder):
            workspace.wait_until(lambda: sum(map(len, _posts(workspace))) >= CHANNELS * EACH or None, PATIENCE_SECONDS)
        posts = _posts(workspace)
    every = sorted(ts for room in posts for ts in room)
    closest = min(later - earlier for room in posts for earlier, later in pairwise(sorted(room)))
    return every[-1] - every[0], closest, len(every)


def _posts(workspace: Workspace) -> list[list[float]]:
    """By channel, when each was posted, in seconds since 1970."""
    return [[float(message.ts) for message in workspace.messages(f"C0ROOM{room}")] for room in range(CHANNELS)]


def _message(room: int, number: int) -> Say:
    """As urgent and about as long as an escalation."""
    body: dict[str, str | int | bool | None] = {"time": 1, "who": "U0DANA", "before": "U0ERIN", "text": "It is back."}
    key = f"benchmark:{room}:{number}"
    return Say(key, SayKind.REOPENED, f"C0ROOM{room}", Urgency.ESCALATION, case=1, body=body)


WHY = "The sender's own work between two posts of a channel adds to the second that it waits."
NOTES = (
    "`caseclock run` by the real clock against the local Slack, over HTTP; the instants are those of Slack's messages. "
    "20 posts one second apart take 19 s from the first to the last.",
    "Twenty escalations that wait for one channel become two messages, since more than five become a digest. So these "
    "are cases that were reopened, which are told one by one whatever waits.",
)
