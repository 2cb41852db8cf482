"""Where a channel that moved is now: however often, and back again."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from cases.case_parts import SourceMessage
from cases.says import Say, SayKind, Urgency
from storage.queue_tables import OutboxRow
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import DANA, NOON, account, case
from tests.storage.given import after, note


def test_every_id_that_a_channel_ever_had_leads_to_the_one_it_has(begin: SqlUnitsOfWork) -> None:
    for old, new in (("C0A", "C0B"), ("C0X", "C0Y"), ("C0B", "C0C")):
        with begin() as work:
            work.channels.move(old, new)
    with begin() as work:
        assert work.channels.moved() == {"C0A": "C0C", "C0B": "C0C", "C0X": "C0Y"}


def test_one_that_has_its_first_id_again_needs_no_leading(begin: SqlUnitsOfWork) -> None:
    for old, new in (("C0A", "C0B"), ("C0B", "C0A")):
        with begin() as work:
            work.channels.move(old, new)
    with begin() as work:
        assert work.channels.moved() == {"C0B": "C0A"}
    with begin() as work:
        work.channels.move("C0A", "C0B")
    with begin() as work:
        assert work.channels.moved() == {"C0A": "C0B"}


@pytest.mark.parametrize("known", [(), ("C0WIDER",)], ids=["fresh", "linked already"])
def test_a_moved_channel_moves_whole(known: tuple[str, ...], begin: SqlUnitsOfWork, engine: Engine) -> None:
    source = SourceMessage("C0ACME", "1.2", DANA, "help")
    with begin() as work:
        acme = work.accounts.put(replace(account(), channels=("C0ACME", *known, "C0BOTH")))
        stored = work.cases.add(replace(case(), account=acme.id, source=source), "intake-1")
        line = Say("line:C0ACME:1.5", SayKind.LINE, "C0TRIAGE", Urgency.REPLY, case=stored.number)
        welcome = Say(f"welcome:{acme.id}:C0ACME", SayKind.WELCOME, "C0ACME", Urgency.WELCOME)
        for say in (line, replace(line, key=f"{line.key}:edited", updates=line.key), welcome, note("waits")):
            work.outbox.add(say)
    with begin() as work:
        work.channels.move("C0ACME", "C0WIDER")
    with begin() as work:
        kept = work.accounts.get(acme.id).channels
        assert sorted(kept) == ["C0BOTH", "C0WIDER"]
        assert work.cases.get(stored.number).channel == "C0WIDER"
        assert work.cases.by_source("C0WIDER", "1.2") is not None
        assert work.cases.by_thread("C0WIDER", "1.2") is not None
        latest = work.outbox.latest("line:C0WIDER:1.5")
        assert latest is not None
        assert latest.key == "line:C0WIDER:1.5:edited"
        assert work.outbox.latest(f"welcome:{acme.id}:C0WIDER") is not None
    with engine.connect() as connection:
        assert set(connection.scalars(select(OutboxRow.channel))) == {"C0TRIAGE", "C0WIDER"}


def test_what_the_old_id_refused_just_now_is_said_at_the_new_one(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        for key in ("just now", "long ago", "something else"):
            work.outbox.add(note(key, "C0ACME"))
    for key, at, error in (
        ("just now", after(0), "channel_not_found"),
        ("long ago", after(-7200), "channel_not_found"),
        ("something else", after(0), "msg_too_long"),
    ):
        with begin() as work:
            (taken,) = work.outbox.claim(NOON, 1, ())
            assert taken.say.key == key
            work.outbox.give_up(taken.id, error, at)
    with begin() as work:
        assert list(work.channels.say_again("C0ACME", "C0WIDER", after(-3600))) == ["just now"]
    with begin() as work:
        (taken,) = work.outbox.claim(NOON, 9, ())
        assert (taken.say.key, taken.say.channel) == ("just now", "C0WIDER")
