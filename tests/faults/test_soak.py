"""Half an hour at twenty events a second with faults on: memory stays flat, and the books balance. `make soak`."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from cases.audit import LATE
from cases.troubles import TroubleKind
from handlers.found import FOUND
from handlers.front import Emoji
from handlers.incoming import parse
from storage.queue_tables import InboxRow, TimerRow
from tests.faults.pace import too_soon
from tests.faults.replicas import Replicas, replicas
from tests.faults.soak.people import TRIAGE, is_a_persons
from tests.faults.soak.soaking import Soak
from tests.unit.test_heap import tuned
from workspace.acting import words
from workspace.model import JsonDict

pytestmark = pytest.mark.soak

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
WARM_MINUTES = 10
"""A shorter one ends before the bot has met everything that it keeps: its memory is shown, and not judged."""
MOST_MIB = 2.0
"""By so much memory may seem to grow over the second half. Of thirty minutes that is 120 bytes an event."""
EMOJI = Emoji()
CHANNELS = ["C0ACME", "C0BOTH", *(f"C0MORE{each}" for each in range(18))]
TOLD = {
    50: ["triage:C0TRIAGE"],
    75: ["triage:C0TRIAGE"],
    90: ["managers-channel:C0MANAGERS", "manager:U0MAX"],
    100: ["triage:C0TRIAGE", "managers-channel:C0MANAGERS", "manager:U0MAX"],
}
"""Premier's ladder: who hears each rung."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Replicas]:
    """Two bots on PostgreSQL, one on SQLite."""
    bots = {"sqlite": 1, "postgresql": 2}[request.param]
    database = request.getfixturevalue("restartable_database" if bots > 1 else "sqlite_database")
    with replicas(database, tmp_path, CHANNELS[2:]) as house:
        house.more_settings |= tuned()
        house.open_cases((), CHANNELS)
        house.start(bots)
        yield house


def test_memory_stays_flat_each_event_is_handled_once_and_each_rung_said_once(house: Replicas) -> None:
    soak = Soak(house, CHANNELS, Random(5))
    soak.go_on(MINUTES)
    stand = house.books.balance()
    show(soak, house, stand)
    each_event_is_handled_once(house)
    each_rung_is_told_once(soak, house, stand)
    what_people_did_came_of_it_once(soak, house)
    assert found_by_the_auditor(house).keys() <= explained(soak)
    if MINUTES >= WARM_MINUTES:
        assert soak.memory.growth() < MOST_MIB


def each_event_is_handled_once(house: Replicas) -> None:
    """All that Slack sent, however often; what history showed before its event came is that event."""
    hub = house.slack.hub
    assert (hub.under_way, hub.given_up) == ([], [])
    sent = {name_of(each.payload): each.payload for each in hub.delivered if is_a_persons(each.payload)}
    with house.engine.connect() as connection:
        rows = connection.execute(
            select(InboxRow.event_id, InboxRow.known_as, InboxRow.about, InboxRow.handled_at)
        ).all()
    assert [row.event_id for row in rows if row.handled_at is None] == []
    names = Counter(row.known_as or row.event_id for row in rows)
    shown = {row.event_id: row.about for row in rows if row.known_as is None and row.event_id.startswith(FOUND)}
    assert names == Counter(sent.keys() | shown.keys())
    assert set(shown.values()) <= {told.about for payload in sent.values() if (told := parse(payload, EMOJI))}


def name_of(payload: JsonDict) -> str:
    """What tells an event from others: what it is about, or its id."""
    event = parse(payload, EMOJI)
    return (event and event.known_as) or str(payload["event_id"])


def each_rung_is_told_once(soak: Soak, house: Replicas, stand: Counter[str]) -> None:
    """Of the cases that nobody touched: those that have fallen, and no others."""
    with house.engine.connect() as connection:
        to_come = {tuple(row) for row in connection.execute(select(TimerRow.case_number, TimerRow.number))}
    fallen = [(case.number, share) for case in soak.ticking for share in TOLD if (case.number, share) not in to_come]
    owed = Counter(f"case:{number}:rung:1:{share}:0:{who}" for number, share in fallen for who in TOLD[share])
    assert Counter({key: n for key, n in stand.items() if key.startswith("case:") and ":rung:" in key}) == owed


def what_people_did_came_of_it_once(soak: Soak, house: Replicas) -> None:
    """Each line went to the other side, each question was answered, each case claimed."""
    slack, people = house.slack, soak.people
    shown = "\n".join(words(message) for message in slack.messages(TRIAGE) if message.bot_id)
    assert {line: n for line in people.lines if (n := shown.count(line)) != 2} == {}
    answers = Counter((m.channel, m.thread_ts) for each in CHANNELS for m in slack.messages(each) if m.bot_id)
    assert [answers[asked.channel, asked.ts] for asked in people.asked] == [1] * len(people.asked)
    with house.units() as uow:
        history = {number: [entry.what for entry in uow.cases.history(number)] for number in people.claimed}
    assert {number: what.count("claimed") for number, what in history.items()} == dict.fromkeys(people.claimed, 1)


def found_by_the_auditor(house: Replicas) -> Counter[str]:
    """By kind, as its log tells."""
    lines = [json.loads(line) for line in (house.folder / "stderr").read_text().splitlines() if line.startswith("{")]
    return Counter(str(line.get("kind", "released")) for line in lines if str(line["event"]).startswith("audit_"))


def explained(soak: Soak) -> set[str]:
    """Kinds: where the machine was too busy for the bots to keep up, events did wait for longer than a minute."""
    return {TroubleKind.EVENTS.value} if soak.behind_seconds > LATE.total_seconds() else set()


def show(soak: Soak, house: Replicas, stand: Counter[str]) -> None:
    """What the assertions are about."""
    quarters = " ".join(f"{mib:.1f}" for mib in soak.memory.quarters())
    print(f"memory by quarters: {quarters} MiB; over the second half {soak.memory.growth():+.2f} MiB")
    print(f"done: {dict(soak.people.done)}; clicks that nobody answered: {soak.people.unanswered}")
    rungs, hurried = sum(":rung:" in key for key in stand), len(too_soon(house.slack))
    print(f"cases: {len(soak.ticking)} that nobody touched, {2 * len(soak.ticking)} that people worked on")
    print(f"said: {stand.total()} messages, {rungs} of them rungs; sooner than a second after another: {hurried}")
    print(f"at most {soak.behind_seconds:.0f} s behind; found by the auditor: {dict(found_by_the_auditor(house))}")
