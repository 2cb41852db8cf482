"""An event is stored once, handled once, and tried again when handling it failed."""

from dataclasses import replace

import pytest

from cases.errors import NotFound
from cases.ports import Received
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import after

TEXT = "half \ud83d, nul \x00, 🎫"
REACTION = Received("Ev1", {"event": {"type": "reaction_added", "text": TEXT}}, NOON)
MENTION = Received("Ev2", {"event": {"type": "app_mention", "blocks": [{"n": 1.5, "deep": None}]}}, after(1))


def test_a_redelivered_event_is_recognised_by_its_id(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        assert work.inbox.put(REACTION) is True
    with begin() as work:
        assert work.inbox.put(REACTION) is False
        assert work.inbox.next(NOON) == REACTION


def test_events_are_handled_once_and_oldest_first(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
        work.inbox.put(MENTION)
        assert work.inbox.next_ready_at() == NOON
    with begin() as work:
        assert work.inbox.next(after(9)) == REACTION
        assert work.inbox.handled("Ev1", after(9)) is True
    with begin() as work:
        assert work.inbox.handled("Ev1", after(9)) is False
        assert work.inbox.next(after(9)) == MENTION
        assert work.inbox.handled("Ev2", after(9)) is True
    with begin() as work:
        assert work.inbox.next(after(9)) is None
        assert work.inbox.next_ready_at() is None
        assert work.inbox.put(REACTION) is False


def test_an_event_that_failed_waits_while_the_others_go_on(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
        work.inbox.put(MENTION)
        work.inbox.postpone("Ev1", after(60), "database gone")
    with begin() as work:
        assert work.inbox.next(after(59)) == MENTION
        assert work.inbox.next(after(60)) == REACTION


def test_what_is_about_the_same_keeps_its_order_though_the_first_is_tried_again(begin: SqlUnitsOfWork) -> None:
    put_on, taken_off = (replace(event, about="Erin and the card") for event in (REACTION, MENTION))
    with begin() as work:
        assert work.inbox.put(put_on)
        assert work.inbox.put(taken_off)
        work.inbox.postpone("Ev1", after(60), "Slack gone")
    with begin() as work:
        assert work.inbox.next(after(59)) is None
        assert work.inbox.next_ready_at() == after(60)
        assert work.inbox.next(after(60)) == put_on
        assert work.inbox.handled("Ev1", after(60))
        assert work.inbox.next(after(60)) == taken_off


def test_handling_that_fails_midway_leaves_the_event_to_be_handled(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.inbox.put(REACTION)
    with pytest.raises(NotFound), begin() as work:
        _ = work.inbox.handled("Ev1", NOON), work.cases.get(1)
    with begin() as work:
        assert work.inbox.handled("Ev1", NOON) is True
