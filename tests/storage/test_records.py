"""Records that go: a closed case's words and names after their time, rows of the queues that nothing needs; no more."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from cases.case import State
from cases.errors import PrunedCase
from cases.finding import Search
from cases.intake import Intake
from cases.ports import UnitsOfWork
from cases.retention import QUEUES_DAYS, Retention
from cases.says import SayKind
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import BOB, DANA, ENG, NOON, case
from tests.storage.given import engine_on, note
from tests.storage.lived import BORIS, CLOSED_AT, LATER, dumped, lived, said_by, told


@pytest.fixture
def lived_in(begin: UnitsOfWork) -> UnitsOfWork:
    lived(begin)
    return begin


def upkept(begin: UnitsOfWork, days: int | None, now: datetime = LATER) -> None:
    retention = Retention(begin, days)
    while retention.step(now):
        pass


def of_case(engine: Engine, number: int) -> str:
    """Every row of a case, as text."""
    rows = [row for rows in dumped(engine).values() for row in rows]
    return repr([row for row in rows if number in (row.get("case_number"), row.get("number"))])


def test_a_closed_case_keeps_its_times_and_no_words_or_names(lived_in: UnitsOfWork, engine: Engine) -> None:
    upkept(lived_in, days=30)

    left = told(engine, "cases", "history", "participants", "outbox", "inbox", "intakes")
    for person in (DANA, BOB):
        assert person.user not in left
        assert person.name not in left
        assert said_by(person, "") not in left
    first, _, third = dumped(engine)["cases"]
    assert (first["title"], first["details"], first["channel"]) == ("(no longer kept)", "", "")
    lines = [row for row in dumped(engine)["history"] if row["case_number"] == 1]
    assert [line["what"] for line in lines] == [
        *("opened", "typed", "claimed", "noted", "check-in", "offered", "rated", "closed")
    ]
    assert {line["why"] for line in lines} == {""}
    opener, engineer = lines[0]["user_id"], lines[2]["user_id"]
    assert [line["user_id"] for line in lines] == [opener, opener, engineer, engineer, None, engineer, opener, None]
    assert str(opener).startswith("person-")
    others = [row for row in dumped(engine)["history"] if row["case_number"] == 3]
    assert engineer not in [line["user_id"] for line in others], "nobody is followed from case to case"
    assert first["promise"] is not None
    assert third["pruned_at"] is not None


def test_what_the_figures_say_stays_true(lived_in: UnitsOfWork) -> None:
    with lived_in() as work:
        acme = work.accounts.by_name("Acme")
        assert acme is not None
        before = work.cases.attainment(NOON), work.cases.standings(tuple(State))
        tickets = work.cases.tickets(acme.id, NOON)
    upkept(lived_in, days=30)
    with lived_in() as work:
        attained, standings = work.cases.attainment(NOON), work.cases.standings(tuple(State))
        assert attained == before[0]
        nobody = [replace(each, assignee=None) for each in standings]
        assert nobody == [replace(each, assignee=None) for each in before[1]]
        assert work.cases.tickets(acme.id, NOON) == [replace(each, title="(no longer kept)") for each in tickets]
        assert work.intakes.count_answered(["C0BOLT"]) == 1


def test_nothing_of_an_open_case_is_touched(lived_in: UnitsOfWork, engine: Engine) -> None:
    before = of_case(engine, 2)
    upkept(lived_in, days=1)
    assert of_case(engine, 2) == before
    with lived_in() as work:
        found = work.cases.by_message("C0TRIAGE", str(work.outbox.post_of("case:2:card:triage").ts))  # type: ignore[union-attr]
        assert found is not None
        assert found.number == 2


def test_a_case_stays_whole_until_its_day_and_without_a_setting_for_ever(lived_in: UnitsOfWork, engine: Engine) -> None:
    before = dumped(engine)["cases"]
    upkept(lived_in, None)
    upkept(lived_in, 30, CLOSED_AT + timedelta(days=30))
    after = [{**row, "tidied": before[0]["tidied"]} for row in dumped(engine)["cases"]]
    assert after == before
    upkept(lived_in, 30, CLOSED_AT + timedelta(days=30, seconds=1))
    assert [row["pruned_at"] is None for row in dumped(engine)["cases"]] == [False, True, False]


def test_what_is_still_to_be_said_of_a_case_keeps_it(lived_in: UnitsOfWork, engine: Engine) -> None:
    with lived_in() as work:
        work.outbox.add(replace(note("late"), case=3))
    upkept(lived_in, days=30)
    assert [row["pruned_at"] is None for row in dumped(engine)["cases"]] == [False, True, True]


def test_a_pruned_case_is_found_by_nothing_and_its_number_is_not_given_again(lived_in: UnitsOfWork) -> None:
    upkept(lived_in, days=30)
    with lived_in() as work:
        with pytest.raises(PrunedCase, match="I don't know a case C-1 here"):
            work.cases.get(1)
        assert [each.number for each in work.cases.find(Search(words=("own",))).cases] == [2]
        assert work.cases.find(Search(words=("kept",))).total == 0
        assert work.cases.by_source("C0ACME", "1772452800.000001") is None
        acme = work.accounts.by_name("Acme")
        assert acme is not None
        work.intakes.add(Intake("i9", "C0ACME", DANA, NOON))
        assert work.cases.add(replace(case(), account=acme.id), "i9").number == 4


def test_the_queues_are_tidied_without_a_setting_and_messages_stay_known(lived_in: UnitsOfWork, engine: Engine) -> None:
    upkept(lived_in, None, CLOSED_AT + timedelta(days=QUEUES_DAYS, seconds=1))
    found = dumped(engine)
    assert found["inbox"] == []
    kinds = {row["kind"] for row in found["outbox"] if row["case_number"] is None}
    assert kinds == {SayKind.WELCOME}
    redraws = [row["key"] for row in found["outbox"] if row["updates"] and row["case_number"] != 2]
    assert sorted(map(str, redraws)) == [f"case:{n}:card:{side}:3" for n in (1, 3) for side in ("customer", "triage")]
    with lived_in() as work:
        assert work.outbox.latest("case:1:card:customer").body["number"] == 3  # type: ignore[union-attr]
        assert work.outbox.post_of("case:1:card:customer") is not None


def test_an_event_is_remembered_while_slack_may_send_it_again(lived_in: UnitsOfWork, engine: Engine) -> None:
    upkept(lived_in, None, NOON + timedelta(days=QUEUES_DAYS - 1))
    assert len(dumped(engine)["inbox"]) == 3


def test_one_transaction_is_small(begin: UnitsOfWork, engine: Engine) -> None:
    lived(begin)
    retention = Retention(begin, 30)
    steps = 0
    while retention.step(LATER):
        steps += 1
    assert steps == 4, "events, says, cases, requests: each in a transaction of its own"
    assert told(engine, "intakes").count("nobody") == 1
    assert said_by(BORIS, "question") not in told(engine, "intakes")


@pytest.mark.postgresql
def test_replicas_tidy_up_one_at_a_time(postgres_database: str) -> None:
    with engine_on(postgres_database) as here, engine_on(postgres_database) as there:
        ours, theirs = SqlUnitsOfWork(here), SqlUnitsOfWork(there)
        lived(ours)
        with ours() as work:
            assert work.records.alone()
            assert not Retention(theirs, 30).step(LATER)
        assert Retention(theirs, 30).step(LATER)


def test_whoever_helped_is_gone_as_well(lived_in: UnitsOfWork, engine: Engine) -> None:
    upkept(lived_in, days=30)
    kept = [row for row in dumped(engine)["cases"] if row["number"] != 2]
    assert ENG.user not in repr(kept)
    assert said_by(ENG, "") not in repr(kept)
