"""People outside Slack: by mail and by an HTTP gateway, in few words that are nobody's."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from cases.case import Case
from cases.clocks import response_clock
from cases.parcels import NotCarried, Taken
from cases.policy import Audience, Rung
from cases.queues import Post
from cases.reaching import Alarm, asked, reached
from cases.responding import claimed
from outside.addresses import AddressesError, Place
from outside.reach import Reach
from tests.builders import ENG, NOON, case
from tests.outside.post_office import delivering, text_of
from tests.outside.receiver import receiving

SLACK = "https://acme.slack.com/"


def taken(of: Case, share: int = 75, minutes: int = 45, id: int = 1) -> Taken:
    rung = Rung(share, frozenset({Audience.TRIAGE}), ("pager",))
    (parcel,) = reached(of, response_clock(of), rung, NOON + timedelta(minutes=minutes), 0)
    return Taken(id, f"{id:08x}cdef", parcel, 0)


def alarm(of: Case, share: int = 75, minutes: int = 45, id: int = 1) -> Alarm:
    return Alarm(taken(of, share, minutes, id), of, Post("C0TRIAGE", "1.000200"))


def place(url: str, timezone: str = "UTC") -> Place:
    return Place(url=SecretStr(url), timezone=timezone)


def test_by_mail_which_case_how_bad_by_when_and_where_and_nobodys_words() -> None:
    with delivering() as office:
        pager = Reach("pager", place(office.url, "Europe/Berlin"), SLACK)
        office.refuses = 1
        at = NOON + timedelta(minutes=45)
        opened = replace(case(), title="Kestrel", details="Merlin")
        with pytest.raises(NotCarried):
            pager.call([alarm(opened)], at)
        pager.call([alarm(opened)], at)
        (letter,) = office.letters
    assert letter["subject"] == "C-1, Priority 1: answer due Mon 02 Mar 14:00 Europe/Berlin, in 15 min"
    text = text_of(letter)
    assert "75 % of the time allowed has passed." in text
    assert "https://acme.slack.com/archives/C0TRIAGE/p1000200" in text
    assert "Call 00000001; the same number again is the same call." in text
    assert not [word for word in ("Kestrel", "Merlin", "Dana", "U0", "Told") if word in text]


def test_told_late_it_says_how_late_and_how_long_the_time_is_over() -> None:
    with receiving() as gateway:
        pager = Reach("pager", place(gateway.url.replace("http", "json")), SLACK)
        pager.call([alarm(case(), 100, 60)], NOON + timedelta(hours=3, minutes=5))
        (request,) = gateway.requests
    assert "Told 2 h 5 min late." in request.json["message"]
    assert "The time promised is over." in request.json["message"]
    assert "answer due Mon 02 Mar 13:00 UTC, 2 h 5 min ago" in request.json["title"]


def test_many_at_once_are_one_call() -> None:
    with receiving() as gateway:
        pager = Reach("pager", place(gateway.url.replace("http", "json")), SLACK)
        pager.call([alarm(replace(case(), number=n), id=n) for n in range(1, 13)], NOON + timedelta(minutes=45))
        (request,) = gateway.requests
    assert request.json["title"] == "12 cases wait for us"
    lines = request.json["message"].splitlines()
    assert lines[0].startswith("C-1, Priority 1: answer due Mon 02 Mar 13:00 UTC, in 15 min https://acme")
    assert lines[-2:] == ["and 2 more, in Slack.", "Call 00000001; the same number again is the same call."]


def test_an_address_that_apprise_does_not_know_is_told_by_its_name_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(AddressesError) as wrong:
        Reach("pager", place("nonsense://s3cret"), SLACK)
    assert str(wrong.value) == "reach.pager.url: Apprise knows no such address"
    assert "s3cret" not in caplog.text


def test_who_is_refused_or_not_there_is_tried_again() -> None:
    with receiving() as gateway:
        gateway.always = 500
        gone = Reach("pager", place(gateway.url.replace("http", "json")), SLACK)
        with pytest.raises(NotCarried):
            gone.call([alarm(case())], NOON)
    with pytest.raises(NotCarried):
        gone.call([alarm(case())], NOON)


def test_nobody_is_called_for_what_asks_nothing_any_more() -> None:
    opened, half, three_quarters = case(), taken(case(), 50, 30, 1), taken(case(), 75, 45, 2)
    assert asked([half, three_quarters], {1: opened}) == (three_quarters,)
    begun = claimed(opened, ENG, NOON).case
    assert asked([half, three_quarters], {1: begun}) == ()
    moved = replace(opened, due_at=opened.due_at + timedelta(hours=1))
    assert asked([three_quarters], {1: moved}) == ()
