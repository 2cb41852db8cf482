"""Rows of the outbox that become one, in the transaction that took the first of them; and back where it is refused."""

from dataclasses import replace

import pytest

from cases.ports import Conflict
from cases.queues import ALARMS, Delivery, Post
from cases.says import Digest, Say, SayKind, Urgency
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, after, note

DIGEST = Say("digest", SayKind.DIGEST, "C0TRIAGE", Urgency.ESCALATION)


def alarm(number: int, channel: str = "C0TRIAGE") -> Say:
    return Say(f"rung {number}", SayKind.ESCALATION, channel, Urgency.ESCALATION, case=1, body={"share": number})


@pytest.fixture
def six(begin: SqlUnitsOfWork) -> list[Say]:
    """Alarms that wait in triage."""
    a_case(begin)
    says = [alarm(n) for n in range(6)]
    add(begin, *says)
    return says


def add(begin: SqlUnitsOfWork, *says: Say) -> None:
    with begin() as work:
        for say in says:
            assert work.outbox.add(say)


def claim(begin: SqlUnitsOfWork, at: float = 0, busy: tuple[str, ...] = ()) -> list[Delivery]:
    with begin() as work:
        return list(work.outbox.claim(after(at), 10, busy))


def merge(begin: SqlUnitsOfWork, rows: list[Say]) -> None:
    with begin() as work:
        work.outbox.claim(NOON, 10, ())
        work.outbox.merge(Digest(DIGEST, tuple(rows)), NOON)


def test_an_alarm_that_was_taken_is_among_those_that_could_go_in_its_place(
    begin: SqlUnitsOfWork, six: list[Say]
) -> None:
    redrawn, other = replace(alarm(8), updates="x"), replace(alarm(7), kind=SayKind.NOTE)
    add(begin, alarm(9, "C0ELSEWHERE"), redrawn, other)
    with begin() as work:
        (taken, _) = work.outbox.claim(NOON, 10, ())
        assert work.outbox.alarms_with(taken, NOON) == six


def test_what_may_have_reached_slack_and_what_is_put_off_is_not_among_them(
    begin: SqlUnitsOfWork, six: list[Say]
) -> None:
    (doubtful,) = claim(begin)
    with begin() as work:
        work.outbox.later(doubtful.id, NOON, uncertain=True)
    with begin() as work:
        ids = {row.say.key: row.id for row in work.outbox.claim(NOON, 1, ())}
    assert list(ids) == ["rung 0"], "it goes first, by itself"
    with begin() as work:
        work.outbox.sent(ids["rung 0"], Post("C0TRIAGE", "1.1"), NOON)
    (put_off,) = claim(begin)
    with begin() as work:
        work.outbox.later(put_off.id, after(60), uncertain=False)
    with begin() as work:
        (taken,) = work.outbox.claim(NOON, 1, ())
        assert work.outbox.alarms_with(taken, NOON) == six[2:]


def test_a_digest_waits_in_place_of_its_rows_and_they_are_where_it_stands(
    begin: SqlUnitsOfWork, six: list[Say]
) -> None:
    add(begin, replace(alarm(0), key="redrawn", updates="rung 0"))
    merge(begin, six[::-1])
    (digest,) = claim(begin)
    assert digest.say == DIGEST
    with begin() as work:
        work.outbox.sent(digest.id, Post("C0TRIAGE", "1.1"), NOON)
        assert work.outbox.next_ready_at(()) is None, "nor is anything redrawn that it draws anyway"
        assert work.outbox.post_of("rung 3") == work.outbox.post_of("digest") == Post("C0TRIAGE", "1.1")
        assert work.outbox.is_digest(Post("C0TRIAGE", "1.1"))
        assert not work.outbox.is_digest(Post("C0TRIAGE", "1.2"))
        assert work.cases.by_message("C0TRIAGE", "1.1") is None, "it is no single case's"
        told = work.outbox.digest_of("rung 3")
        assert told == work.outbox.digest_of("digest")
        assert told is not None
        assert [say.key for say in told.rows] == [say.key for say in six[::-1]]
        assert {say.within for say in work.outbox.said(1, SayKind.ESCALATION)} == {"digest"}
        assert work.outbox.digest_of("nothing") is None


def test_all_of_them_or_none(begin: SqlUnitsOfWork, six: list[Say]) -> None:
    with pytest.raises(Conflict):
        merge(begin, [*six, alarm(99)])
    with begin() as work:
        assert work.outbox.digest_of("rung 0") is None
        assert work.outbox.latest("digest") is None
    assert [row.say.key for row in claim(begin)] == ["rung 0"]


def test_where_slack_refuses_the_digest_each_waits_for_itself_and_is_put_together_no_more(
    begin: SqlUnitsOfWork, six: list[Say]
) -> None:
    merge(begin, six)
    (digest,) = claim(begin)
    with begin() as work:
        work.outbox.give_up(digest.id, "msg_blocks_too_long", NOON)
        assert work.outbox.dead("digest")
        assert not work.outbox.dead("rung 0")
        assert work.outbox.post_of("rung 0") is None
        assert work.outbox.digest_of("rung 0") is None
    add(begin, alarm(6))
    with begin() as work:
        (taken,) = work.outbox.claim(NOON, 10, ())
        assert taken.say == six[0]
        assert work.outbox.alarms_with(taken, NOON) == [alarm(6)]
        assert {say.within for say in work.outbox.said(1, SayKind.ESCALATION)} == {None}


def test_while_alarms_wait_for_each_other_all_else_goes_on(begin: SqlUnitsOfWork, six: list[Say]) -> None:
    add(begin, note("reply", "C0TRIAGE"))
    assert [row.say.key for row in claim(begin, busy=(ALARMS,))] == ["reply"]
    with begin() as work:
        assert work.outbox.next_ready_at([ALARMS, "C0ACME"]) == after(30)
    merge_later = claim(begin, at=30)
    assert [row.say.key for row in merge_later] == ["rung 0"]
