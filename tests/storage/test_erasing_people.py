"""One person is erased: nothing of theirs is anywhere in the database, and what others did has its shape."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from cases.erasing_people import Kept, PersonErasure, kept_of
from cases.people import Person
from cases.ports import UnitsOfWork
from cases.traces import strings
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import BOB, DANA, ENG, ENG2, NOON
from tests.storage.given import engine_on
from tests.storage.lived import BORIS, closed, dumped, lived, said_by, told

PSEUDONYM = "person-0badcafe"


@pytest.fixture
def lived_in(begin: UnitsOfWork) -> UnitsOfWork:
    lived(begin)
    return begin


def nothing() -> None:
    """No pause."""


def kept(begin: UnitsOfWork, who: Person) -> Kept:
    return kept_of(begin, who.user, nothing)


def erase(begin: UnitsOfWork, who: Person) -> PersonErasure:
    found = kept(begin, who)
    assert list(found.in_the_way()) == []
    erasure = PersonErasure(begin, found, PSEUDONYM, nothing)
    for _ in erasure.run():
        pass
    return erasure


def close_the_open_one(begin: UnitsOfWork) -> None:
    with begin() as work:
        case = work.cases.get(2)
    closed(begin, case)


def traces_of(engine: Engine, who: Person) -> Iterator[str]:
    """Columns in which something of this person's stands."""
    for table, rows in dumped(engine).items():
        for row in rows:
            for column, value in row.items():
                words = repr(value).encode().decode("unicode_escape", "replace")
                if re.search(rf"{who.user}(?!\w)", words) or said_by(who, "") in words or who.name in words:
                    yield f"{table}.{column}: {words}"


@pytest.mark.parametrize("who", [DANA, BOB, BORIS, ENG, ENG2])
def test_nothing_of_theirs_is_in_any_column_of_any_table(who: Person, lived_in: UnitsOfWork, engine: Engine) -> None:
    close_the_open_one(lived_in)
    erase(lived_in, who)
    assert list(traces_of(engine, who)) == []
    assert kept(lived_in, who).rows.total() == 0


def test_what_the_others_did_and_wrote_stays(lived_in: UnitsOfWork, engine: Engine) -> None:
    before = dumped(engine)
    erase(lived_in, DANA)
    after = dumped(engine)

    shape = [(row["id"], row["case_number"], row["at"], row["what"], row["team_id"]) for row in before["history"]]
    assert [(r["id"], r["case_number"], r["at"], r["what"], r["team_id"]) for r in after["history"]] == shape
    assert [row for row in after["history"] if row["case_number"] != 1] == [
        row for row in before["history"] if row["case_number"] != 1
    ]
    (noted,) = (row for row in after["history"] if row["case_number"] == 1 and row["what"] == "noted")
    assert noted["user_id"] == ENG.user
    assert noted["why"] == f"{PSEUDONYM} says {said_by(ENG, 'note')} to @{PSEUDONYM}"
    for table, of in (("cases", "number"), ("outbox", "case_number")):
        others = [[row for row in found[table] if row[of] in (2, 3)] for found in (before, after)]
        assert others[0] == others[1]
    with lived_in() as work:
        case = work.cases.get(1)
    assert case.opened_by == Person(PSEUDONYM, DANA.team, PSEUDONYM)
    assert case.commitment is not None
    assert case.commitment.backup == BOB
    assert case.solution is not None
    assert case.solution.note == said_by(ENG, "solution")
    assert case.rating is not None
    assert (case.rating.stars, case.rating.line) == (4, "")


def test_the_figures_stay_true(lived_in: UnitsOfWork) -> None:
    with lived_in() as work:
        before = work.cases.attainment(NOON)
    erase(lived_in, DANA)
    with lived_in() as work:
        assert work.cases.attainment(NOON) == before


def test_a_case_that_is_not_closed_is_in_the_way(lived_in: UnitsOfWork, engine: Engine) -> None:
    before = dumped(engine)
    found = kept(lived_in, ENG)
    (why,) = found.in_the_way()
    assert "C-2" in why
    assert "let it close" in why
    assert list(kept(lived_in, DANA).in_the_way()) == []
    assert dumped(engine) == before, "looking changes nothing"


def test_somebody_whom_an_account_counts_on_is_replaced_first(lived_in: UnitsOfWork) -> None:
    with lived_in() as work:
        acme = work.accounts.by_name("Acme")
        assert acme is not None
        work.accounts.put(replace(acme, csm=DANA.user))
    (why,) = kept(lived_in, DANA).in_the_way()
    assert "success manager of Acme" in why


def test_the_cards_and_the_copies_of_their_messages_are_shown_anew(lived_in: UnitsOfWork) -> None:
    assert erase(lived_in, DANA).redrawn == 3
    with lived_in() as work:
        again = [each.say for each in work.outbox.claim(NOON, 10, ())]
    assert {say.updates for say in again} == {"case:1:card:customer", "case:1:card:triage"}
    with lived_in() as work:
        line = work.outbox.latest("line:C0ACME:1772452900.000001")
    assert line is not None
    assert (line.body["deleted"], line.body["name"], line.body["text"]) == (True, PSEUDONYM, "")


def test_an_interrupted_erasure_is_taken_up_again(lived_in: UnitsOfWork, engine: Engine) -> None:
    close_the_open_one(lived_in)
    begun = PersonErasure(lived_in, kept(lived_in, ENG), "person-00000001", nothing).run()
    next(begun)
    next(begun)
    erase(lived_in, ENG)
    assert list(traces_of(engine, ENG)) == []
    assert "person-00000001" in told(engine)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(middle=st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), max_size=12))
def test_whatever_somebody_is_called(middle: str, migrated_file: Path, tmp_path: Path) -> None:
    who = replace(DANA, name=f"Zq{middle}qZ")
    path = shutil.copy(migrated_file, tmp_path / "again.db")
    with engine_on(f"sqlite:///{path}") as engine:
        begin = SqlUnitsOfWork(engine)
        lived(begin, dana=who)
        erase(begin, who)
        found = list(strings(dumped(engine)))
        assert [each for each in found if who.name in each or said_by(who, "") in each] == []
