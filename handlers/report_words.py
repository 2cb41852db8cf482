"""A report's own words, shared by its message, its picture, its tables and the terminal."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from cases.outcomes import Cause, MarkKind
from cases.periods import Period, Span
from cases.policy import ClockKind
from cases.report import By, Row
from cases.report_figures import Figures
from handlers.times import exactly, place, short, zone_of

BY = {By.PROGRAMME: "programme, plan and priority", By.ACCOUNT: "account", By.ENGINEER: "engineer"}
LENGTHS = {Period.WEEK: "7 days", Period.MONTH: "month", Period.QUARTER: "three months"}
"""Of what goes up to now."""
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


def of_span(span: Span) -> str:
    """`the 7 days up to 22 Nov 2026`; of whole ones `the week from 16 to 22 Nov 2026`, `November 2026`."""
    zone = zone_of(span.zone)
    first, last = span.since.astimezone(zone), (span.until - timedelta(seconds=1)).astimezone(zone)
    if not span.whole:
        return f"the {LENGTHS[span.period]} up to {last:%-d %b %Y}"
    match span.period:
        case Period.WEEK:
            month = "" if first.month == last.month else f" {first:%b}"
            return f"the week from {first:%-d}{month} to {last:%-d %b %Y}"
        case Period.MONTH:
            return f"{first:%B %Y}"
        case Period.QUARTER:
            return f"quarter {(first.month + 2) // 3} of {first:%Y}"


def between(span: Span) -> str:
    """To the minute: `Mon 16 Nov 2026, 00:00 to Mon 23 Nov 2026, 00:00, New York time`."""
    zone = zone_of(span.zone)
    since, until = (at.astimezone(zone).strftime("%a %-d %b %Y, %H:%M") for at in (span.since, span.until))
    return f"{since} to {until}, {place(span.zone)}"


def before_it(span: Span) -> str:
    """What it is compared with: `the week before`, `the 7 days before`."""
    return f"the {span.period.value if span.whole else LENGTHS[span.period]} before"


def because(row: Row, name: str) -> str:
    """Why it was missed: what came before, or whose it was then, by the name `name`; empty where it was kept."""
    if row.kept:
        return ""
    if row.clock is ClockKind.RESPONSE:
        return CAUSES[row.cause] if row.cause else ""
    return f"{name} had it" if name else "nobody had it"


def besides(now: Figures, before: Figures) -> Iterator[tuple[str, str]]:
    """What else happened, and what it was before in brackets; nothing of what never did."""

    def counted(*kinds: tuple[MarkKind, str]) -> str:
        if not any(figures.count(kind) for figures in (now, before) for kind, _ in kinds):
            return ""
        return ", ".join(f"{now.count(kind):,} {words} ({before.count(kind):,})" for kind, words in kinds)

    lines = {
        "Priorities": counted(
            (MarkKind.RAISED, "raised"), (MarkKind.LOWERED, "lowered"), (MarkKind.WISHED, "as the customer wished")
        ),
        "Customers' 24x7 check-ins": counted((MarkKind.KEPT, "confirmed in time"), (MarkKind.MISSED, "not")),
        "Ratings": _ratings(now, before),
    }
    yield from ((head, said) for head, said in lines.items() if said)


def _ratings(now: Figures, before: Figures) -> str:
    told = [
        f"{figures.stars / number:.1f} of 5 stars, from {number:,}" if (number := figures.count(MarkKind.RATED)) else ""
        for figures in (now, before)
    ]
    return f"{told[0] or 'none'} ({told[1] or 'none'})" if any(told) else ""


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
