"""Accounts by channel and name; requests to open a case by id and message."""

from dataclasses import replace
from datetime import date

import pytest

from cases.add_ons import AddOn, AddOnKind
from cases.case_parts import SourceMessage
from cases.contacts import Contact, ContactKind
from cases.errors import NotFound
from cases.hours import CalendarSpec, Window
from cases.intake import Intake
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import BOB, DANA, NOON, account
from tests.storage.given import after

HOURS = CalendarSpec("Acme", (Window(0, 540, 1080),), "Asia/Jerusalem", "US-CA", by_account=False)
METHODS = (Contact(ContactKind.EMAIL, "Mail", "help@oko.example", "weekdays", "answered by people"),)
ADD_ON = AddOn(
    AddOnKind.MISSION_CRITICAL, "U6", "EMEA", "Europe/London", date(2026, 3, 2), date(2027, 3, 1), 50, "GB", ("U1",)
)
ACME = replace(
    account(),
    channels=("C2", "C1"),
    business_hours=HOURS,
    contacts=("U1",),
    managers=("U2", "U3"),
    contact_methods=METHODS,
    csm="U4",
    tam="U5",
    term_starts=date(2026, 3, 2),
    add_ons=(ADD_ON,),
    success_meeting_every=1,
    business_review_every=3,
)
GLOBEX = replace(account(("T0GLOBEX",)), name="Globex", channels=("C1",))


def test_an_account_comes_back_as_it_was_put(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        acme = work.accounts.put(replace(ACME, id=0))
    with begin() as work:
        assert work.accounts.get(acme.id) == replace(ACME, id=acme.id)
        assert work.accounts.by_name("Acme") == acme
        assert work.accounts.by_name("acme") is None
        assert work.accounts.managers(acme.id) == ("U2", "U3")


def test_putting_the_same_name_replaces_the_account_and_keeps_its_id(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        first = work.accounts.put(ACME)
    with begin() as work:
        second = work.accounts.put(replace(ACME, channels=("C1", "C9"), teams=(), business_hours=None))
    assert second.id == first.id
    with begin() as work:
        assert work.accounts.all() == [second]
        assert work.accounts.in_channel("C2") == []


def test_a_shared_channel_has_both_accounts(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        globex, acme = work.accounts.put(GLOBEX), work.accounts.put(ACME)
        assert work.accounts.in_channel("C1") == [acme, globex]
        assert work.accounts.in_channel("C2") == [acme]
        assert work.accounts.all() == [acme, globex]


def test_an_account_or_request_that_is_not_there_is_told_in_words(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        with pytest.raises(NotFound, match="account"):
            work.accounts.get(5)
        with pytest.raises(NotFound, match="start again"):
            work.intakes.get("x")


def test_a_request_comes_back_by_its_id_and_the_first_one_by_its_message(begin: SqlUnitsOfWork) -> None:
    source = SourceMessage("C1", "17.1", BOB, "it's down")
    first = Intake("i1", "C1", DANA, NOON, source, "words")
    again = Intake("i0", "C1", DANA, after(1), source)
    plain = Intake("i2", "C1", DANA, NOON)
    with begin() as work:
        for intake in (again, first, plain):
            work.intakes.add(intake)
    with begin() as work:
        assert work.intakes.get("i2") == plain
        assert work.intakes.by_source("C1", "17.1") == first
        assert work.intakes.by_source("C1", "17.2") is None
