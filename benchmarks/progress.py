"""What is under way, on stderr: stdout is for results."""

import sys
import time

BEGUN = time.monotonic()


def tell(what: str) -> None:
    """One line, with the seconds since the start."""
    print(f"{time.monotonic() - BEGUN:7.1f} s  {what}", file=sys.stderr, flush=True)
