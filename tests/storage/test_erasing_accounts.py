"""One account is erased: nothing of the customer is anywhere, the figures and the other customers are as before."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from cases.accounts import Account
from cases.erasing_accounts import AccountErasure, KeptOfAccount, kept_of_account
from cases.ports import UnitsOfWork
from cases.says import Body, Say, SayKind, Urgency
from tests.builders import BOB, DANA, ENG, NOON
from tests.storage.lived import LATER, a_case, closed, deliver, dumped, lived, said_by, told

PSEUDONYM = "account-0badcafe"


@pytest.fixture
def lived_in(begin: UnitsOfWork) -> UnitsOfWork:
    lived(begin)
    with begin() as work:
        receipt: Body = {
            "part": "receipt",
            "announcement": "a1",
            "sent": 1,
            "total": 2,
            "refused": "C0ACME:x",
            "waiting": "",
        }
        work.outbox.add(Say("announced:a1:receipt", SayKind.ANNOUNCED, "C0MANAGERS", Urgency.CARD, body=receipt))
        deliver(work, NOON)
    return begin


def nothing() -> None:
    """No pause."""


def kept(begin: UnitsOfWork, name: str) -> KeptOfAccount:
    with begin() as work:
        account = work.accounts.by_name(name)
    assert account is not None
    return kept_of_account(begin, account, nothing)


def erase(begin: UnitsOfWork, name: str) -> None:
    found = kept(begin, name)
    assert list(found.in_the_way()) == []
    for _ in AccountErasure(begin, found, PSEUDONYM, LATER, nothing).run():
        pass


def test_nothing_of_the_customer_is_in_any_column_of_any_table(lived_in: UnitsOfWork, engine: Engine) -> None:
    erase(lived_in, "Acme")
    left = told(engine)
    for trace in ("Acme", "C0ACME", "T0ACME", "acme", DANA.user, BOB.user, said_by(DANA, ""), said_by(BOB, "")):
        assert trace not in left, trace
    assert ENG.user not in repr([row for row in dumped(engine)["history"] if row["case_number"] != 2])


def test_the_figures_and_the_other_customers_are_as_before(lived_in: UnitsOfWork, engine: Engine) -> None:
    def of_bolt() -> str:
        found = dumped(engine)
        rows = [row for table in ("cases", "history", "outbox", "participants") for row in found[table]]
        return repr([row for row in rows if 2 in (row.get("number"), row.get("case_number"))])

    before = of_bolt()
    with lived_in() as work:
        attained = work.cases.attainment(NOON)
    erase(lived_in, "Acme")
    assert of_bolt() == before
    with lived_in() as work:
        renamed = [replace(each, account=PSEUDONYM if each.account == "Acme" else each.account) for each in attained]
        assert sorted(work.cases.attainment(NOON), key=repr) == sorted(renamed, key=repr)
        gone = work.accounts.by_name(PSEUDONYM)
        assert gone is not None
        assert (gone.program, gone.plan, gone.channels) == ("okta", "premier", ())
        assert work.accounts.in_channel("C0ACME") == []


def test_an_open_case_is_in_the_way(lived_in: UnitsOfWork) -> None:
    (why,) = kept(lived_in, "Bolt").in_the_way()
    assert "C-2" in why


def test_a_channel_that_others_share_stays_theirs(lived_in: UnitsOfWork, engine: Engine) -> None:
    with lived_in() as work:
        bolt = work.accounts.by_name("Bolt")
        assert bolt is not None
        work.accounts.put(replace(bolt, channels=("C0BOLT", "C0BOTH")))
        third = work.accounts.put(Account(0, "Kiln", "okta", "premier", "UTC", ("C0BOTH", "C0KILN"), ("T0KILN",)))
    closed(lived_in, a_case(lived_in, third, DANA, None, "i7"))
    erase(lived_in, "Kiln")
    with lived_in() as work:
        assert [each.name for each in work.accounts.in_channel("C0BOTH")] == ["Bolt"]
    assert "Kiln" not in told(engine)
    assert "C0KILN" not in told(engine)


def test_a_team_that_two_accounts_name_stays_the_others(lived_in: UnitsOfWork, engine: Engine) -> None:
    with lived_in() as work:
        other = work.accounts.put(Account(0, "Acme Two", "okta", "premier", "UTC", ("C0TWO",), ("T0ACME",)))
    a_case(lived_in, other, BOB, None, "i8")
    before = [row for row in dumped(engine)["intakes"] if row["id"] == "i8"]
    erase(lived_in, "Acme")
    assert [row for row in dumped(engine)["intakes"] if row["id"] == "i8"] == before
    with lived_in() as work:
        assert [each.name for each in work.accounts.of_team("T0ACME")] == ["Acme Two"]
