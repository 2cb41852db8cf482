"""`caseclock report`: the managers' report in a terminal, as JSON, as CSV, and as a picture."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli_db import DatabaseUrl, fail
from bot.clock import SystemClock
from bot.database_opened import is_missing, opened
from bot.terminal import Terminal
from cases.calendars import CalendarBook
from cases.errors import Refused
from cases.outcomes import MarkKind
from cases.report import By, Group, Report
from cases.report_says import in_json
from cases.reporting import made
from cases.zones import zone
from handlers.report_file import cases_table, figures_table
from handlers.report_words import (
    BY,
    CLOCKS,
    because,
    before_it,
    besides,
    between,
    joined,
    length,
    of_span,
    share,
    took,
)
from handlers.reports import wanted
from handlers.times import wall
from policies.holiday_names import holiday_names

SHOWN = 20
QUOTES = str.maketrans("`\u2068\u2069", "'“”")
"""For what marks code, and somebody's own words, in Slack."""


def report(
    database_url: DatabaseUrl,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[last] [PERIOD] [BY]",
            help="A week, month or quarter, up to now or the last one; by programme, account or engineer.",
            show_default=False,
        ),
    ] = None,
    timezone: Annotated[str, typer.Option(metavar="ZONE", help="Whose days they are.")] = "UTC",
    json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Each promise that was kept or missed, as CSV.")] = False,
    figures: Annotated[bool, typer.Option("--figures", help="The figures of each group, as CSV.")] = False,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="The picture.")] = None,
) -> None:
    """How the promised first answers were kept, up to now or in the last one that is over, as `/case report` tells."""
    if json + csv + figures > 1:
        raise typer.BadParameter("choose one of them", param_hint="--json, --csv, --figures")
    try:
        asked = wanted(" ".join(words or ()))
        span = asked.span(SystemClock().now(), zone(timezone).key)
    except Refused as refusal:
        said = str(refusal).replace("`/case report", "`caseclock report").translate(QUOTES)
        raise typer.BadParameter(said, param_hint="the period or what it is told by") from None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--timezone") from None
    if is_missing(database_url):
        fail(f"There is no database at {database_url}.")
    with opened(database_url) as units:
        found = made(units, CalendarBook(holiday_names), span, asked.by)
    if png is not None:
        _draw(found, png)
    if json:
        sys.stdout.write(in_json(asdict(found)) + "\n")
    elif csv or figures:
        sys.stdout.write(figures_table(found) if figures else cases_table(found))
    elif png is None:
        _print(found)


def _draw(found: Report, png: Path) -> None:
    from handlers.report_chart import chart

    try:
        png.write_bytes(chart(found, of_span(found.span)))
    except OSError as error:
        fail(f"{png} can't be written: {error.strerror}")


def _print(found: Report) -> None:
    terminal = Terminal()
    terminal.print(f"Report: {of_span(found.span)}\n{between(found.span)}\n")
    for line in _totals(found.total, before_it(found.span)):
        terminal.print(line)
    if found.groups:
        terminal.print(_groups(found))
    for row in found.breaches[:SHOWN]:
        why = because(row, row.answered_by)
        missed = f"{CLOCKS[row.clock]} missed {wall(row.decided_at, found.span.zone)}"
        terminal.print(f"C-{row.case} {row.account}, {row.label}: {missed}{why and f'; {why}'}")
    if len(found.breaches) > SHOWN:
        terminal.print(f"… and {len(found.breaches) - SHOWN:,} more: --csv lists them all.")


def _totals(total: Group, before: str) -> Iterator[str]:
    now, then = total.now, share(total.before)
    kept = f"{share(now)} in time, {now.kept:,} kept, {now.missed:,} missed" if now.decided else "none was due"
    yield f"First answers: {kept}; {before} {then}"
    if said := took(now):
        yield f"Of those given, {said}"
    yield from (f"{what}: {said}" for what, said in besides(now, total.before))


def _groups(found: Report) -> Table:
    table = Table(BY[found.by].capitalize(), "In time", "Of", "Before", "Median", "90 %", "Handed back")
    if found.by is By.ENGINEER:
        table.add_column("Has now")
    for column in table.columns[1:]:
        column.justify = "right"
    for group in found.groups:
        table.add_row(*_cells(group), *([f"{group.holds:,}"] if found.by is By.ENGINEER else []))
    return table


def _cells(group: Group) -> tuple[str, ...]:
    now = group.now
    back = now.count(MarkKind.GIVEN_BACK) + now.count(MarkKind.LAPSED)
    times = ("—" if each is None else length(each) for each in (now.median_seconds, now.ninetieth_seconds))
    return (joined(group.names), share(now), f"{now.decided:,}", share(group.before), *times, f"{back:,}")
