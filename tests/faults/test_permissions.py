"""Every action, by everybody, with whatever they write into it: what may be is a table, all else changes nothing."""

import re
from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

import handlers
from cases.accounts import Account
from handlers import commands
from handlers.failures import FORM_NOT_SAVED, NOT_SAVED, OVERTAKEN, UNEXPECTED
from tests.faults.rights.buttons import BUTTONS, HOME
from tests.faults.rights.counter import Came, Counter, counter
from tests.faults.rights.deeds import CHANGES, CUSTOMER, EVERYBODY, SAYS, SHOWS, Deed
from tests.faults.rights.forms import FORMS, SHORTCUTS
from tests.faults.rights.morning import SECRETS, Desk, set_out
from tests.faults.rights.people import ACCOUNTS, DANA, PEOPLE, Who
from tests.faults.rights.presenting import GARBAGE, Presenting, channel_of, missing
from tests.faults.rights.typed import COMMANDS

TABLE = {"button": BUTTONS, "form": FORMS, "shortcut": SHORTCUTS, "command": COMMANDS}
TAMPERED = ("honest", "theirs", "missing", "garbage", "elsewhere", "nowhere")
ALARMING = (UNEXPECTED, NOT_SAVED, FORM_NOT_SAVED, OVERTAKEN)
REFUSALS = ("I don't know a case", "Only the support team", "couldn't match you", "is for support managers")
NOWHERE = ("", "C0NOWHERE", "' OR 1=1", "C0BOTH,C0ACME")
SHARE = 9
"""One cell in so many is tried always."""


def cells() -> Iterator[ParameterSet]:
    """Kind, id, who, and what they wrote into it."""
    number = 0
    for kind, rows in TABLE.items():
        for id, deed in rows.items():
            for who in PEOPLE:
                for tampered in TAMPERED:
                    if makes_sense(kind, deed, tampered):
                        name = f"{id or 'nonsense'}-{who}-{tampered}".replace(" ", "_")
                        kept = (tampered == "honest" and who in {"customer", "other customer"}) or number % SHARE == 0
                        marks = () if kept else (pytest.mark.faults,)
                        yield pytest.param(kind, id, who, tampered, number, id=name, marks=marks)
                        number += 1


def makes_sense(kind: str, deed: Deed, tampered: str) -> bool:
    """There is something to write another thing into."""
    if tampered in {"missing", "garbage"}:
        return deed.bound and kind != "shortcut"
    if tampered == "theirs":
        return deed.bound and deed.about == "theirs"
    return tampered == "honest" or (kind != "form" and not deed.form)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counter, dict[str, Desk]]]:
    with counter(tmp_path_factory.mktemp("counter")) as open_:
        yield open_, set_out(open_)


def test_whatever_can_be_done_has_its_row() -> None:
    """A new id without one is in nobody's rights."""
    assert set(BUTTONS) == set(handlers.ACTIONS)
    assert set(FORMS) == set(handlers.VIEWS)
    assert set(SHORTCUTS) == set(handlers.SHORTCUTS)
    assert set(COMMANDS) == {*commands.LOOKS, *commands.DEEDS}
    assert set(handlers.COMMANDS) == {"/case"}


@pytest.mark.parametrize(("kind", "id", "name", "tampered", "number"), list(cells()))
def test_only_what_the_table_allows_comes_of_it(
    made: tuple[Counter, dict[str, Desk]], kind: str, id: str, name: str, tampered: str, number: int
) -> None:
    at, desks = made
    deed, who = TABLE[kind][id], PEOPLE[name]
    desk = desks["Bolt" if tampered == "theirs" else "Acme"]
    value, channel = written(deed, desk, desks["Acme"], tampered, number)
    came = Presenting(at).present(kind, id, deed, who, desk, value, channel)
    says_nothing_of_others(came, who, channel)
    if tampered not in {"missing", "garbage"} and may(kind, deed, who, desk, channel):
        did(came, deed)
    else:
        did_nothing(came, deed, kind, channel)
        if deed.is_secret and not who.role and tampered not in {"missing", "garbage"}:
            none = Presenting(at).present(kind, id, deed, who, desk, missing(deed.value(desk)), channel)
            assert faceless(came) == faceless(none)


def written(deed: Deed, desk: Desk, own: Desk, tampered: str, number: int) -> tuple[str, str]:
    """The value, and the channel that the payload names."""
    value, channel = deed.value(desk), channel_of(deed, own)
    match tampered:
        case "missing":
            return missing(value), channel
        case "garbage":
            nonsense = GARBAGE[number % len(GARBAGE)]
            return (f"{value.split()[0]} {nonsense}" if " " in value else nonsense), channel
        case "elsewhere":
            return value, "C0BOLT"
        case "nowhere":
            return value, NOWHERE[number % len(NOWHERE)]
        case _:
            return value, channel


def may(kind: str, deed: Deed, who: Who, desk: Desk, channel: str) -> bool:
    """What the table says."""
    if deed.may == EVERYBODY:
        return True
    here = [account for account in ACCOUNTS if channel in account.channels]
    account = next(account for account in ACCOUNTS if account.name == desk.name)
    if who.role:
        there = account in here if deed.local else bool(here) if deed.about in {"place", "message"} else True
        return who.role in deed.may and there
    if CUSTOMER not in deed.may:
        return False
    if deed.about in {"place", "message"}:
        authors = [each for each in here if belongs(DANA, each)] if deed.about == "message" else []
        return any(belongs(who, each) for each in authors or here)
    placed = deed.placed and kind != "form" and not deed.form
    return belongs(who, account) and (account in here or not placed)


def belongs(who: Who, account: Account) -> bool:
    return who.team in account.teams


def did(came: Came, deed: Deed) -> None:
    if deed.does == CHANGES:
        assert came.changed, came.words
    elif deed.does == SHOWS:
        assert came.shown, came.words
    elif deed.does == SAYS:
        assert came.words
        assert not [refusal for refusal in REFUSALS if refusal in came.words], came.words
    assert not [words for words in ALARMING if words in came.words]


def did_nothing(came: Came, deed: Deed, kind: str, channel: str) -> None:
    """And the person reads why, wherever there is a place to say it."""
    assert came.changed == set(), came.words
    assert not [words for words in ALARMING if words in came.words]
    if deed.form != HOME:
        assert not came.shown or came.errors or "Not sent" in came.words, came.words
    if not deed.form or deed.form == HOME:
        assert len(came.words.strip()) > 20, came.words


def says_nothing_of_others(came: Came, who: Who, channel: str) -> None:
    for account in ACCOUNTS:
        if not who.role and not belongs(who, account):
            assert SECRETS[account.name] not in came.words


def faceless(came: Came) -> str:
    return re.sub(r"\d+", "#", came.words)
