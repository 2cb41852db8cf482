"""`caseclock report`: the managers' report in a terminal, as JSON, as CSV, and as a picture."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli_db import DatabaseUrl, fail
from bot.clock import SystemClock
from bot.database_opened import opened
from bot.terminal import Terminal
from cases.calendars import CalendarBook
from cases.errors import Refused
from cases.outcomes import MarkKind
from cases.periods import Span, up_to
from cases.report import Group, Report
from cases.report_figures import Figures
from cases.report_says import in_json
from cases.reporting import made
from cases.zones import zone
from handlers.report_file import cases_table, figures_table
from handlers.report_words import BY, CAUSES, CLOCKS, before_it, joined, length, of_span, share
from handlers.reports import wanted
from policies.holiday_names import holiday_names

SHOWN = 20


def report(
    database_url: DatabaseUrl,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[week|month|quarter] [programme|account|engineer]", show_default=False),
    ] = None,
    timezone: Annotated[str, typer.Option(metavar="ZONE", help="Whose days they are.")] = "UTC",
    json: Annotated[bool, typer.Option("--json", help="All of it as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Each promise that was kept or missed, as CSV.")] = False,
    figures: Annotated[bool, typer.Option("--figures", help="The figures of each group, as CSV.")] = False,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="The picture.")] = None,
) -> None:
    """How the promised first answers were kept, up to now: what `/case report` tells managers."""
    if json + csv + figures > 1:
        raise typer.BadParameter("choose one of them", param_hint="--json, --csv, --figures")
    try:
        period, by = wanted(" ".join(words or ()))
        span = up_to(SystemClock().now(), period, zone(timezone).key)
    except Refused as refusal:
        fail(str(refusal).replace("`/case report", "`caseclock report").replace("`", "'"))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--timezone") from None
    with opened(database_url) as units:
        found = made(units, CalendarBook(holiday_names), span, by)
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
        png.write_bytes(chart(found, of_span(found.span, whole=False)))
    except OSError as error:
        fail(f"{png} can't be written: {error.strerror}")


def _print(found: Report) -> None:
    terminal, total = Terminal(), found.total.now
    terminal.print(f"Report: {of_span(found.span, whole=False)}, {_between(found.span)}")
    terminal.print(f"First answers: {share(total)} in time, {total.kept:,} kept, {total.missed:,} missed; ", end="")
    terminal.print(f"{before_it(found.span)} {share(found.total.before)}\n")
    if found.groups:
        terminal.print(_groups(found))
    for row in found.breaches[:SHOWN]:
        why = f": {CAUSES[row.cause]}" if row.cause else ""
        terminal.print(
            f"C-{row.case} {row.account}, {row.label}: {CLOCKS[row.clock]} missed {_at(row.decided_at)}{why}"
        )
    if len(found.breaches) > SHOWN:
        terminal.print(f"… and {len(found.breaches) - SHOWN:,} more: --csv lists them all.")


def _groups(found: Report) -> Table:
    table = Table(BY[found.by].capitalize(), "In time", "Of", "Before", "Median", "90 %", "Handed back")
    for column in table.columns[1:]:
        column.justify = "right"
    for group in found.groups:
        table.add_row(*_cells(group))
    return table


def _cells(group: Group) -> tuple[str, ...]:
    now = group.now
    back = now.count(MarkKind.GIVEN_BACK) + now.count(MarkKind.LAPSED)
    return (joined(group.names), share(now), f"{now.decided:,}", share(group.before), *_took(now), f"{back:,}")


def _took(figures: Figures) -> tuple[str, str]:
    took = (figures.median_seconds, figures.ninetieth_seconds)
    median, ninetieth = ("—" if each is None else length(each) for each in took)
    return median, ninetieth


def _between(span: Span) -> str:
    return f"{_at(span.since)} to {_at(span.until)}"


def _at(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%-d %b %H:%M} UTC"
