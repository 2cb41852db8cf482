"""How a peer is talked to: a question a line on stdin, its answer a line on stdout, both JSON."""

import json
import sys
import time
from collections.abc import Callable

Question = dict[str, str]
Answer = dict[str, float]


def serve(answer: Callable[[Question], Answer]) -> None:
    """Until stdin ends."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def seconds_a_call(call: Callable[[], object], enough: float = 0.02) -> float:
    """Of a call that is made for at least so many seconds."""
    times, begun = 0, time.perf_counter()
    while (taken := time.perf_counter() - begun) < enough:
        call()
        times += 1
    return taken / times
