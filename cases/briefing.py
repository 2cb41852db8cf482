"""A programme's briefing as its support day begins: what is open, due today, unconfirmed, and waits longest."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.case import Case
from cases.overview import Standing, supports_turn, unconfirmed, waiting

SHOWN = 5
"""Cases that each part names."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a list says of a case beside how it stands."""

    label: str
    priority: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One case."""

    number: int
    title: str
    account: str
    label: str
    at: datetime
    """What it stands there for: its deadline, or when it was opened."""
    assignee: str
    """Slack user id, or name; "": nobody has it."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """How a programme stands."""

    program: str
    """Its name."""
    zone: str
    day: datetime
    """When it begins."""
    made_at: datetime
    by_priority: tuple[tuple[str, int], ...]
    open: int
    waiting: int
    """Of those, on their customers."""
    due: int
    """Deadlines before midnight, those that are over included."""
    due_first: tuple[Item, ...]
    unconfirmed: int
    """24x7 promises whose latest check-in has no answer."""
    unconfirmed_first: tuple[Item, ...]
    longest: tuple[Item, ...]
    """Of those that support moves on: opened first."""


def briefing(
    program: str,
    standings: Sequence[Standing],
    labels: Mapping[int, Labelled],
    several: Callable[[Sequence[int]], Mapping[int, Case]],
    day: datetime,
    now: datetime,
    zone: str,
) -> Briefing | None:
    """None: nothing is open. `labels`: of this program's cases alone; `several` reads the few that are named."""
    mine = [each for each in standings if each.number in labels]
    if not mine:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    due = sorted((each for each in mine if _is_due(each, midnight)), key=lambda each: (each.deadline_at, each.number))
    silent = unconfirmed(mine)
    longest = sorted(supports_turn(mine), key=lambda each: (labels[each.number].opened_at, each.number))[:SHOWN]
    cases = several([each.number for each in (*due[:SHOWN], *silent[:SHOWN], *longest)])
    counted = Counter((labels[each.number].priority or 0, labels[each.number].label) for each in mine)

    def items(listed: Sequence[Standing], at: Callable[[Standing], datetime]) -> tuple[Item, ...]:
        found = ((cases[each.number], each) for each in listed[:SHOWN] if each.number in cases)
        return tuple(_item(case, labels[each.number].label, at(each)) for case, each in found)

    return Briefing(
        program=program,
        zone=zone,
        day=day,
        made_at=now,
        by_priority=tuple((label, amount) for (_, label), amount in sorted(counted.items())),
        open=len(mine),
        waiting=len(waiting(mine)),
        due=len(due),
        due_first=items(due, lambda each: each.deadline_at),
        unconfirmed=len(silent),
        unconfirmed_first=items(silent, lambda each: labels[each.number].opened_at),
        longest=items(longest, lambda each: labels[each.number].opened_at),
    )


def _is_due(standing: Standing, midnight: datetime) -> bool:
    return bool(standing.waits_for_response or standing.running) and standing.deadline_at < midnight


def _item(case: Case, label: str, at: datetime) -> Item:
    return Item(case.number, case.title, case.account_name, label, at, case.assignee.user if case.assignee else "")


def with_names(told: Briefing, names: Callable[[str], str]) -> Briefing:
    """Where people stand by Slack user id, what they go by, if somebody knows."""

    def named(items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(replace(each, assignee=names(each.assignee) or each.assignee) for each in items)

    return replace(
        told,
        due_first=named(told.due_first),
        unconfirmed_first=named(told.unconfirmed_first),
        longest=named(told.longest),
    )
