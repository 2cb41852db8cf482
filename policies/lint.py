"""What a policy file may say correctly and still not mean: promises that could not be kept as written."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise

from cases.calendars import CalendarBook, CalendarExhausted
from cases.hours import CalendarSpec, Duration, Window
from cases.policy import Plan, Program, Target
from policies.holiday_names import holiday_names
from policies.lint_add_ons import lint_add_ons
from policies.lint_products import lint_product
from policies.lint_solutions import lint_solutions
from policies.targets import lengths

MINUTES_A_WEEK = 7 * 24 * 60
ANY_MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
"""A target's length is tried from here; weeks repeat, so any other day would do."""

BOOK = CalendarBook(holiday_names)

Finding = tuple[str, str]
"""A field's path, and what was expected."""


def lint(program: Program, removed: Collection[str] = ()) -> Iterator[Finding]:
    """Everything wrong with a well-formed program.

    `removed` are paths, such as `calendars.business`, that are left out here because they have problems of their
    own: what only follows from their absence is not said again.
    """
    for id, calendar in program.calendars.items():
        yield from _calendar(f"calendars.{id}", calendar)
    for plan in program.plans.values():
        yield from _targets(program, plan, removed)
        yield from _coverage(program, plan, removed)
        yield from _commitment(plan, removed)
        yield from _team(plan)
        yield from lint_add_ons(program, plan, removed)
    yield from _ladder(program)
    yield from lint_solutions(program, removed)
    for product in program.products.values():
        if not any(path.startswith(f"products.{product.id}.") for path in removed):
            yield from lint_product(product)


def _calendar(field: str, calendar: CalendarSpec) -> Iterator[Finding]:
    if _overlap(calendar.windows):
        yield f"{field}.hours", "two of its windows overlap, so that their time would count twice in 1d"
    if not calendar.always and _seconds_held(calendar, 1) is not None:
        yield field, "never opens: every day is closed"


def _overlap(windows: tuple[Window, ...]) -> bool:
    spans = sorted((w.day * 1440 + w.opens, w.day * 1440 + w.closes) for w in windows)
    following = [*spans[1:], (spans[0][0] + MINUTES_A_WEEK, 0)] if spans else []
    return any(closes > opens for (_, closes), (opens, _) in zip(spans, following, strict=True))


def _seconds_held(calendar: CalendarSpec, seconds: int) -> str | None:
    """None if the calendar can hold so much; else why not. The account's zone is not known: any will do."""
    try:
        BOOK(calendar.placed("UTC")).add(ANY_MONDAY, seconds)
    except CalendarExhausted as error:
        return str(error)
    return None


def _targets(program: Program, plan: Plan, removed: Collection[str]) -> Iterator[Finding]:
    for number, target in plan.targets.items():
        field = f"plans.{plan.id}.targets.{number or 'any'}"
        calendar = program.calendars.get(target.calendar)
        if calendar is None:
            if f"calendars.{target.calendar}" not in removed:
                known = ", ".join(program.calendars)
                yield f"{field}.calendar", f"expected one of the calendars ({known}), found {target.calendar!r}"
            continue
        for name, length in lengths(target):
            try:
                seconds = length.seconds(calendar)
            except ValueError as error:
                yield f"{field}.{name}", str(error)
                continue
            if (why := _seconds_held(calendar, seconds)) is not None:
                yield f"{field}.{name}", f"is longer than its calendar can hold: {why}"
            within = _length(program, target, target.within)
            if name == "solution" and within and seconds <= within:
                yield f"{field}.{name}", f"expected more than {target.within}, the time to the first answer"


def crowded_rungs(program: Program) -> Iterator[Finding]:
    """Targets so short that two rungs fall in one minute. The promise can be kept all the same: the lower rung stays
    quiet, as `cases.promise.rung_times` has it. So it is for `policy check` to say, and doesn't stop a start.
    """
    shares = sorted({rung.share for rung in program.ladder.rungs if rung.share <= 100})
    for plan in program.plans.values():
        for number, target in plan.targets.items():
            for name, length in lengths(target):
                seconds = _length(program, target, length)
                for lower, higher in pairwise(shares):
                    if seconds and seconds * higher // 100 - seconds * lower // 100 < 60:
                        field = f"plans.{plan.id}.targets.{number or 'any'}.{name}"
                        yield field, f"is so short that the rungs at {lower} and {higher} fall in the same minute"


def _length(program: Program, target: Target, length: Duration) -> int | None:
    """In seconds; None where that can't be told, which is a finding of its own."""
    calendar = program.calendars.get(target.calendar)
    with suppress(ValueError):
        return length.seconds(calendar) if calendar else None
    return None


def _coverage(program: Program, plan: Plan, removed: Collection[str]) -> Iterator[Finding]:
    field = f"plans.{plan.id}.targets"
    needed: set[int | None] = {p.number for product in program.products.values() for p in product.priorities}
    if any(product.kinds for product in program.products.values()):
        needed.add(None)
    for number in sorted(needed - set(plan.targets), key=str):
        if f"{field}.{number or 'any'}" not in removed:
            what = f"priority {number}" if number else "requests of any kind"
            yield f"{field}.{number or 'any'}", f"is missing: the plan says no target for {what}"
    if any(path.startswith("products.") for path in removed):
        return
    for number in sorted(set(plan.targets) - needed, key=str):
        yield f"{field}.{number or 'any'}", "no product knows such a priority"


def _commitment(plan: Plan, removed: Collection[str]) -> Iterator[Finding]:
    promised = plan.commitment.priorities if plan.commitment else frozenset()
    for number in sorted(promised - {key for key in plan.targets if key}):
        if f"plans.{plan.id}.targets.{number}" not in removed:
            yield f"plans.{plan.id}.commitment.priorities", f"the plan has no target for priority {number}"


def _team(plan: Plan) -> Iterator[Finding]:
    for index, region in enumerate(plan.team):
        if _overlap(region.hours.windows):
            yield f"plans.{plan.id}.team.regions.{index}.hours", "two of its windows overlap: when does its day begin?"


def _ladder(program: Program) -> Iterator[Finding]:
    shares = [rung.share for rung in program.ladder.rungs]
    for index, share in enumerate(shares):
        field = f"ladder.rungs.{index}.at"
        if share > 100 or (share == 100 and index < len(shares) - 1):
            yield field, f"a rung at {share} is at or after its own deadline: only the last one, the breach, is at 100"
        if index and share <= shares[index - 1] < 100:
            yield field, f"expected more than {shares[index - 1]}: rungs rise, and no two fall in the same minute"
    if not shares or shares[-1] < 100:
        yield "ladder.rungs", "expected the last rung at 100, the breach"
