"""Whoever looks where channels are while one moves doesn't make the bot forget it again."""

from threading import Thread

import pytest

from cases import whereabouts
from cases.ports import UnitOfWork
from cases.queues import Received
from cases.troubles import ends
from tests.handlers.conftest import Bot

MEANWHILE_SECONDS = 0.5
"""A look that waits for the move isn't done by then; one that doesn't wait is."""


def test_a_look_that_began_before_the_move_was_committed_forgets_nothing(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, looks, now = bot.front, list[Thread](), bot.clock.now()

    def meanwhile(uow: UnitOfWork, *args: object) -> None:
        looks.append(Thread(target=front.whereabouts.look))
        looks[-1].start()
        looks[-1].join(MEANWHILE_SECONDS)
        ends(uow, *args)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(whereabouts, "ends", meanwhile)
    with front.units() as uow:
        uow.inbox.put(Received("Ev1", {"type": "event_callback"}, now))
    front.whereabouts.moved("C0ACME", "C0WIDER", "Ev1", now)
    (look,) = looks
    look.join()
    assert front.whereabouts._room.moved.now("C0ACME") == "C0WIDER"
