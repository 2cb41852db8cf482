"""A process that takes a due timer, tells it, and neither commits nor goes away."""

import signal
import sys

from storage.database import make_engine
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON


def main(url: str) -> None:
    """Hold it until a signal ends this."""
    with SqlUnitsOfWork(make_engine(url))() as work:
        claimed = work.timers.claim_due(NOON)
        print(claimed[1].key if claimed else "", flush=True)
        signal.pause()


if __name__ == "__main__":
    main(sys.argv[1])
