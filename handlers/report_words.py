"""A report's own words, shared by its message, its picture, its tables and the terminal."""

from collections.abc import Sequence
from datetime import timedelta

from cases.outcomes import Cause
from cases.periods import Period, Span
from cases.policy import ClockKind
from cases.report import By
from cases.report_figures import Figures
from handlers.times import exactly, short, zone_of

BY = {By.PROGRAMME: "programme, plan and priority", By.ACCOUNT: "account", By.ENGINEER: "engineer"}
LAST = {Period.WEEK: "the last 7 days", Period.MONTH: "the last month", Period.QUARTER: "the last three months"}
CAUSES = {
    Cause.NOBODY: "nobody had taken it",
    Cause.GIVEN_BACK: "it was given back",
    Cause.LAPSED: "its engineer was silent, so it went back to the queue",
    Cause.RAISED: "its priority was raised",
    Cause.ASSIGNED: "it waited for its dedicated engineer",
}
CLOCKS = {
    ClockKind.RESPONSE: "first answer",
    ClockKind.NEXT_RESPONSE: "next answer",
    ClockKind.UPDATE: "update",
    ClockKind.SOLUTION: "solution",
}


def of_span(span: Span, *, whole: bool) -> str:
    """`the last 7 days`; of whole ones `the week from 16 to 22 Nov 2026`, `November 2026`."""
    if not whole:
        return LAST[span.period]
    zone = zone_of(span.zone)
    first, last = span.since.astimezone(zone), (span.until - timedelta(seconds=1)).astimezone(zone)
    match span.period:
        case Period.WEEK:
            month = "" if first.month == last.month else f" {first:%b}"
            return f"the week from {first:%-d}{month} to {last:%-d %b %Y}"
        case Period.MONTH:
            return f"{first:%B %Y}"
        case Period.QUARTER:
            return f"quarter {(first.month + 2) // 3} of {first:%Y}"


def before_it(span: Span) -> str:
    """What it is compared with: `the week before`."""
    return "the three months before" if span.period is Period.QUARTER else f"the {span.period} before"


def share(figures: Figures) -> str:
    """`92 %`; `—` where nothing was decided."""
    return "—" if figures.percent is None else f"{figures.percent} %"


def trend(now: Figures, before: Figures) -> str:
    """`▲ 4 points from 88 %`; empty where there is nothing to compare."""
    if now.percent is None or before.percent is None:
        return ""
    points = now.percent - before.percent
    if not points:
        return f"as before ({share(before)})"
    return (
        f"{'▲' if points > 0 else '▼'} {abs(points)} {'point' if abs(points) == 1 else 'points'} from {share(before)}"
    )


def took(figures: Figures) -> str:
    """`half of them within 12 min, nine of ten within 55 min`; empty where nobody answered."""
    if figures.median_seconds is None or figures.ninetieth_seconds is None:
        return ""
    return f"half within {length(figures.median_seconds)}, nine of ten within {length(figures.ninetieth_seconds)}"


def length(seconds: int) -> str:
    """At a glance; less than a minute to the second."""
    return exactly(seconds) if seconds < 60 else short(seconds)


def joined(names: Sequence[str]) -> str:
    """`Okta · Premier · Priority 1`; `of no known programme` where the history is too old to say."""
    return " · ".join(name for name in names if name) or "of no known programme"
