"""What must be said is said once, urgent first, in order in each channel, and never forgotten."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from cases.announcements import Sending
from cases.queues import ANNOUNCEMENTS, Delivery, Post
from cases.says import Say, SayKind, Urgency
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, after, note


def test_the_same_thing_is_never_said_twice(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        assert work.outbox.add(note("welcome")) is True
    with begin() as work:
        assert work.outbox.add(note("welcome", channel="C0OTHER")) is False
    assert [row.say for row in _claim(begin)] == [note("welcome")]


def test_urgent_goes_first_then_oldest_and_one_a_channel(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("card", "C1", Urgency.CARD), note("reply", "C2"), note("reply 2", "C3"))
    _add(begin, note("rung", "C1", Urgency.ESCALATION), note("later in C2", "C2"))
    assert _keys(_claim(begin)) == ["rung", "reply", "reply 2"]


def test_no_more_than_asked_for_and_nothing_for_a_busy_channel(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("a", "C1"), note("b", "C2"), note("c", "C3"))
    assert _keys(_claim(begin, limit=1, busy=["C1"])) == ["b"]


def test_of_announcements_one_at_a_time_after_all_else_and_none_while_they_rest(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        for say in (*(replace(note(f"n{c}", c, 90), kind=SayKind.ANNOUNCEMENT) for c in "abc"), note("reply", "a")):
            work.outbox.add(say)
    with begin() as work:
        assert work.outbox.claim(NOON, 9, [ANNOUNCEMENTS, "a"]) == []
        assert work.outbox.next_ready_at([ANNOUNCEMENTS, "a"]) is None
        assert [taken.say.key for taken in work.outbox.claim(NOON, 9, [])] == ["reply", "nb"]
    with begin() as work:
        assert work.outbox.sendings(["nb", "none"]) == {"nb": Sending(False, "")}


def test_a_channel_waits_until_what_was_taken_for_it_is_done(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("first"), note("second"))
    (first,) = _claim(begin)
    assert _claim(begin, at=1) == []
    with begin() as work:
        assert work.outbox.next_ready_at(()) == after(30)
        work.outbox.sent(first.id, Post("C0ACME", "1.1"), NOON)
        assert work.outbox.post_of("first") == Post("C0ACME", "1.1")
        assert work.outbox.post_of("second") is None
    assert _keys(_claim(begin, at=1)) == ["second"]


def test_a_message_may_be_ours_while_nobody_knows_where_ours_stand(begin: SqlUnitsOfWork) -> None:
    there = Post("C0ACME", "1.1")

    def is_unheard(post: Post, user: str = "U0DANA") -> bool:
        with begin() as work:
            return work.outbox.is_unheard(post, user)

    _add(begin, note("card"), note("direct", "U0MAX"), replace(note("whisper", "C0QUIET"), only_for="U0DANA"))
    assert not is_unheard(there)
    taken = {row.say.key: row for row in _claim(begin)}
    assert taken.keys() == {"card", "direct", "whisper"}
    assert is_unheard(there)
    assert not is_unheard(Post("C0OTHER", "1.1"))
    assert not is_unheard(Post("C0QUIET", "1.1"))
    assert is_unheard(Post("D0MAX", "1.1"), "U0MAX")
    with begin() as work:
        work.outbox.later(taken["card"].id, after(1), uncertain=True)
        work.outbox.later(taken["direct"].id, after(1), uncertain=False)
    assert is_unheard(there)
    assert not is_unheard(Post("D0MAX", "1.1"), "U0MAX")
    with begin() as work:
        work.outbox.sent(taken["card"].id, there, NOON)
    assert not is_unheard(there)
    _add(begin, note("next"))
    _claim(begin)
    assert is_unheard(Post("C0ACME", "1.2"))
    assert not is_unheard(there)


def test_a_lease_runs_out_and_the_row_comes_back_uncertain(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("a"))
    (first,) = _claim(begin)
    assert (first.attempts, first.uncertain) == (0, False)
    assert _claim(begin, at=29.9) == []
    (again,) = _claim(begin, at=30)
    assert again == replace(first, attempts=1, uncertain=True)


def test_what_a_dead_process_held_is_free_when_the_next_one_starts(begin: SqlUnitsOfWork, database: str) -> None:
    _add(begin, note("a"))
    _claim(begin)
    with begin() as work:
        work.outbox.release_leases()
    if database.startswith("postgresql"):
        assert _claim(begin, at=29.9) == [], "another process may be alive and sending it"
    (again,) = _claim(begin, at=30 if database.startswith("postgresql") else 1)
    assert again.uncertain


def test_a_row_put_off_comes_back_then_as_sure_as_it_was_left(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("limited", "C1"), note("timed out", "C2"))
    limited, timed_out = _claim(begin)
    with begin() as work:
        work.outbox.later(limited.id, after(5), uncertain=False, error="ratelimited")
        work.outbox.later(timed_out.id, after(6), uncertain=True)
        assert work.outbox.next_ready_at(()) == after(5)
        assert work.outbox.next_ready_at(["C1"]) == after(6)
    assert [(row.say.key, row.uncertain) for row in _claim(begin, at=5)] == [("limited", False)]
    assert [(row.say.key, row.uncertain, row.attempts) for row in _claim(begin, at=6)] == [("timed out", True, 1)]


def test_waiting_for_a_thread_to_begin_is_not_a_try_and_clears_no_doubt(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("reply"))
    _claim(begin)
    (doubtful,) = _claim(begin, at=30)
    with begin() as work:
        work.outbox.later(doubtful.id, after(40), uncertain=False, tried=False)
    assert _claim(begin, at=40) == [doubtful]


def test_only_the_newest_update_of_a_message_is_sent(begin: SqlUnitsOfWork) -> None:
    _add(begin, *(_update(f"card {number}") for number in (1, 2, 3)), _update("other", of="other card"))
    (newest,) = _claim(begin)
    assert newest.say.key == "card 3"
    with begin() as work:
        work.outbox.later(newest.id, NOON, uncertain=False)
    _settle_all(begin)
    with begin() as work:
        assert work.outbox.next_ready_at(()) is None
        assert work.outbox.post_of("card 1") is None


def test_an_older_update_put_off_gives_way_to_a_newer_one(begin: SqlUnitsOfWork) -> None:
    _add(begin, _update("card 1"))
    (older,) = _claim(begin)
    with begin() as work:
        work.outbox.later(older.id, after(60), uncertain=False)
        work.outbox.add(_update("card 2"))
    (newer,) = _claim(begin)
    with begin() as work:
        work.outbox.sent(newer.id, Post("C0ACME", "1.1"), NOON)
    assert _claim(begin, at=90) == []


def test_a_newer_update_behind_one_under_way_is_not_forgotten_if_nobody_comes_back(begin: SqlUnitsOfWork) -> None:
    _add(begin, _update("card 1"))
    _claim(begin)
    _add(begin, _update("card 2"))
    with begin() as work:
        assert work.outbox.next_ready_at(()) == after(30)
    assert _claim(begin, at=29) == []
    assert _keys(_claim(begin, at=30)) == ["card 2"]


def test_what_slack_refuses_is_kept_and_not_tried_again(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("a"))
    (refused,) = _claim(begin)
    with begin() as work:
        assert not work.outbox.dead("a")
        work.outbox.give_up(refused.id, "channel_not_found", NOON)
        work.outbox.later(refused.id, after(1), uncertain=False)
        assert work.outbox.dead("a")
        assert work.outbox.next_ready_at(()) is None
    assert _claim(begin, at=99) == []


def test_what_was_said_for_a_case_leaves_out_updates_and_whispers(begin: SqlUnitsOfWork) -> None:
    a_case(begin)
    rungs = [Say(f"rung {n}", SayKind.ESCALATION, "C0TRIAGE", 0, case=1, body={"share": n}) for n in (75, 50)]
    _add(begin, *rungs, replace(rungs[0], key="u", updates="rung 75"), replace(rungs[0], key="e", only_for="U1"))
    _add(begin, replace(rungs[0], key="card", kind=SayKind.CARD))
    with begin() as work:
        assert work.outbox.said(1, SayKind.ESCALATION) == rungs


def test_two_senders_never_take_the_same_row(begin: SqlUnitsOfWork) -> None:
    _add(begin, *(note(f"{channel}.{number}", f"C{channel}") for channel in range(10) for number in range(5)))
    with ThreadPoolExecutor(4) as senders:
        sent = [key for each in senders.map(lambda _: _settle_all(begin), range(4)) for key in each]
    assert sorted(sent) == sorted(f"{channel}.{number}" for channel in range(10) for number in range(5))


def _update(key: str, of: str = "card") -> Say:
    return replace(note(key), kind=SayKind.CARD, updates=of)


def _add(begin: SqlUnitsOfWork, *says: Say) -> None:
    with begin() as work:
        for say in says:
            work.outbox.add(say)


def _claim(begin: SqlUnitsOfWork, at: float = 0, limit: int = 10, busy: list[str] | None = None) -> list[Delivery]:
    with begin() as work:
        return list(work.outbox.claim(after(at), limit, busy or ()))


def _keys(rows: list[Delivery]) -> list[str]:
    return [row.say.key for row in rows]


def _settle_all(begin: SqlUnitsOfWork) -> list[str]:
    """Send until nothing waits."""
    done: list[str] = []
    for _turn in range(1000):
        rows = _claim(begin)
        with begin() as work:
            for row in rows:
                work.outbox.sent(row.id, None, NOON)
            if work.outbox.next_ready_at(()) is None:
                return done + _keys(rows)
        done += _keys(rows)
    raise AssertionError("it never ends")


def test_a_file_is_remembered_by_one_sender_alone(begin: SqlUnitsOfWork) -> None:
    _add(begin, note("file"))
    (taken,) = _claim(begin)
    assert taken.file is None
    with begin() as work:
        assert work.outbox.remember_file(taken.id, "F1", None)
    with begin() as work:
        assert not work.outbox.remember_file(taken.id, "F2", None), "another one has been there"
        assert work.outbox.remember_file(taken.id, None, "F1")
        assert work.outbox.remember_file(taken.id, "F3", None)
        work.outbox.later(taken.id, after(0), uncertain=True)
    (again,) = _claim(begin)
    assert (again.file, again.uncertain) == ("F3", True)
    with begin() as work:
        work.outbox.sent(again.id, None, NOON)
        assert not work.outbox.remember_file(again.id, "F4", "F3"), "it is done"
