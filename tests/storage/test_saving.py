"""A change of a case is written whole, by one writer at a time."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from cases.case import Entry, State
from cases.case_parts import Link, Rating, Response, ResponseBy, Solution, SourceMessage, Wait, Wish
from cases.errors import NotFound
from cases.ports import Conflict
from cases.queues import Post
from cases.says import Say, SayKind, card_key
from storage.tables import ParticipantRow
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import BOB, DANA, ENG, NOON, case
from tests.storage.given import OPENED, a_case, after, note, rung

CLAIMED = Entry(NOON, ENG, "claimed")


def test_everything_that_is_known_of_a_case_comes_back(begin: SqlUnitsOfWork) -> None:
    source = SourceMessage(
        "C0ACME", "1772452800.000100", BOB, "<!channel> it's down 🎫", "https://example.slack.com/p1"
    )
    full = replace(
        case(1, committed=True),
        state=State.CLAIMED,
        source=source,
        answers=(("reach", "none"), ("enhancement", "no")),
        recommended=2,
        assignee=ENG,
        claimed_at=after(60),
        response=Response(ENG, after(60), ResponseBy.CLAIM),
        breached_at=after(3600),
        share_said=75,
        solution=Solution("resolved", "The issue is resolved", "done", ENG, after(70), BOB, after(80)),
        rating=Rating(4, "Quick", BOB, after(80)),
        closed_at=after(90),
        wait=Wait(after(65), ENG, "Which browser?", 1),
        wish=Wish(1, "Priority 1", "Worse now", BOB, after(66)),
        links=(Link("duplicate", 1),),
        reopened=2,
        active_at=after(67),
        asked_at=after(68),
    )
    a_case(begin)
    with begin() as work:
        stored = work.cases.add(full, "intake-2")
    with begin() as work:
        assert work.cases.get(stored.number) == replace(full, number=stored.number, revision=1)


def test_a_failure_midway_leaves_nothing_half_written(begin: SqlUnitsOfWork) -> None:
    before = a_case(begin, "intake-1", rung(50))
    broken = Say("k", SayKind.NOTE, "C1", 0, body={"text": object()})  # type: ignore[dict-item]
    with pytest.raises(Exception, match="object"), begin() as work:
        work.save(replace(before, title="Changed"), [rung(75)], [CLAIMED], [note("first"), broken])
    with begin() as work:
        assert work.cases.get(before.number) == before
        assert work.timers.of_case(before.number) == [rung(50)]
        assert work.cases.history(before.number) == [OPENED]
        assert work.outbox.claim(NOON, 10, ()) == []


def test_whoever_read_an_older_revision_is_told_so_and_changes_nothing(begin: SqlUnitsOfWork) -> None:
    read = a_case(begin)
    with begin() as work:
        first = work.save(replace(read, title="First"), [], [CLAIMED], [])
    with pytest.raises(Conflict, match=r"C-1 was changed"), begin() as work:
        work.save(replace(read, title="Second"), [rung(50)], [CLAIMED], [note("second")])
    with begin() as work:
        assert work.cases.get(read.number) == first
        assert work.timers.of_case(read.number) == []
        assert work.outbox.next_ready_at(()) is None


def test_the_same_form_twice_opens_one_case(begin: SqlUnitsOfWork) -> None:
    opened = a_case(begin, "intake-1")
    with pytest.raises(Conflict), begin() as work:
        work.cases.add(case(), "intake-1")
    with begin() as work:
        assert work.cases.by_opening("intake-1") == opened
        assert work.cases.by_opening("intake-2") is None
        assert len(work.cases.listing()) == 1


def test_the_same_message_twice_opens_one_case(begin: SqlUnitsOfWork) -> None:
    a_case(begin)
    source = SourceMessage("C0ACME", "1772452800.000100", DANA, "help")
    with begin() as work:
        opened = work.cases.add(replace(case(), source=source), "intake-2")
    with pytest.raises(Conflict), begin() as work:
        work.cases.add(replace(case(), source=source), "intake-3")
    with begin() as work:
        assert work.cases.by_source("C0ACME", source.ts) == opened


def test_history_only_grows(begin: SqlUnitsOfWork) -> None:
    opened = a_case(begin)
    with begin() as work:
        claimed = work.save(opened, [], [CLAIMED], [])
    with begin() as work:
        work.save(claimed, [], [Entry(after(9), None, "escalated", "75 %")], [])
    with begin() as work:
        assert work.cases.history(opened.number) == [OPENED, CLAIMED, Entry(after(9), None, "escalated", "75 %")]


def test_what_was_said_already_is_not_said_again_beside_what_is_new(begin: SqlUnitsOfWork) -> None:
    opened = a_case(begin)
    first, second, third = (replace(note(key), case=opened.number) for key in ("first", "second", "third"))
    with begin() as work:
        saved = work.save(opened, [], [], [first, second])
    with begin() as work:
        work.save(saved, [], [], [replace(second, body={"text": "other"}), third, first])
    with begin() as work:
        assert work.outbox.said(opened.number, SayKind.NOTE) == [first, second, third]


def test_participants_follow_the_case(begin: SqlUnitsOfWork, engine: Engine) -> None:
    opened = a_case(begin)
    with begin() as work:
        work.save(replace(opened, assignee=ENG), [], [CLAIMED], [])
    assert _participants(engine) == {("opener", "U0DANA", "T0ACME"), ("assignee", "U0ENG", "T0HOST")}
    with begin() as work:
        work.save(replace(work.cases.get(1), assignee=None), [], [], [])
    assert _participants(engine) == {("opener", "U0DANA", "T0ACME")}


def test_a_case_is_found_by_every_message_that_is_its_own(begin: SqlUnitsOfWork) -> None:
    opened = a_case(begin)
    says = [
        Say(card_key(1, "customer"), SayKind.CARD, "C0ACME", 30, case=1, body={"side": "customer"}),
        Say(card_key(1, "triage"), SayKind.CARD, "C0TRIAGE", 30, case=1, body={"side": "triage"}),
        Say("rung", SayKind.ESCALATION, "C0TRIAGE", 0, case=1),
    ]
    with begin() as work:
        opened = work.save(opened, [], [], says)
    for round in range(2):
        with begin() as work:
            for row in work.outbox.claim(NOON, 10, ()):
                work.outbox.sent(row.id, Post(row.say.channel, f"{round}.{row.say.key}"), NOON)
    with begin() as work:
        assert work.cases.by_message("C0TRIAGE", "0.rung") == opened
        assert work.cases.by_message("C0TRIAGE", "1.case:1:card:triage") == opened
        assert work.cases.by_message("C0TRIAGE", "9.9") is None
        assert work.cases.by_thread("C0ACME", "0.case:1:card:customer") == opened
        assert work.cases.by_thread("C0TRIAGE", "1.case:1:card:triage") is None


def test_the_list_shows_what_is_not_resolved_by_due_time(begin: SqlUnitsOfWork) -> None:
    a_case(begin)
    with begin() as work:
        late = work.cases.add(replace(case(), due_at=after(1)), "late")
        work.cases.add(replace(case(), state=State.RESOLVED, due_at=after(0)), "resolved")
        assert [found.number for found in work.cases.listing()] == [late.number, 1]
        assert [found.number for found in work.cases.listing(limit=1)] == [late.number]
        assert work.cases.listing(accounts=[99]) == []


def test_an_unknown_case_is_told_in_words(begin: SqlUnitsOfWork) -> None:
    with pytest.raises(NotFound, match="C-7"), begin() as work:
        work.cases.get(7)


@pytest.mark.parametrize("typed", ["", "x" * 40_000, "a\x00b", "half \ud83d", "🎫 שלום", "<!channel> <@U1>"])
def test_whatever_a_person_types_is_kept(begin: SqlUnitsOfWork, typed: str) -> None:
    opened = a_case(begin)
    with begin() as work:
        work.save(replace(opened, title=typed, details=typed), [], [Entry(NOON, DANA, "opened", typed)], [])
    with begin() as work:
        kept = typed.replace("\x00", "\ufffd").replace("\ud83d", "\ufffd")
        assert work.cases.get(opened.number).details == kept
        assert work.cases.history(opened.number)[-1].why == kept


def _participants(engine: Engine) -> set[tuple[str, str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(select(ParticipantRow.part, ParticipantRow.user_id, ParticipantRow.team_id))
        return {(part, user, team) for part, user, team in rows}
