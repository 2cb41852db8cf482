"""A process that changes one case again and again, telling each commit, until it is killed."""

import sys
from dataclasses import replace

from cases.case import Entry
from cases.timers import Timer, TimerKind
from storage.database import make_engine
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, note


def main(url: str) -> None:
    """Write for ever."""
    begin = SqlUnitsOfWork(make_engine(url))
    case = a_case(begin)
    while True:
        number = case.share_said + 1
        says = [note(f"{number}.{each}") for each in range(5)]
        timer = Timer(f"rung:{number}", TimerKind.RUNG, NOON, number)
        with begin() as work:
            case = work.save(replace(case, share_said=number), [timer], [Entry(NOON, None, "escalated")], says)
        print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
