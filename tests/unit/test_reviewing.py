"""What a ticket review counts, against counting by hand over any cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import State
from cases.hours import CalendarSpec
from cases.reviewing import Record, Ticket, listed, needed_since, reviewed
from tests.builders import ALWAYS, NOON, OFFICE, calendar

DAYS = 90
LABELS = {1: "Severity 1 (Urgent)", 2: "Severity 2 (High)", None: "A question"}


def ticket(number: int = 1, ago: float = 1, *, answered: float | None = None, **more: object) -> Ticket:
    """Opened `ago` days before noon, due an hour later, answered so many minutes after it was opened."""
    opened = NOON - timedelta(days=ago)
    plain = Ticket(
        number=number,
        title=f"Case {number}",
        label=LABELS[2],
        priority=2,
        state=State.OPEN if answered is None else State.CLAIMED,
        opened_at=opened,
        started_at=opened,
        due_at=opened + timedelta(hours=1),
        responded_at=None if answered is None else opened + timedelta(minutes=answered),
        breached=False,
        calendar=ALWAYS,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def record(*tickets: Ticket, now: datetime = NOON) -> Record:
    return reviewed(tickets, calendar, DAYS, now).record


def test_an_answer_on_the_very_second_is_in_time_and_one_later_is_late() -> None:
    assert record(ticket(answered=60)) == Record(1, in_time=1, late=0, to_come=0, median_seconds=3600)
    assert record(ticket(answered=60.5)) == Record(1, in_time=0, late=1, to_come=0, median_seconds=3630)


def test_without_an_answer_a_case_is_late_from_its_deadline_on_and_until_then_to_come() -> None:
    fresh = ticket(ago=0.5 / 24)
    assert record(fresh).to_come == 1
    assert record(fresh, now=fresh.due_at).late == 1
    assert record(replace(fresh, state=State.CLOSED), now=fresh.due_at).to_come == 1, "its customer closed it"


def test_a_breach_stays_on_record_whatever_came_after() -> None:
    assert record(ticket(answered=5, breached=True)).late == 1


def test_times_to_an_answer_are_support_time() -> None:
    """Friday 17:30 to Monday 09:30 in an office from 9 to 18: an hour."""
    friday = datetime(2026, 2, 27, 17, 30, tzinfo=UTC)
    over_the_weekend = ticket(
        opened_at=friday,
        started_at=friday,
        due_at=friday + timedelta(days=9),
        responded_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        state=State.CLAIMED,
        calendar=OFFICE,
    )
    assert record(over_the_weekend).median_seconds == 3600
    quick, slow = ticket(2, answered=10), ticket(3, answered=41)
    assert record(over_the_weekend, quick, slow).median_seconds == 41 * 60
    assert record(quick, slow).median_seconds == int(25.5 * 60)


def test_the_span_begins_after_its_start_and_the_one_before_ends_there() -> None:
    review = reviewed([ticket(1, ago=DAYS), ticket(2, ago=DAYS - 0.001), ticket(3, ago=2 * DAYS)], calendar, DAYS, NOON)
    assert (review.record.opened, review.before.opened) == (1, 1)


def test_what_is_open_is_listed_oldest_first_whenever_it_was_opened() -> None:
    old, done, offered = ticket(7, ago=400), ticket(8, state=State.CLOSED), ticket(9, ago=3, state=State.OFFERED)
    review = reviewed([offered, done, old], calendar, DAYS, NOON)
    assert ([each.number for each in review.oldest], review.still_open) == ([7, 9], 2)
    assert [each.number for each in listed([offered, done, old, ticket(10, ago=200, state=State.CLOSED)], review)] == [
        7,
        8,
        9,
    ]


INSTANTS = st.integers(-int(timedelta(days=200).total_seconds()), 3600).map(lambda s: NOON + timedelta(seconds=s))
MINUTES = st.one_of(st.none(), st.integers(0, 3 * 24 * 60))
TICKETS = st.lists(
    st.builds(
        lambda opened, within, answer, state, priority, breached, hours, solution, stars: Ticket(
            number=0,
            title="",
            label=LABELS[priority],
            priority=priority,
            state=state,
            opened_at=opened,
            started_at=opened,
            due_at=opened + timedelta(minutes=within),
            responded_at=None if answer is None else opened + timedelta(minutes=answer),
            breached=breached,
            calendar=hours,
            solution=solution,
            stars=stars,
        ),
        INSTANTS,
        st.integers(1, 3000),
        MINUTES,
        st.sampled_from(State),
        st.sampled_from([1, 2, None]),
        st.booleans(),
        st.sampled_from([ALWAYS, OFFICE]),
        st.sampled_from(["", "A workaround", "It is fixed"]),
        st.one_of(st.none(), st.integers(1, 5)),
    ),
    max_size=25,
).map(lambda found: [replace(each, number=number) for number, each in enumerate(found, 1)])


def minutes_open(spec: CalendarSpec, start: datetime, end: datetime) -> int:
    """Counted minute by minute."""
    if spec.always:
        return int((end - start).total_seconds()) // 60
    count, at = 0, start
    while at < end:
        count += at.weekday() < 5 and 9 <= at.hour < 18
        at += timedelta(minutes=1)
    return count


def by_hand(tickets: Sequence[Ticket], after: datetime, until: datetime) -> tuple[int, int, int, int, float | None]:
    """Opened, in time, late, to come; and the minutes of the middle answer."""
    opened = in_time = late = to_come = 0
    took = []
    for each in tickets:
        if not after < each.opened_at <= until:
            continue
        opened += 1
        if each.responded_at is not None:
            took.append(minutes_open(each.calendar, each.opened_at, each.responded_at))
        missed = each.breached or (each.responded_at is not None and each.responded_at > each.due_at)
        nobody = each.responded_at is None and each.state is State.OPEN and each.due_at <= NOON
        if missed or nobody:
            late += 1
        elif each.responded_at is not None:
            in_time += 1
        else:
            to_come += 1
    took.sort()
    middle = len(took) // 2
    median = None if not took else took[middle] if len(took) % 2 else (took[middle - 1] + took[middle]) / 2
    return opened, in_time, late, to_come, median


@settings(max_examples=60)
@given(TICKETS, st.sampled_from([1, 7, 30, 90]))
def test_every_figure_is_what_counting_by_hand_comes_to(tickets: list[Ticket], days: int) -> None:
    # Minutes are whole here, so that they can be counted.
    tickets = [replace(each, opened_at=(at := each.opened_at.replace(second=0)), started_at=at) for each in tickets]
    tickets = [_moved(each) for each in tickets]
    review, since = reviewed(tickets, calendar, days, NOON), NOON - timedelta(days=days)
    for found, (after, until) in {
        review.record: (since, NOON),
        review.before: (needed_since(days, NOON), since),
    }.items():
        opened, in_time, late, to_come, median = by_hand(tickets, after, until)
        assert (found.opened, found.in_time, found.late, found.to_come) == (opened, in_time, late, to_come)
        assert found.median_seconds == (None if median is None else int(median * 60))
    mine = [each for each in tickets if since < each.opened_at <= NOON]
    assert dict(review.by_state) == {s.value: n for s in State if (n := sum(each.state is s for each in mine))}
    assert dict(review.by_priority) == {
        label: n for label in LABELS.values() if (n := sum(e.label == label for e in mine))
    }
    assert dict(review.solutions) == {
        w: n for w in ("A workaround", "It is fixed") if (n := sum(e.solution == w for e in mine))
    }
    assert dict(review.stars) == {n: count for n in range(1, 6) if (count := sum(each.stars == n for each in mine))}
    open_now = [each for each in tickets if each.state not in (State.RESOLVED, State.CLOSED)]
    by_age = sorted(open_now, key=lambda each: (each.opened_at, each.number))
    assert review.still_open == len(open_now)
    assert [each.number for each in review.oldest] == [each.number for each in by_age[:10]]
    lines = {line.number: line for line in listed(tickets, review)}
    assert lines.keys() == {each.number for each in [*mine, *open_now]}
    kept = [lines[each.number].in_time for each in mine]
    record = review.record
    assert (kept.count(True), kept.count(False), kept.count(None)) == (record.in_time, record.late, record.to_come)


def _moved(each: Ticket) -> Ticket:
    answer = each.responded_at
    return replace(each, responded_at=answer and answer.replace(second=0), due_at=each.due_at.replace(second=0))
