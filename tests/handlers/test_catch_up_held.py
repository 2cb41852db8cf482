"""However much stands in a channel or a thread, what is held of it while it is read is what is news."""

import gc
from collections.abc import Iterator
from datetime import timedelta

import pytest

from cases.queues import Json, Received
from handlers import catch_up, pace
from handlers.catch_up import CatchUp
from handlers.payloads import word
from tests.handlers.conftest import Bot
from workspace.model import Message

AN_HOUR = timedelta(hours=1)
LINES = 30
A_PAGE = 5


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catch_up, "CHANNEL_PAGE", A_PAGE)
    monkeypatch.setattr(catch_up, "THREAD_PAGE", A_PAGE)


@pytest.fixture
def long(bot: Bot) -> Message:
    """The first message of a thread that has gone on for a while, in a channel where as much was written beside it."""
    dana = bot.someone("Dana")
    root = dana.post("C0ACME", "Good morning")
    for number in range(LINES):
        dana.post("C0ACME", f"Aside {number}", root.ts)
        dana.post("C0ACME", f"News {number}")
    bot.settle()
    bot.clock.advance(hours=2)
    return root


def turned(bot: Bot, every: float = 10) -> Iterator[CatchUp]:
    """The reader, after each look at what may be read now; so many seconds pass between them."""
    looks: list[CatchUp] = []
    reader = CatchUp(bot.front, lambda: ("C0TRIAGE",), timedelta(days=30), lambda: len(looks) * every)
    reader.begin(bot.clock.now() - AN_HOUR, bot.clock.now() - timedelta(days=40))
    while not reader.is_done:
        looks.append(reader)
        reader.step()
        yield reader


def held(thing: object) -> list[Json]:
    """The messages that it refers to, and those inside of these."""
    seen, found, more = set[int](), list[Json](), [thing]
    while more:
        for each in gc.get_referents(more.pop()):
            if id(each) not in seen and not isinstance(each, type):
                seen.add(id(each))
                found += [each] if isinstance(each, dict) and word(each, "text") else []
                more.append(each)
    return found


def test_what_was_heard_is_let_go_page_by_page(bot: Bot, long: Message) -> None:
    at_most = [len(held(reader._places)) for reader in turned(bot)]
    assert len(at_most) >= LINES / A_PAGE, "several pages"
    assert set(at_most) == {0}


def test_of_what_was_missed_a_thread_is_told_page_by_page_and_a_channel_in_order(bot: Bot, long: Message) -> None:
    with bot.slack.state.change():
        bot.slack.hub.forgets = True
    dana = bot.someone("Dana")
    lines = [dana.post("C0ACME", f"Missed {number}", long.ts).ts for number in range(2 * A_PAGE)]
    calls = [dana.post("C0ACME", f"<@U0BOT> {number}").ts for number in range(2 * A_PAGE)]
    at_most = [(len(held(place)), place.root) for reader in turned(bot) for place in reader._places]
    assert max(holding for holding, root in at_most if root) == 0
    with bot.front.units.reading() as uow:
        in_thread, in_channel = (list(uow.inbox.about(what)) for what in (f"C0ACME {long.ts}", ""))
    assert [word(each.payload, "event", "ts") for each in in_thread][LINES:] == lines
    assert [word(each.payload, "event", "ts") for each in in_channel] == calls


def test_one_thread_at_a_time_is_half_read(bot: Bot, long: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others are found meanwhile, in channels that another of Slack's methods reads."""
    monkeypatch.setattr(pace, "BURST", 1)
    erin = bot.someone("Erin")
    root = erin.post("C0TRIAGE", "Good morning")
    bot.clock.advance(hours=-0.5)
    erin.post("C0ACME", "One more", long.ts)
    for number in range(2 * LINES):
        erin.post("C0TRIAGE", f"Aside {number}", root.ts)
    half = [[place.root for place in reader._places if place.root and place.cursor] for reader in turned(bot, 0.5)]
    assert {root.ts, long.ts} == {ts for begun in half for ts in begun}
    assert max(map(len, half)) == 1


def test_of_a_thread_that_was_stored_a_few_events_are_held_at_a_time(bot: Bot) -> None:
    now = bot.clock.now()
    with bot.front.units() as uow:
        for number in range(350):
            uow.inbox.put(Received(f"Ev{number}", {"event": {"text": "Aside"}}, now, "C1 1.0"))
    before = events_held()
    with bot.front.units.reading() as uow:
        told = enumerate(uow.inbox.about("C1 1.0"))
        alive = [events_held() - before for number, _ in told if number % 70 == 0]
    assert len(alive) == 5
    assert max(alive) < 10


def events_held() -> int:
    """In this process, by whomever."""
    gc.collect()
    return sum(type(each) is Received for each in gc.get_objects())
