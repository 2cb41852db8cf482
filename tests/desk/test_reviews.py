"""Who may have a ticket review of whose cases, and where: derived from who asks, and asked again as it is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.accounts import Account
from cases.calendars import CalendarBook
from cases.errors import Refused
from cases.people import Actor, Person, Role
from cases.reviews import Asker, NotHere, Reviews
from cases.room import Room
from cases.says import Say, SayKind
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, PLACES, OnDuty

ERIN = Asker(Actor(Person("U0ERIN", "T0HOST"), frozenset({Role.ENGINEER})), ours=True)
TOM = Asker(Actor(Person("U0TOM", "T0HOST")), ours=True)
CARLA = Asker(Actor(Person("U0CARLA", "T0CEDAR")), ours=False)
BORIS = Asker(Actor(Person("U0BORIS", "T0BOLT")), ours=False)
SOMEBODY_ELSES_TOM = Asker(Actor(Person("U0TOM", "T0EVIL")), ours=False)


@pytest.fixture
def units(tmp_path: Path) -> Iterator[SqlUnitsOfWork]:
    """Cedar (1) and Bolt (2), both with reviews, share C0MIXED; Dell (3) has none."""
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    upgrade(url)
    engine = make_engine(url)
    begin = SqlUnitsOfWork(engine)
    with begin() as work:
        for account in (
            Account(0, "Cedar", "auth0", "premier", "UTC", ("C0CEDAR", "C0MIXED"), ("T0CEDAR",), tam="U0TOM"),
            Account(0, "Bolt", "auth0", "premier", "UTC", ("C0MIXED",), ("T0BOLT",)),
            Account(0, "Dell", "auth0", "enterprise", "UTC", ("C0DELL",), ("T0DELL",)),
            Account(0, "Gone", "nobody-knows", "premier", "UTC", ("C0GONE",)),
        ):
            work.accounts.put(account)
    yield begin
    engine.dispose()


@pytest.fixture
def reviews(units: SqlUnitsOfWork) -> Reviews:
    return Reviews(Room(units, load_policies(), CalendarBook(holiday_names), OnDuty(), PLACES))


def said(units: SqlUnitsOfWork) -> list[Say]:
    with units() as work:
        return [delivery.say for delivery in work.outbox.claim(NOON, 100, ())]


def test_each_goes_to_the_channel_alone_and_names_its_account(reviews: Reviews, units: SqlUnitsOfWork) -> None:
    made = reviews.ask(CARLA, "C0CEDAR", NOON)
    assert (made.account.name, made.channel, made.is_new) == ("Cedar", "C0CEDAR", True)
    first, told = said(units)
    assert (first.kind, first.channel, first.body["account"]) == (SayKind.REVIEW, "C0CEDAR", made.account.id)
    assert (told.kind, told.channel) == (SayKind.REVIEW_TOLD, "U0TOM")
    assert "review" not in told.body
    assert "tickets" not in told.body
    again = reviews.ask(ERIN, "C0CEDAR", NOON)
    assert (again.is_new, again.post) == (False, None), "it is on its way"


@pytest.mark.parametrize("asker", [CARLA, BORIS, ERIN, TOM, SOMEBODY_ELSES_TOM])
def test_a_shared_channel_never_gets_one_whoever_asks(reviews: Reviews, units: SqlUnitsOfWork, asker: Asker) -> None:
    for account in (None, 1, 2, 3):
        with pytest.raises(Refused):
            reviews.ask(asker, "C0MIXED", NOON, account=account)
    assert said(units) == []


def test_only_who_looks_after_an_account_is_offered_it_in_private(reviews: Reviews) -> None:
    offered = {}
    for name, asker in {"Carla": CARLA, "Boris": BORIS, "Erin": ERIN, "Tom": TOM}.items():
        with pytest.raises(NotHere) as refusal:
            reviews.ask(asker, "C0MIXED", NOON)
        offered[name] = [account.name for account in refusal.value.accounts]
    assert offered == {"Carla": [], "Boris": [], "Erin": ["Bolt", "Cedar"], "Tom": ["Cedar"]}


@pytest.mark.parametrize("asker", [CARLA, BORIS, SOMEBODY_ELSES_TOM])
def test_in_private_it_goes_to_nobody_else(reviews: Reviews, units: SqlUnitsOfWork, asker: Asker) -> None:
    for account in (1, 2, 99):
        with pytest.raises(Refused, match="know no such account"):
            reviews.ask_in_private(asker, account, 90, NOON)
    assert said(units) == []


def test_the_tam_gets_theirs_in_private_and_no_other(reviews: Reviews, units: SqlUnitsOfWork) -> None:
    assert reviews.ask_in_private(TOM, 1, 90, NOON).channel == "U0TOM"
    with pytest.raises(Refused):
        reviews.ask_in_private(TOM, 2, 90, NOON)
    assert [(say.kind, say.channel) for say in said(units)] == [(SayKind.REVIEW, "U0TOM")]


def test_a_tam_is_known_in_our_own_workspace_alone(reviews: Reviews, units: SqlUnitsOfWork) -> None:
    with pytest.raises(Refused, match="No account of yours"):
        reviews.ask(SOMEBODY_ELSES_TOM, "C0CEDAR", NOON)
    assert said(units) == []


def test_at_home_only_ones_own_account_in_a_channel_that_is_its_own(reviews: Reviews, units: SqlUnitsOfWork) -> None:
    assert reviews.ask_at_home(CARLA, 1, NOON).channel == "C0CEDAR"
    for asker, account, words in (
        (BORIS, 1, "know no such account"),
        (BORIS, 2, "shared with others"),
        (ERIN, 1, "know no such account"),
        (SOMEBODY_ELSES_TOM, 1, "know no such account"),
    ):
        with pytest.raises(Refused, match=words):
            reviews.ask_at_home(asker, account, NOON)
    assert {say.channel for say in said(units)} == {"C0CEDAR", "U0TOM"}


@pytest.mark.parametrize("days", [0, -1, 367, 10**9])
def test_days_have_their_bounds(reviews: Reviews, days: int) -> None:
    with pytest.raises(Refused, match="1 to 366 days"):
        reviews.ask(ERIN, "C0CEDAR", NOON, days)
    with pytest.raises(Refused, match="1 to 366 days"):
        reviews.ask_in_private(ERIN, 1, days, NOON)


@pytest.mark.parametrize("channel", ["C0DELL", "C0GONE"])
def test_a_plan_without_reviews_or_a_programme_that_is_gone_brings_none(reviews: Reviews, channel: str) -> None:
    with pytest.raises(Refused, match="aren't part of this plan"):
        reviews.ask(ERIN, channel, NOON)


def test_what_slack_would_not_take_can_be_asked_for_anew(reviews: Reviews, units: SqlUnitsOfWork) -> None:
    reviews.ask(CARLA, "C0CEDAR", NOON)
    with units() as work:
        for delivery in work.outbox.claim(NOON, 100, ()):
            work.outbox.give_up(delivery.id, "is_archived", NOON)
    assert reviews.ask(CARLA, "C0CEDAR", NOON).is_new
