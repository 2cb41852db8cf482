"""What figures are told of older cases: the promise that each made last, what came of it, the bot's own words."""

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import Connection, text

from cases.facts import CheckInStep, Facts
from cases.measuring import promised_by
from cases.policy import ClockKind
from cases.report_figures import figures
from cases.timelines import timeline
from storage.migrate import _config, upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, calendar
from tests.storage.given import engine_on
from tests.storage.lived import LATER, lived

BEFORE = "0009_parcels"
LINE = (
    "INSERT INTO history (case_number, at, what, why, user_id, team_id) VALUES (:case, :at, :what, :why, 'U0ENG', 'T')"
)
WORDS = {
    "breached": (
        "next response: 100 % of the time allowed, due 2026-03-02T13:00:00Z",
        Facts(clock=ClockKind.NEXT_RESPONSE),
    ),
    "rated": ("4 of 5: thanks", Facts(stars=4)),
    "check-in": ("number 2 unanswered: managers told", Facts(check_in=2, step=CheckInStep.MANAGERS)),
    "confirmed": ("check-in 2", Facts(check_in=2, step=CheckInStep.CONFIRMED)),
    "noted": ("4 of 5", None),
}


@pytest.fixture
def old(database: str) -> str:
    """As the revision before left it, lived in."""
    with engine_on(database) as engine:
        lived(SqlUnitsOfWork(engine))
        with engine.begin() as connection:
            command.downgrade(_config(connection), BEFORE)
            connection.execute(text("DELETE FROM history"))
            _told(connection, 1, "opened", "claimed", "responded", "given-back", "responded", "closed")
            _told(connection, 2, "opened", "reprioritised")
            for what, (why, _) in WORDS.items():
                _line(connection, 2, what, why)
    return database


def _told(connection: Connection, case: int, *whats: str) -> None:
    for what in whats:
        _line(connection, case, what, "")


def _line(connection: Connection, case: int, what: str, why: str) -> None:
    connection.execute(text(LINE), {"case": case, "at": "2026-03-02 12:00:00+00:00", "what": what, "why": why})


def test_the_latest_promise_is_known_and_whether_its_clock_ran(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine, SqlUnitsOfWork(engine).reading() as work:
        first, second = (work.cases.history(number) for number in (1, 2))
        case = work.cases.several([1])[1]
        told = first[0].facts
        assert told is not None
        assert told.promised == promised_by(case)
        runs = {line.what: line.facts.runs for line in first if line.facts}
        assert runs == {"opened": True, "responded": False, "given-back": True}
        assert second[0].facts is None, "which promise it was before the change, nobody wrote down"
        assert second[1].facts is not None
        assert [line.facts for line in second[2:]] == [facts for _, facts in WORDS.values()]
        lines = [line for line in work.cases.happened(NOON - timedelta(days=1)) if line.case == 1]
        read = timeline(lines, LATER)
        assert figures(read.responses, read.marks, NOON, LATER, calendar).kept == 1


def test_there_and_back(old: str) -> None:
    upgrade(old)
    with engine_on(old) as engine, engine.begin() as connection:
        command.downgrade(_config(connection), BEFORE)
        assert connection.scalar(text("SELECT count(*) FROM history")) == 13
    upgrade(old)
