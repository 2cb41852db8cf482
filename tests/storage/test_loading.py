"""Several replicas see the same files: each takes them, a file at rest only, and what comes of it is told once."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from bot.live_policies import LivePolicies
from bot.reloading import Reloading
from bot.rota_reload import rota_watched
from bot.rotas import Duties
from cases.accounts import Account
from cases.calendars import CalendarBook
from cases.ports import StorageUnavailable
from cases.room import Room
from cases.says import Say
from cases.troubles import TroubleKind
from policies.holiday_names import holiday_names
from policies.loader import SHIPPED, load_policies
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, PLACES, OnDuty
from workspace.prepared import ACCOUNTS


class AtNoon:
    def now(self) -> datetime:
        return NOON


@dataclass
class Replica:
    """One process' policies, and its looks at the files."""

    policies: LivePolicies
    reloading: Reloading
    replanned: list[str]
    duties: Duties

    def version(self, program: str) -> str:
        return self.policies[program].version


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of two programmes."""
    folder = tmp_path / "policies"
    folder.mkdir()
    for name in ("oko.yml", "okta.yml"):
        copy(SHIPPED / name, folder / name)
    return folder


@pytest.fixture
def start(begin: SqlUnitsOfWork, folder: Path) -> Callable[[], Replica]:
    """A replica that has begun."""

    def started() -> Replica:
        policies, replanned = LivePolicies(load_policies(folder)), list[str]()
        room = Room(begin, policies, CalendarBook(holiday_names), OnDuty(), PLACES)
        accounts, rota = folder.parent / "accounts.yml", folder.parent / "rota.yml"
        duties = Duties({}, folder.parent, begin, lambda: PLACES, AtNoon())
        reloading = Reloading(
            folder,
            accounts if accounts.exists() else None,
            policies,
            room,
            AtNoon(),
            [lambda: replanned.append("again")],
            others=rota_watched(rota if rota.exists() else None, duties, room, AtNoon()),
        )
        reloading.step()
        return Replica(policies, reloading, replanned, duties)

    return started


def told(begin: SqlUnitsOfWork) -> list[Say]:
    """The messages to the operators, each once, as they were added."""
    with begin() as work:
        said = [work.outbox.latest(f"loaded:policies:{number}") for number in range(1, 9)]
    return [say for say in said if say is not None]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    before = (folder / name).read_text()
    assert old in before
    (folder / name).write_text(before.replace(old, new))


def test_what_was_changed_is_told_once_and_again_when_it_is_changed_back_and_forth(
    begin: SqlUnitsOfWork, start: Callable[[], Replica], folder: Path
) -> None:
    replicas = [start(), start()]
    assert told(begin) == []
    for round, (old, new) in enumerate([("within: 1h", "within: 2h"), ("within: 2h", "within: 1h")] * 2, 1):
        edit(folder, "okta.yml", f"1: {{{old}, calendar: always}}", f"1: {{{new}, calendar: always}}")
        for replica in replicas:
            replica.reloading.ask()
            replica.reloading.step()
        assert replicas[0].version("okta") == replicas[1].version("okta") == load_policies(folder)["okta"].version
        assert len(told(begin)) == round
    assert replicas[1].replanned == ["again"] * 4


def test_a_file_that_is_being_written_is_left_until_it_rests(start: Callable[[], Replica], folder: Path) -> None:
    replica = start()
    before = replica.version("oko")
    edit(folder, "oko.yml", "name: Oko", "name: Oko One")
    replica.reloading.step()
    assert replica.version("oko") == before, "it may be half of it"
    replica.reloading.step()
    assert replica.policies["oko"].name == "Oko One"
    assert replica.replanned == ["again"]
    replica.reloading.step()
    assert replica.replanned == ["again"], "what is the same again is not read"


def test_a_file_that_goes_on_changing_is_not_read_before_it_rests(start: Callable[[], Replica], folder: Path) -> None:
    replica = start()
    before = replica.version("oko")
    for name in ("O", "Ok", "Oko On", "Oko Once"):
        shipped = (SHIPPED / "oko.yml").read_text()
        (folder / "oko.yml").write_text(shipped.replace("name: Oko", f"name: {name}"))
        replica.reloading.step()
        assert replica.version("oko") == before
    replica.reloading.step()
    assert replica.policies["oko"].name == "Oko Once"
    assert replica.replanned == ["again"]


def test_accounts_and_rotas_that_were_refused_are_taken_once_the_policies_have_what_they_name(
    begin: SqlUnitsOfWork, start: Callable[[], Replica], folder: Path
) -> None:
    (folder.parent / "accounts.yml").write_bytes(ACCOUNTS)
    (folder.parent / "rota.yml").write_text("auth0: {group: S0AUTH}")
    replica = start()
    with begin() as work:
        assert {each.trouble.kind for each in work.troubles.all()} == {TroubleKind.ACCOUNTS, TroubleKind.ROTAS}
        assert work.accounts.all() == []
    copy(SHIPPED / "auth0.yml", folder / "auth0.yml")
    for _ in range(2):
        replica.reloading.step()
    with begin() as work:
        assert work.troubles.all() == ()
        assert [each.name for each in work.accounts.all()] == ["Acme", "Bolt", "Orchard"]
    assert replica.duties("auth0", NOON) == ("S0AUTH",)


def test_what_is_wrong_is_told_once_each_and_over_once(
    begin: SqlUnitsOfWork, start: Callable[[], Replica], folder: Path
) -> None:
    replicas = [start(), start()]
    right = (folder / "oko.yml").read_text()
    for wrong in ("program: [", "program: oko\nplans: 7\n"):
        (folder / "oko.yml").write_text(wrong)
        for replica in replicas:
            replica.reloading.ask()
            replica.reloading.step()
        with begin() as work:
            (lasting,) = work.troubles.all()
        assert lasting.number == 1
        assert "oko.yml:" in lasting.trouble.reason
    assert "oko" in replicas[0].policies
    (folder / "oko.yml").write_text(right)
    for replica in replicas:
        replica.reloading.ask()
        replica.reloading.step()
    with begin() as work:
        assert work.troubles.all() == ()
    assert told(begin) == [], "they are as they were"


def test_what_was_asked_for_while_the_database_was_away_is_done_once_it_is_back(
    begin: SqlUnitsOfWork, engine: Engine, start: Callable[[], Replica], folder: Path
) -> None:
    replica = start()
    before, stood = replica.version("okta"), (folder / "okta.yml").stat()
    edit(folder, "okta.yml", "1: {within: 1h, calendar: always}", "1: {within: 2h, calendar: always}")
    os.utime(folder / "okta.yml", ns=(stood.st_atime_ns, stood.st_mtime_ns))
    replica.reloading.step()
    replica.reloading.step()
    assert replica.version("okta") == before, "nothing shows that it is another one, so somebody has to ask"
    replica.reloading.ask()
    renamed(engine, "loaded", "not_there")
    for _ in range(2):
        with pytest.raises((StorageUnavailable, DatabaseError)):
            replica.reloading.step()
    renamed(engine, "not_there", "loaded")
    replica.reloading.step()
    assert replica.version("okta") != before
    assert [say.body["about"] for say in told(begin)] == ["policies"]
    assert replica.replanned == ["again"]
    replica.reloading.step()
    assert replica.replanned == ["again"], "what was done is not asked for any more"


def renamed(engine: Engine, table: str, name: str) -> None:
    """Nothing that needs it can be done meanwhile."""
    with engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


def test_a_programme_with_customers_stays(begin: SqlUnitsOfWork, start: Callable[[], Replica], folder: Path) -> None:
    replica = start()
    with begin() as work:
        work.accounts.put(Account(0, "Acme", "okta", "premier", "America/New_York", ("C0ACME",)))
    (folder / "okta.yml").unlink()
    replica.reloading.ask()
    replica.reloading.step()
    assert "okta" in replica.policies
    with begin() as work:
        (lasting,) = work.troubles.all()
    assert lasting.trouble.reason == "the account Acme has okta with the plan premier, which would be gone"


def test_a_process_that_starts_with_other_policies_than_the_last_one_tells_it(
    begin: SqlUnitsOfWork, start: Callable[[], Replica], folder: Path
) -> None:
    before = start().version("oko")
    edit(folder, "oko.yml", "name: Oko", "name: Oko One")
    after = start().version("oko")
    assert [say.body["reason"] for say in told(begin)] == [f"changed: Oko One (from {before} to {after})"]
