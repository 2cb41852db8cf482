"""`caseclock webhooks`: what was given up, in a table and as JSON, and another try of one or of all."""

import json
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from cases.parcels import Parcel, ParcelKind
from cases.ports import UnitsOfWork
from outside.addresses import Endpoint
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.databases import migrated_file, sqlite_database
from tests.storage.given import a_case, after, engine_on

__all__ = ["migrated_file", "sqlite_database"]


@pytest.fixture
def units(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[UnitsOfWork]:
    monkeypatch.setenv("DATABASE_URL", sqlite_database)
    with engine_on(sqlite_database) as engine:
        yield SqlUnitsOfWork(engine)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["webhooks", *words])


def give_up(units: UnitsOfWork, count: int) -> None:
    number = a_case(units).number
    with units() as work:
        for revision in range(1, count + 1):
            work.parcels.add(Parcel(f"k{revision}", ParcelKind.WEBHOOK, "crm", number, NOON))
            taken = work.parcels.take("crm", NOON)
            assert taken is not None
            work.parcels.give_up(taken.id, "HTTP 410", after(60))


def test_nothing_was_given_up(units: UnitsOfWork) -> None:
    assert run("dead").output == "Nothing was given up.\n"
    assert json.loads(run("dead", "--json").output) == []
    assert run("retry", "--all").output == "Nothing was given up.\n"


def test_what_was_given_up_is_listed(units: UnitsOfWork) -> None:
    give_up(units, 2)
    shown = run("dead").output
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert "crm" in shown
    assert "HTTP 410" in shown
    first, _ = json.loads(run("dead", "--json").output)
    token = first.pop("webhook_id")
    assert token.startswith("msg_")
    assert first == {
        "id": 1,
        "endpoint": "crm",
        "case": 1,
        "happened_at": "2026-03-02T12:00:00Z",
        "tries": 1,
        "error": "HTTP 410",
        "given_up_at": "2026-03-02T12:01:00Z",
    }


def test_one_is_tried_again_or_all(units: UnitsOfWork) -> None:
    give_up(units, 3)
    assert run("retry", "2").output == "1 will be tried again.\n"
    with units.reading() as work:
        assert [each.id for each in work.parcels.dead()] == [1, 3]
    assert run("retry", "--all").output == "2 will be tried again.\n"
    with units.reading() as work:
        assert work.parcels.dead() == []


@pytest.mark.parametrize("words", [(), ("1", "--all")])
def test_which_ones_has_to_be_said(units: UnitsOfWork, words: tuple[str, ...]) -> None:
    give_up(units, 1)
    done = run("retry", *words)
    assert done.exit_code == 1
    assert "Say which" in done.output
    with units.reading() as work:
        assert len(work.parcels.dead()) == 1


def test_what_was_not_given_up_is_not_tried_again(units: UnitsOfWork) -> None:
    done = run("retry", "7")
    assert (done.exit_code, "Nothing with the id 7" in done.output) == (1, True)


def test_a_new_secret_is_one_that_the_file_takes() -> None:
    first, second = run("new-secret").output.strip(), run("new-secret").output.strip()
    assert first != second
    endpoint = Endpoint.model_validate({"url": "https://crm.example/", "secrets": [first, second]})
    assert endpoint.secrets[0].get_secret_value() == first
