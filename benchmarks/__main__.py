"""`make bench`: every row, or those that are named; written to `benchmarks/RESULTS.md`, and printed.

python -m benchmarks [ROW …] [--json]
"""

import importlib
import json
import signal
import sys
from dataclasses import asdict
from typing import Annotated, Protocol, cast

import typer

from benchmarks import records
from benchmarks.progress import tell
from benchmarks.report import Result
from benchmarks.text import table

ROWS = (
    "deadlines",
    "acks",
    "planning",
    "first_rung",
    "firing",
    "claiming",
    "sending",
    "events",
    "reading",
    "footprint",
    "page",
)


class Row(Protocol):
    """A module of this folder."""

    def run(self) -> Result: ...


def main(
    rows: Annotated[list[str] | None, typer.Argument(help=f"Some of {', '.join(ROWS)}; else all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Measure, print, and write down. Exit 1: a row could not be measured."""
    unknown = [row for row in rows or () if row not in ROWS]
    if unknown:
        raise typer.BadParameter(f"there is no row {unknown[0]}; there are {', '.join(ROWS)}")
    measured: dict[str, Result] = {}
    failed = False
    for row in rows or ROWS:
        tell(f"row: {row}")
        try:
            # Imported when it is its turn: what one row needs, such as a browser, is nothing to the others.
            measured[row] = cast(Row, importlib.import_module(f"benchmarks.{row}")).run()
        except Exception as error:  # noqa: BLE001,RUF100 - the other rows go on
            print(f"{row} could not be measured: {error!r}", file=sys.stderr)
            failed = True
            continue
        records.keep(row, measured[row], ROWS)
        if not as_json:
            print(table(measured[row]))
    if as_json:
        print(json.dumps({row: asdict(result) for row, result in measured.items()}, indent=2, ensure_ascii=False))
    raise typer.Exit(int(failed))


if __name__ == "__main__":
    # Told to stop, it takes its databases and bots down with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    typer.run(main)
