"""Searching cases, on either database."""

from dataclasses import replace

import pytest

from cases.case import Case, State
from cases.finding import Found, Search, search_of
from cases.ports import UnitsOfWork
from tests.builders import ENG, account, case


@pytest.fixture
def stored(begin: UnitsOfWork) -> list[Case]:
    """C-1 to C-4: Acme's three and Bolt's one."""
    with begin() as work:
        acme = work.accounts.put(account())
        bolt = work.accounts.put(replace(account(), id=0, name="Bolt & Söhne", channels=("C0BOLT",)))
        cases = [
            replace(case(1), account=acme.id, title="Login fails", details="100% of users, error_code 7"),
            replace(
                case(2),
                account=acme.id,
                title="Page is slow",
                details="Since the login change",
                assignee=ENG,
                reopened=2,
            ),
            replace(case(3), account=acme.id, title="ÄRGER beim Anmelden", details="x", state=State.CLOSED, reopened=1),
            replace(case(1), account=bolt.id, account_name=bolt.name, title="login", details="y", tenant="bolt-eu"),
        ]
        added = [work.cases.add(each, f"intake-{n}") for n, each in enumerate(cases)]
        return [work.save(each, (), (), ()) for each in added]


def numbers(begin: UnitsOfWork, text: str) -> list[int]:
    with begin() as work:
        return [found.number for found in work.cases.find(search_of(text)).cases]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("LOGIN", [4, 2, 1]),
        ("login slow", [2]),
        ("login nowhere", []),
        ("100%", [1]),
        ("0%o", []),
        ("r_c", [1]),
        ("l_gin", []),
        ("ärger", [3]),
        ("söhne", [4]),
        ("SÖHNE", [4]),
        ("bolt-eu", [4]),
        ("state:open", [4, 2, 1]),
        ("state:open state:closed", [4, 3, 2, 1]),
        ("state:reopened", [2]),
        ("state:closed,reopened", [3, 2]),
        ("priority:1", [4, 1]),
        ("priority:1 account:acme", [1]),
        ("account:&", [4]),
        ("assignee:U0ENG", [2]),
        ("assignee:nobody login", [4, 1]),
        ("\\", []),
        ("';--", []),
    ],
)
def test_all_words_and_filters_must_fit_and_the_newest_comes_first(
    begin: UnitsOfWork, stored: list[Case], typed: str, expected: list[int]
) -> None:
    assert numbers(begin, typed) == expected


def test_only_these_accounts_cases_are_found(begin: UnitsOfWork, stored: list[Case]) -> None:
    with begin() as work:
        ours = work.cases.find(Search(("login",)), [stored[0].account])
        nobodys = work.cases.find(Search(("login",)), [])
    assert [found.number for found in ours.cases] == [2, 1]
    assert nobodys == Found([], 0)


def test_what_is_beyond_the_limit_is_counted(begin: UnitsOfWork, stored: list[Case]) -> None:
    with begin() as work:
        found = work.cases.find(Search(states=(State.OPEN,)), limit=2)
    assert ([one.number for one in found.cases], found.total) == ([4, 2], 3)


def test_half_a_character_finds_nothing_and_breaks_nothing(begin: UnitsOfWork, stored: list[Case]) -> None:
    assert numbers(begin, "\ud800") == []
    assert numbers(begin, "a\x00b") == []
