"""What Slack's log of calls says about the pace at which all replicas together spoke."""

from collections import defaultdict
from itertools import pairwise

from workspace.server import Workspace
from workspace.traffic import Call

SPACING_SECONDS = 0.9
"""A second a channel, less what the replicas' notion of the database's time may differ by on a machine that is busy."""
ON_ITS_WAY_SECONDS = 0.5
"""What another replica had in hand when a method, and not its channel, was limited, may still reach Slack."""


def too_soon(slack: Workspace) -> list[str]:
    """Posts that came within the second after another one in their channel."""
    posts: dict[str, list[float]] = defaultdict(list)
    for call in slack.calls("chat.postMessage"):
        posts[str(call.args["channel"])].append(call.began)
    return [
        f"{channel}: after {later - earlier:.3f} s"
        for channel, times in posts.items()
        for earlier, later in pairwise(sorted(times))
        if later - earlier < SPACING_SECONDS
    ]


def inside_windows(slack: Workspace) -> list[str]:
    """Calls made while Slack had asked for no more of them: of the channel for a post, else of the method."""
    calls = slack.calls()
    return [
        f"{call.method} {call.began - refused.began:.3f} s after a 429 of {refused.retry_after} s"
        for refused in calls
        if refused.retry_after
        for call in calls
        if _line(call) == _line(refused) and _grace(refused) < call.began - refused.began < refused.retry_after
    ]


def _line(call: Call) -> tuple[str, object]:
    return call.method, call.args["channel"] if call.method == "chat.postMessage" else None


def _grace(refused: Call) -> float:
    return 0 if refused.method == "chat.postMessage" else ON_ITS_WAY_SECONDS
