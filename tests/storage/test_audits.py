"""The auditor's tables: one process has a minute, cases come in pages along an index; a moved channel moves whole."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, text, update

from cases.audit import Audit
from cases.auditing import Auditing
from cases.calendars import CalendarBook
from cases.case import State
from cases.room import Room
from cases.says import Say, SayKind, Urgency
from cases.troubles import Trouble, TroubleKind
from policies.holiday_names import holiday_names
from storage.queue_tables import OutboxRow, TimerRow
from storage.tables import CaseRow
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, PLACES, OnDuty
from tests.storage.given import a_case, after, engine_on, note, rung


def test_a_minute_belongs_to_one_process_and_the_next_to_whoever_comes_first(begin: SqlUnitsOfWork) -> None:
    with begin() as mine:
        audit = mine.audits.take(NOON)
        assert audit == Audit(NOON)
    with begin() as other:
        assert other.audits.take(after(1)) is None
        assert other.audits.next_at() == after(30)
    with begin() as mine:
        mine.audits.done(replace(audit, after=100, said=7, due=("C-1 rung:1:50",)), after(2))
    with begin() as other:
        assert other.audits.take(after(59)) is None
        assert other.audits.take(after(60)) == Audit(NOON, 100, 7, ("C-1 rung:1:50",))


def test_the_minute_of_a_process_that_died_is_taken_up_after_half_a_minute_where_it_stopped(
    begin: SqlUnitsOfWork,
) -> None:
    with begin() as mine:
        audit = mine.audits.take(NOON)
        assert audit is not None
        mine.audits.keep(replace(audit, after=300), after(5))
    with begin() as other:
        assert other.audits.take(after(34)) is None
        assert other.audits.take(after(35)) == Audit(NOON, 300)


def test_while_one_process_takes_it_another_does_not_wait(postgres_database: str) -> None:
    with engine_on(postgres_database) as engine:
        begin = SqlUnitsOfWork(engine)
        with begin() as first:
            assert first.audits.take(NOON) is not None
        with begin() as first:
            assert first.audits.take(after(60)) is not None, "whoever had it is dead"
            with begin() as second:
                assert second.audits.take(after(60)) is None


def test_after_a_clock_went_back_it_goes_on(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        audit = work.audits.take(after(86_400))
        assert audit is not None
        work.audits.done(audit, after(86_400))
    with begin() as work:
        assert work.audits.take(NOON) is not None


def test_cases_come_in_pages_with_their_timers_and_closed_ones_not_at_all(
    begin: SqlUnitsOfWork, engine: Engine
) -> None:
    numbers = [a_case(begin, f"intake-{n}", rung(50), rung(75, after(9))).number for n in range(5)]
    with engine.begin() as connection:
        closed = update(CaseRow).where(CaseRow.number == numbers[1]).values(state=State.CLOSED)
        connection.execute(closed)
        connection.execute(update(TimerRow).where(TimerRow.case_number == numbers[0]).values(fires_at=after(99)))
    with begin() as work:
        first, second = work.audits.cases(0, 2), work.audits.cases(numbers[2], 5)
    assert [case.number for case, _ in (*first, *second)] == [numbers[0], *numbers[2:]]
    assert {each.timer for each in first[0][1]} == {rung(50), rung(75, after(9))}
    assert {each.fires_at for each in first[0][1]} == {after(99)}


def test_pages_are_read_along_the_index(engine: Engine) -> None:
    query = "SELECT number FROM cases WHERE state != 'closed' AND number > 5 ORDER BY number LIMIT 100"
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET enable_seqscan = off"))
            plan = str(connection.execute(text(f"EXPLAIN {query}")).all())
        else:
            plan = str(connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).all())
    assert "ix_cases_not_closed" in plan


def test_what_may_go_and_does_not_is_told_apart_from_what_waits_rightly(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        for key, channel in (("stuck", "C1"), ("paced", "C2"), ("closed", "C3"), ("put off", "C4")):
            work.outbox.add(note(key, channel))
        work.outbox.add(Say("news", SayKind.ANNOUNCEMENT, "C5", Urgency.ANNOUNCEMENT, body={"of": "1"}))
        work.outbox.add(replace(note("behind", "C6"), thread="post:stuck"))
        newest = work.audits.newest()
        work.outbox.add(note("new", "C7"))
        taken = {each.say.key: each.id for each in work.outbox.claim(NOON, 9, ())}
        for key in taken.keys() - {"put off"}:
            work.outbox.later(taken[key], NOON, uncertain=False)
        work.outbox.later(taken["put off"], after(9), uncertain=False, error="not_now")
        work.lines.close({"C2": 951.0, "C3": 9999.0}, 950.0)
    with begin() as work:
        found = work.audits.unsent(newest, NOON, 1000.0)
    assert {each.key: each.awaits for each in found} == {"stuck": (), "behind": ("stuck",)}


def test_whose_lease_or_pause_has_just_ended_does_not_stand_still_yet(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        for key in ("leased", "put off", "fresh"):
            work.outbox.add(note(key, key))
        newest = work.audits.newest()
        taken = {each.say.key: each.id for each in work.outbox.claim(NOON, 9, ())}
        work.outbox.later(taken["put off"], after(30), uncertain=False, error="not_now")
        work.outbox.later(taken["fresh"], NOON, uncertain=False, tried=False)

    def still(seconds: int) -> list[str]:
        with begin() as work:
            return [each.key for each in work.audits.unsent(newest, after(seconds), 1000.0)]

    assert still(60) == ["fresh"], "the lease of 30 s ended half a minute ago"
    assert still(61) == ["leased", "put off", "fresh"]


def test_passed_over_is_what_could_go_for_a_minute_while_a_later_one_of_its_line_went(
    begin: SqlUnitsOfWork, engine: Engine
) -> None:
    now, just_now = after(120), after(119)
    news = Say("news", SayKind.ANNOUNCEMENT, "C7", Urgency.ANNOUNCEMENT, body={"of": "1"})
    waiting = [
        note(key, f"C{n}") for n, key in enumerate(("passed", "put off", "held", "calm", "long ago", "redrawn"), 1)
    ]
    waiting[5] = replace(waiting[5], updates="card")
    later = [note(f"went by {say.key}", say.channel) for say in (*waiting, news)]
    later[3] = replace(later[3], urgency=Urgency.ESCALATION)
    later[6] = replace(later[6], urgency=Urgency.ANNOUNCEMENT)
    with begin() as work:
        work.outbox.add(note("before", "C8"))
        for say in (*waiting, news, note("behind", "C8"), replace(waiting[5], key="redrawn again"), *later):
            work.outbox.add(say)
        newest = work.audits.newest()
        for key in ("young", "went by young"):
            work.outbox.add(note(key, "C9"))
    with engine.connect() as connection:
        ids = {row.key: row.id for row in connection.execute(select(OutboxRow.key, OutboxRow.id))}
    with begin() as work:
        for say in (*later, note("before"), note("went by young")):
            work.outbox.sent(ids[say.key], None, after(60) if say.key == "went by long ago" else just_now)
        for key in ("put off", "redrawn again"):
            work.outbox.later(ids[key], after(61), uncertain=False, error="not_now")
    with begin() as work:
        held = [each.say.key for each in work.outbox.claim(after(85), 9, {f"C{n}" for n in range(10)} - {"C3"})]
        assert held == ["held"]
    with begin() as work:
        assert work.audits.passed_over(newest, now) == ["passed"]
        assert work.audits.passed_over(newest, after(150)) == [], "nothing went since"


@pytest.mark.parametrize(("goes", "told"), [("later", [(), ("first",), ("first",)]), ("first", [(), (), ()])])
def test_in_a_channel_that_is_in_use_what_is_passed_over_twice_is_told_and_a_long_queue_is_not(
    begin: SqlUnitsOfWork, engine: Engine, goes: str, told: list[tuple[str, ...]]
) -> None:
    auditing = Auditing(Room(begin, {}, CalendarBook(holiday_names), OnDuty(), PLACES), lambda: 1000.0)
    with begin() as work:
        for n in range(9):
            work.outbox.add(note("first" if n == 0 else f"row {n}", "C1"))
        work.lines.close({"C1": 999.0}, 998.0)
    with engine.connect() as connection:
        rows = connection.scalars(select(OutboxRow.id).where(OutboxRow.channel == "C1").order_by(OutboxRow.id)).all()
    assert auditing.audit(NOON) is not None
    found = []
    for minute in (1, 2, 3):
        with begin() as work:
            work.outbox.sent(rows[minute if goes == "later" else minute - 1], None, after(60 * minute - 1))
        outcome = auditing.audit(after(60 * minute))
        assert outcome is not None
        keys = [key for each in outcome.findings for key in each.what]
        # Nobody sends here, so what the operators are to read stands still too.
        found.append(tuple(key for key in keys if not key.startswith("trouble:")))
    assert found == told


def test_what_stands_still_is_counted(begin: SqlUnitsOfWork) -> None:
    held = a_case(begin, "one", rung(50), rung(75))
    with begin() as work:
        work.timers.postpone(held.number, "rung:1:75", after(200))
    with begin() as work:
        before, later = work.audits.backlog(after(-1)), work.audits.backlog(after(150))
    assert (before.due, before.failing) == ((), ())
    assert (later.due, later.failing) == ((f"C-{held.number} rung:1:50",), (f"C-{held.number} rung:1:75",))


def test_leases_and_pauses_longer_than_any_are_ended_and_others_are_not(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        for key in ("long", "short"):
            work.outbox.add(note(key, key))
        ids = {each.say.key: each.id for each in work.outbox.claim(NOON, 9, ())}
        work.outbox.later(ids["long"], after(86_400), uncertain=False, error="not_now")
        work.outbox.later(ids["short"], after(60), uncertain=False, error="not_now")
    with begin() as work:
        assert work.audits.release(NOON) == 1
        assert [each.say.key for each in work.outbox.claim(NOON, 9, ())] == ["long"]


def test_a_trouble_begins_once_and_again_only_when_it_was_over(begin: SqlUnitsOfWork) -> None:
    gone = Trouble(TroubleKind.PLACE, NOON, "C0TRIAGE", "is_archived")
    with begin() as work:
        first = work.troubles.begin(gone)
        assert work.troubles.begin(replace(gone, seen_at=after(60))) is None
        assert [each.trouble.seen_at for each in work.troubles.all()] == [after(60)]
        over = work.troubles.end(gone.key)
        assert work.troubles.end(gone.key) is None
        assert not work.troubles.lasts(gone.key)
        second = work.troubles.begin(replace(gone, seen_at=after(99)))
    assert first is not None
    assert over is not None
    assert second is not None
    assert (first.number, over.number, second.number) == (1, 1, 2)
    assert (over.since, second.since) == (NOON, after(99))
