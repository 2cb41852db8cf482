"""What stands in a report's thread: its picture, and its figures and promises as tables for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from cases.instants import iso
from cases.messages import Attachment, Drawn
from cases.outcomes import MarkKind
from cases.policy import ClockKind
from cases.report import Group, Report, Row
from cases.report_figures import Figures
from cases.says import Body
from handlers.bodies import text_of
from handlers.report_message import REPORT
from handlers.report_words import CLOCKS, because, of_span
from handlers.review_file import cell

GROUPED = ("Table", "Program or name", "Plan", "Priority")
FIGURES = (
    "In time",
    "Missed",
    "Attainment (%)",
    "First answers",
    "Median (support seconds)",
    "90th percentile (support seconds)",
    *(kind.value.replace("-", " ").capitalize() for kind in MarkKind),
    "Stars together",
)
CASES = (
    "Case",
    "Account",
    "Program",
    "Plan",
    "Priority",
    "Clock",
    "Target",
    "In time",
    "Kept or missed (UTC)",
    "Started (UTC)",
    "Due (UTC)",
    "Answered (UTC)",
    "Answered by",
    "Support seconds",
    "Cause",
)


def report_file(body: Body) -> Drawn:
    """`body` as listed at `SayKind.REPORT_FILE`; a table has the same bytes however often it is drawn."""
    report, part = REPORT.validate_json(text_of(body, "report")), text_of(body, "part")
    name, about = f"report-{report.span.until:%Y-%m-%d}", of_span(report.span)
    if part == "chart":
        # Only here: it takes time and memory that a bot without reports doesn't need.
        from handlers.report_chart import chart

        return _file(f"{name}.png", f"Report: {about}", chart(report, about))
    table = figures_table(report) if part == "figures" else cases_table(report)
    # The mark in front makes spreadsheets read it as UTF-8.
    return _file(f"{name}-{part}.csv", f"Report, {part}: {about}", table.encode("utf-8-sig", "replace"))


def figures_table(report: Report) -> str:
    """A line for each group and each engineer, as CSV."""
    return _table((*GROUPED, *FIGURES, *(f"{name}, before" for name in FIGURES), "Has now"), _grouped(report))


def cases_table(report: Report) -> str:
    """A line for each promise that was kept or missed, as CSV."""
    return _table(CASES, (list(_case(row)) for row in report.rows))


def _grouped(report: Report) -> Iterator[list[str]]:
    tables: dict[str, Sequence[Group]] = {"all": (report.total,), report.by.value: report.groups}
    for table, groups in (tables | {"engineer": report.engineers}).items():
        for group in groups:
            names = (*group.names, "", "", "")[:3]
            before = _values(group.before)
            yield [table, *map(cell, names), *_values(group.now), *before, str(group.holds) if group.user else ""]


def _values(figures: Figures) -> Iterable[str]:
    took = (figures.median_seconds, figures.ninetieth_seconds)
    numbers = (figures.kept, figures.missed, figures.percent, figures.answers, *took)
    counted = (*(figures.count(kind) for kind in MarkKind), figures.stars)
    return ["" if each is None else str(each) for each in (*numbers, *counted)]


def _case(row: Row) -> Iterator[str]:
    yield f"C-{row.case}"
    yield from map(cell, (row.account, row.program, row.plan, row.label))
    yield CLOCKS[row.clock]
    yield cell(row.target)
    yield "yes" if row.kept else "no"
    for at in (row.decided_at, row.started_at, row.due_at, row.answered_at):
        yield iso(at) if at else ""
    yield cell(row.answered_by) if row.clock is ClockKind.RESPONSE else ""
    yield "" if row.seconds is None else str(row.seconds)
    yield cell(because(row, row.answered_by))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    written = StringIO(newline="")
    table = csv.writer(written)
    table.writerow(header)
    table.writerows(rows)
    return written.getvalue()


def _file(name: str, title: str, content: bytes) -> Drawn:
    return Drawn(title, (), Attachment(name, title, content))
