"""Announcements: kept from their empty form on, the newest sent ones first."""

from dataclasses import replace

import pytest

from cases.announcements import Announcement, Words
from cases.errors import NotFound
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import MAX, NOON
from tests.storage.given import after

EMPTY = Announcement("a1", MAX, NOON)
SENT = replace(EMPTY, words=Words("okta", "News\x00", "*Bold* 🎉", "https://x.example"), channels=("C2", "C1"))


def test_an_announcement_comes_back_as_it_was_put(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.announcements.add(EMPTY)
    with begin() as work:
        assert work.announcements.get("a1") == EMPTY
        work.announcements.put(replace(SENT, sent_at=after(1)))
    with begin() as work:
        words = replace(SENT.words, title="News\ufffd")
        assert work.announcements.get("a1") == replace(SENT, words=words, sent_at=after(1))
        with pytest.raises(NotFound, match="/case announce"):
            work.announcements.get("a2")


def test_only_sent_ones_are_listed_the_newest_first(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        for id, sent_at in (("old", after(1)), ("never", None), ("new", after(3)), ("between", after(2))):
            work.announcements.add(replace(EMPTY, id=id, sent_at=sent_at))
    with begin() as work:
        assert [each.id for each in work.announcements.sent(2)] == ["new", "between"]
