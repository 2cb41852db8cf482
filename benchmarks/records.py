"""`RESULTS.md`, a section a row, and `results.json` beside it, so that one row can be measured anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.machine import load, machine, today
from benchmarks.peer import installed
from benchmarks.report import Result
from benchmarks.text import markdown

HERE = Path(__file__).parent
WRITTEN, KEPT = HERE / "RESULTS.md", HERE / "results.json"


@dataclass(frozen=True)
class Record:
    """A row as it was measured."""

    result: Result
    at: str
    machine: str
    load: float
    """The machine's, in the last minute of measuring: of the row's own processes and everybody else's."""


RECORDS = TypeAdapter(dict[str, Record])


def keep(row: str, result: Result, order: Sequence[str]) -> None:
    """Write it down in the place of the row's earlier result."""
    records = RECORDS.validate_json(KEPT.read_bytes()) if KEPT.exists() else {}
    records[row] = Record(result, today(), machine(), round(load(), 1))
    records = {each: records[each] for each in order if each in records}
    KEPT.write_bytes(RECORDS.dump_json(records, indent=1) + b"\n")
    WRITTEN.write_text("\n".join(_lines(records, order)), encoding="utf-8")


def _lines(records: dict[str, Record], order: Sequence[str]) -> list[str]:
    lines = [*HEAD, f"Beside: {', '.join(installed())}.", ""]
    for record in records.values():
        lines += markdown(record.result)
        lines += [f"Measured {record.at} on {record.machine}; load {record.load}.", ""]
    missing = [row for row in order if row not in records]
    if missing:
        lines += [f"Not measured here yet: {', '.join(missing)}.", ""]
    return lines


HEAD = (
    "# Results",
    "",
    "Written by `make bench`; how to read and repeat it is in [README.md](README.md). Each number stands beside its",
    "peer's, measured in the same run, in turn. *Load* is how many processes ran or wanted to: with more of them",
    "than the machine has processors, every time is longer than it need be, and ratios say more than times.",
    "",
)
