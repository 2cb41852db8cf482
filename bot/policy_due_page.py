"""What `policy due` prints: a page for people, and the same as values for `--json`."""

from collections.abc import Sequence
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.policy_due import Due, Json
from bot.policy_pages import grid
from bot.policy_words import hours, length, target_words, wall, wall_before
from cases.calendars import Stretch, StretchKind
from cases.instants import iso

STYLES = {
    StretchKind.COUNTED: "green",
    StretchKind.CLOSED: "dim",
    StretchKind.HOLIDAY: "yellow",
    StretchKind.CLOCK_CHANGE: "cyan",
}


def due_page(due: Due, explained: Sequence[Stretch]) -> RenderableType:
    """When it is due and, where asked for, why."""
    promise = due.promise
    what = [promise.program_name, promise.plan_name, promise.product_name]
    title = Text(" · ".join(what if promise.priority is None else [*what, promise.label]), style="bold")
    facts = grid(
        (
            ("Opened", _both(due.opened_at, due.timezone)),
            ("Allowed", f"{target_words(promise.target, promise.target_seconds)} of support time"),
            ("Hours", hours(promise.calendar) + (" (assumed)" if promise.calendar.assumed else "")),
            ("Due", Text(_both(due.due_at, due.timezone), style="bold")),
        )
    )
    return Group(title, facts, _stretches(due, explained)) if explained else Group(title, facts)


def due_json(due: Due, explained: Sequence[Stretch] | None) -> Json:
    """The same as plain values; lengths in seconds, instants in UTC."""
    promise = due.promise
    page: Json = {
        "program": promise.program,
        "version": promise.version,
        "plan": promise.plan,
        "product": promise.product,
        "priority": promise.priority,
        "opened_at": iso(due.opened_at),
        "timezone": due.timezone,
        "due_at": iso(due.due_at),
        "target": promise.target,
        "target_seconds": promise.target_seconds,
        "hours": hours(promise.calendar),
        "hours_assumed": promise.calendar.assumed is not None,
    }
    if explained is not None:
        page["stretches"] = [
            {
                "kind": s.kind.value,
                "start": iso(s.start),
                "end": iso(s.end),
                "seconds": int((s.end - s.start).total_seconds()),
                "why": s.why,
            }
            for s in explained
        ]
    return page


def _stretches(due: Due, explained: Sequence[Stretch]) -> RenderableType:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_footer=True)
    table.add_column("From", "In all", no_wrap=True)
    table.add_column("To", "", no_wrap=True)
    counted = sum(int((s.end - s.start).total_seconds()) for s in explained if s.kind is StretchKind.COUNTED)
    table.add_column("Counted", length(counted), justify="right", no_wrap=True)
    table.add_column("What", "")
    for stretch in explained:
        jump = stretch.kind is StretchKind.CLOCK_CHANGE
        start = (wall_before if jump else wall)(stretch.start, due.timezone)
        end = (wall if jump else wall_before)(stretch.end, due.timezone)
        seconds = int((stretch.end - stretch.start).total_seconds())
        shown = length(seconds) if stretch.kind is StretchKind.COUNTED else "–"
        table.add_row(start, end, shown, stretch.why, style=STYLES[stretch.kind])
    return table


def _both(instant: datetime, zone: str) -> str:
    return f"{wall(instant, zone)} in {zone} ({iso(instant)})"
