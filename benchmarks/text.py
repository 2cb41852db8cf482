"""Results as text: in a terminal, and as the Markdown of RESULTS.md."""

import io
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.report import Goal, Result

WIDTH = 180


def table(result: Result) -> str:
    """For a terminal."""
    drawn = Table(title=result.title, title_justify="left")
    for number, heading in enumerate(result.headings):
        drawn.add_column(heading, justify="right" if number else "left")
    for line in result.lines:
        drawn.add_row(*line)
    console = Console(file=io.StringIO(), width=WIDTH)
    console.print(drawn)
    assert isinstance(console.file, io.StringIO)  # noqa: S101 - it was given
    return "\n".join([console.file.getvalue(), *map(_goal, result.goals), *(f"· {note}" for note in result.notes)])


def markdown(result: Result) -> Iterator[str]:
    """Lines of a section."""
    yield from (f"## {result.title}", "")
    yield _row(result.headings)
    yield "|" + "|".join("---" if not number else "---:" for number, _ in enumerate(result.headings)) + "|"
    yield from map(_row, result.lines)
    yield ""
    yield from (f"- {_goal(goal)}" for goal in result.goals)
    yield from (f"- {note}" for note in result.notes)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _goal(goal: Goal) -> str:
    said = f"{'Reached' if goal.reached else '**Not reached**'}: {goal.wanted} — {goal.seen}."
    return said if goal.reached or not goal.why else f"{said} {goal.why}"
