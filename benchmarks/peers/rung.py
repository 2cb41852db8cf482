"""The job of a rung, for APScheduler: it notes that it ran."""

import time

ran: list[float] = []
"""When, in seconds since 1970."""


def tell(case: int, share: int) -> None:
    """One rung of one case; what would be said is not said."""
    ran.append(time.time())
