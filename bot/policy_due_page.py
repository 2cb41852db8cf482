"""What `policy due` prints: a page for people, and the same as values for `--json`."""

from collections.abc import Sequence
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.policy_due import Due, Json
from bot.policy_pages import grid
from bot.policy_words import clock_words, hours, length, target_words, wall, wall_before
from cases.calendars import Stretch, StretchKind
from cases.instants import iso
from cases.policy import ClockKind
from cases.promise import ClockRule

STYLES = {
    StretchKind.COUNTED: "green",
    StretchKind.CLOSED: "dim",
    StretchKind.HOLIDAY: "yellow",
    StretchKind.WAITED: "dim",
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
            *(("And", _clock(due, rule)) for rule in promise.clocks),
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
    if promise.clocks:
        page["clocks"] = [_clock_json(due, rule) for rule in promise.clocks]
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


def _clock(due: Due, rule: ClockRule) -> str:
    words = clock_words(rule.kind, rule.target, rule.seconds, rule.pauses)
    at = _solution_due(due, rule)
    return f"{words}; due {_both(at, due.timezone)}" if at else words


def _clock_json(due: Due, rule: ClockRule) -> Json:
    at = _solution_due(due, rule)
    page: Json = {"kind": rule.kind.value, "target": rule.target, "target_seconds": rule.seconds}
    return {**page, "paused_by_waiting": rule.pauses, "due_at": iso(at) if at else None}


def _solution_due(due: Due, rule: ClockRule) -> datetime | None:
    """Of the one clock that begins with the case; None: it is another, which begins with what people write."""
    return due.calendar.add(due.opened_at, rule.seconds) if rule.kind is ClockKind.SOLUTION else None


def _both(instant: datetime, zone: str) -> str:
    return f"{wall(instant, zone)} in {zone} ({iso(instant)})"
