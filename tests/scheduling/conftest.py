"""A real database in a file, the real rules, and Slack in memory."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from cases.case import Case
from cases.messages import Attachment, Drawn, Row
from cases.ports import UnitsOfWork
from cases.room import Room
from cases.says import Say, SayKind, Urgency
from cases.timekeeping import Timekeeping
from cases.timers import planned_timers
from scheduling.pacing import Pacing
from scheduling.postman import Postman
from scheduling.sender import Sender
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, PLACES, OnDuty, account, calendar, case, program
from tests.scheduling.slack import SlackInMemory
from tests.scheduling.times import HandClock
from tests.storage.databases import database, database_names, migrated_file, postgres_url  # noqa: F401 - fixtures


class PlainRenderer:
    """Draws a say as its key and the state of its case; one whose key is `unpaintable` can't be drawn."""

    def draw(self, say: Say, case: Case | None, now: datetime) -> Drawn:
        if say.key == "unpaintable":
            raise ValueError("no such colour")
        if say.kind is SayKind.REVIEW_FILE:
            return Drawn(say.key, [], Attachment("cases.csv", say.key, b"Case"))
        words = f"{say.key} failed" if say.body.get("failed") else say.key
        return Drawn(f"{words} ({case.state})" if case else words, [])

    def digest(self, say: Say, rows: Sequence[Row], now: datetime) -> Drawn:
        return Drawn("\n".join(self.draw(row.say, row.case, now).text for row in rows), [])


@dataclass
class House:
    """What the tests need, joined as wiring would."""

    units: UnitsOfWork
    clock: HandClock
    slack: SlackInMemory
    file: Path

    @property
    def timekeeping(self) -> Timekeeping:
        return Timekeeping(Room(self.units, {"okta": program()}, calendar, OnDuty(), PLACES))

    def sender(self) -> Sender:
        pacing = Pacing(self.clock.seconds)
        return Sender(self.units, Postman(PlainRenderer(), self.slack, self.clock, pacing), self.clock, pacing)

    def open_case(self, at: datetime = NOON, title: str = "Nobody can sign in") -> Case:
        """With its timers, and without a word said."""
        fresh = case(at=at)
        with self.units() as unit:
            unit.accounts.put(account())
            stored = unit.cases.add(fresh, opening=f"{title} at {at}")
            return unit.save(stored, planned_timers(stored, calendar(stored.promise.calendar)), (), ())

    def damage(self, number: int) -> None:
        """Leave the case in the database in a shape that can't be read."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("UPDATE cases SET promise = '{}' WHERE number = ?", (number,))
            connection.commit()

    def say(self, *says: Say) -> None:
        with self.units() as unit:
            for say in says:
                assert unit.outbox.add(say)

    def draw(self, say: Say) -> Drawn:
        return PlainRenderer().draw(say, None, self.clock.now())


def line(key: str, channel: str = "C0ACME", *, urgency: int = Urgency.REPLY, **more: str | None) -> Say:
    """Something to say."""
    return Say(key=key, kind=SayKind.NOTE, channel=channel, urgency=urgency, **more)  # type: ignore[arg-type]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    file = tmp_path / "cases.db"
    url = f"sqlite:///{file}"
    upgrade(url)
    engine = make_engine(url)
    yield House(SqlUnitsOfWork(engine), HandClock(), SlackInMemory(), file)
    engine.dispose()


@pytest.fixture
def sender(house: House) -> Iterator[Sender]:
    sender = house.sender()
    yield sender
    sender.stop()
