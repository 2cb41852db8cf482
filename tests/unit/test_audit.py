"""What is wrong with stored timers, and what excuses a message that waits."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cases.announcements import Sending
from cases.audit import LATE, Drift, Pending, Unsent, awaited, drift, standing_still
from cases.timers import Timer, TimerKind, planned_timers
from tests.builders import NOON, calendar, case

PLANNED = sorted(planned_timers(case(committed=True), calendar(case().promise.calendar)), key=lambda timer: timer.key)


def stored(timer: Timer, seconds: float = 0) -> Pending:
    return Pending(timer, timer.due_at + timedelta(seconds=seconds))


def test_what_is_as_planned_is_right() -> None:
    assert not drift(PLANNED, map(stored, PLANNED), NOON)


def test_a_timer_put_off_for_half_a_minute_after_a_failure_is_right() -> None:
    late = PLANNED[0].due_at + timedelta(minutes=5)
    put_off = Pending(PLANNED[0], late + timedelta(seconds=30))
    assert not drift(PLANNED[:1], [put_off], late)


def test_a_timer_held_back_for_longer_than_any_failure_would_is_wrong() -> None:
    held = Pending(PLANNED[0], PLANNED[0].due_at + LATE + timedelta(seconds=1))
    assert drift(PLANNED[:1], [held], PLANNED[0].due_at) == Drift(wrong=(PLANNED[0].key,))


def test_a_timer_before_its_time_or_at_another_is_wrong() -> None:
    other = Timer(PLANNED[0].key, PLANNED[0].kind, PLANNED[0].due_at + timedelta(hours=1), PLANNED[0].number)
    for one in (stored(PLANNED[0], -1), stored(other)):
        assert drift(PLANNED[:1], [one], NOON) == Drift(wrong=(PLANNED[0].key,))


@given(
    lost=st.sets(st.sampled_from(PLANNED)),
    more=st.sets(st.integers(min_value=1, max_value=9)),
    shifted=st.sets(st.sampled_from(PLANNED)),
)
def test_whatever_was_done_to_them_is_named_one_by_one(lost: set[Timer], more: set[int], shifted: set[Timer]) -> None:
    extra = [Timer(f"rung:9:{n}", TimerKind.RUNG, NOON, n) for n in more]
    kept = [stored(timer, -60 if timer in shifted else 0) for timer in PLANNED if timer not in lost]
    found = drift(PLANNED, [*kept, *map(stored, extra)], NOON)
    assert set(found.missing) == {timer.key for timer in lost}
    assert set(found.extra) == {timer.key for timer in extra}
    assert set(found.wrong) == {timer.key for timer in shifted - lost}
    assert len(found) == len(lost) + len(extra) + len(shifted - lost)


def test_a_message_waits_rightly_for_one_that_is_on_its_way_and_for_no_other() -> None:
    on_its_way, sent, refused = Sending(False, ""), Sending(True, ""), Sending(False, "is_archived")
    states = {"way": on_its_way, "sent": sent, "refused": refused}
    unsent = [Unsent(key, (key,)) for key in ("way", "sent", "refused", "nowhere")]
    assert standing_still([*unsent, Unsent("free", ())], states) == ("sent", "refused", "nowhere", "free")


def test_what_a_message_waits_for() -> None:
    assert awaited("post:card", "update", "before") == ("card", "update", "before")
    assert awaited("1.2", None, None) == awaited(None, None, None) == ()
