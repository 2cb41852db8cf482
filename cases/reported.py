"""A report made from histories: the figures of a span and of the one before it, in the groups asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cases.calendars import Calendar
from cases.facts import Promised
from cases.hours import CalendarSpec
from cases.outcomes import Happened, Mark, MarkKind, Response, Timeline
from cases.people import Person
from cases.periods import Period, Span
from cases.policy import ClockKind
from cases.report import By, Group, Report, Row, Step
from cases.report_figures import figures, seconds_taken
from cases.timelines import by_case, timeline

Calendars = Callable[[CalendarSpec], Calendar]
BY_ENGINEER = frozenset({MarkKind.CLAIMED, MarkKind.GIVEN_BACK, MarkKind.LAPSED, MarkKind.SOLVED})


@dataclass(slots=True)
class _Seen:
    """What the timelines hold, read to one instant."""

    responses: list[Response] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    holders: list[Person] = field(default_factory=list)

    def add(self, read: Timeline) -> None:
        self.responses += read.responses
        self.marks += read.marks
        self.holders += [read.holder] if read.holder else []


def reported(
    lines: Sequence[Happened],
    accounts: Mapping[int, str],
    calendars: Calendars,
    span: Span,
    by: By,
) -> Report:
    """`lines` are of all cases that something happened to since `span.before`, in the order of the cases and then as
    they were written, from each case's first line on. `accounts`: names by id."""
    now, before = _Seen(), _Seen()
    for of_case in by_case(lines):
        now.add(timeline(of_case, span.until))
        before.add(timeline(of_case, span.since))
    count = _Counting(calendars, span, now, before)
    engineers = count.engineers()
    if by is By.ENGINEER:
        groups = engineers
    elif by is By.ACCOUNT:
        groups = count.groups(lambda account, _: (accounts.get(account, f"account {account}"),))
    else:
        groups = count.groups(_programme)
    return Report(
        span=span,
        by=by,
        total=count.total(),
        groups=groups,
        engineers=engineers,
        rows=tuple(sorted(_rows(now, accounts, calendars, span), key=lambda row: (row.decided_at, row.case))),
        steps=tuple(_steps(now, span)),
    )


Key = Callable[[int, Promised | None], tuple[str, ...]]


class _Counting:
    def __init__(self, calendars: Calendars, span: Span, now: _Seen, before: _Seen) -> None:
        self._calendars, self._span, self._now, self._before = calendars, span, now, before

    def total(self) -> Group:
        return self._group((), self._now, self._before)

    def groups(self, key: Key) -> tuple[Group, ...]:
        now, before = _split(self._now, key), _split(self._before, key)
        found = [self._group(names, now[names], before[names]) for names in sorted({*now, *before})]
        return tuple(sorted(filter(_has_something, found), key=_worst_first))

    def engineers(self) -> tuple[Group, ...]:
        now, before = _of_people(self._now), _of_people(self._before)
        names = _names(self._before) | _names(self._now)
        found = [
            replace(
                self._group((names.get(user) or user,), now[user], before[user]),
                user=user,
                holds=len(now[user].holders),
            )
            for user in sorted({*now, *before})
        ]
        told = (each for each in found if _has_something(each) or each.holds)
        return tuple(sorted(told, key=lambda each: (-each.now.answers, -each.holds, each.names)))

    def _group(self, names: tuple[str, ...], now: _Seen, before: _Seen) -> Group:
        span = self._span
        return Group(
            names,
            figures(now.responses, now.marks, span.since, span.until, self._calendars),
            figures(before.responses, before.marks, span.before, span.since, self._calendars),
        )


def _programme(_account: int, promised: Promised | None) -> tuple[str, ...]:
    return (promised.program_name, promised.plan_name, promised.label) if promised else ("", "", "")


def _split(seen: _Seen, key: Key) -> defaultdict[tuple[str, ...], _Seen]:
    parts: defaultdict[tuple[str, ...], _Seen] = defaultdict(_Seen)
    for response in seen.responses:
        parts[key(response.account, response.promised)].responses.append(response)
    for mark in seen.marks:
        if mark.promised is not None:
            parts[key(mark.account, mark.promised)].marks.append(mark)
    return parts


def _of_people(seen: _Seen) -> defaultdict[str, _Seen]:
    """Answers with who gave them, an answer that was missed and never given with nobody."""
    parts: defaultdict[str, _Seen] = defaultdict(_Seen)
    for response in seen.responses:
        if response.answered_by is not None:
            parts[response.answered_by.user].responses.append(response)
    for mark in seen.marks:
        if mark.who is not None and mark.kind in BY_ENGINEER:
            parts[mark.who.user].marks.append(mark)
    for holder in seen.holders:
        parts[holder.user].holders.append(holder)
    return parts


def _names(seen: _Seen) -> dict[str, str]:
    answered = (each.answered_by for each in seen.responses)
    people = (*answered, *(mark.who for mark in seen.marks), *seen.holders)
    return {person.user: person.name for person in people if person is not None and person.name}


def _has_something(group: Group) -> bool:
    return any(each.decided or each.answers or each.counts for each in (group.now, group.before))


def _worst_first(group: Group) -> tuple[float, int, tuple[str, ...]]:
    now = group.now
    return (now.kept / now.decided if now.decided else 2, -now.decided, group.names)


def _rows(seen: _Seen, accounts: Mapping[int, str], calendars: Calendars, span: Span) -> Iterator[Row]:
    for each in seen.responses:
        if each.decided_at is not None and span.since <= each.decided_at < span.until:
            yield _row(each, each.decided_at, accounts, calendars)
    for mark in seen.marks:
        if mark.clock is not None and span.since <= mark.at < span.until:
            yield _missed(mark, mark.clock, accounts)


def _row(response: Response, decided_at: datetime, accounts: Mapping[int, str], calendars: Calendars) -> Row:
    promised, by = response.promised, response.answered_by
    return Row(
        case=response.case,
        account=accounts.get(response.account, ""),
        program=promised.program_name,
        plan=promised.plan_name,
        label=promised.label,
        target=promised.target,
        clock=ClockKind.RESPONSE,
        kept=response.missed_at is None,
        decided_at=decided_at,
        started_at=promised.started_at,
        due_at=promised.due_at,
        answered_at=response.answered_at,
        answered_by=(by.name or by.user) if by else "",
        user=by.user if by else "",
        seconds=seconds_taken(response, calendars),
        cause=response.cause if response.missed_at else None,
    )


def _missed(mark: Mark, clock: ClockKind, accounts: Mapping[int, str]) -> Row:
    program, plan, label = _programme(mark.account, mark.promised)
    who = mark.who
    nothing = (None, None, None)
    account, name, user = accounts.get(mark.account, ""), (who.name or who.user) if who else "", who.user if who else ""
    return Row(mark.case, account, program, plan, label, "", clock, False, mark.at, *nothing, name, user, None, None)


def _steps(seen: _Seen, span: Span) -> Iterator[Step]:
    starts = list(_starts(span))
    decided = [each for each in seen.responses if each.decided_at and span.since <= each.decided_at < span.until]
    for start, end in zip(starts, (*starts[1:], span.until), strict=True):
        within = [each for each in decided if each.decided_at and start <= each.decided_at < end]
        missed = sum(each.missed_at is not None for each in within)
        yield Step(start, len(within) - missed, missed)


def _starts(span: Span) -> Iterable[datetime]:
    """By the wall clock, so that a day on which clocks change is one day."""
    step = timedelta(days=1) if span.period is Period.WEEK else timedelta(weeks=1)
    zone, since = ZoneInfo(span.zone), span.since
    local = since.astimezone(zone).replace(tzinfo=None)
    while since < span.until:
        yield since
        local += step
        since = local.replace(tzinfo=zone).astimezone(span.since.tzinfo)
