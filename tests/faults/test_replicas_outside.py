"""What two replicas owe elsewhere, and the note at a change of shift: each comes once, though one of them is killed."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from policies.loader import SHIPPED, load_policies
from tests.faults.replicas import Replicas, check, now, replicas, soon
from tests.outside.post_office import PostOffice, delivering, text_of
from tests.outside.receiver import SECRETS, Receiver, receiving

pytestmark = pytest.mark.postgresql

CHANNELS = ("C0ACME", "C0BOTH")
MORE = 5


def settled(house: Replicas, folder: Path, crm: Receiver, pager: PostOffice) -> None:
    """A CRM hears of changes, half of the time calls the pager, and the shift changed a minute ago."""
    rules, addresses, rota = folder / "policies", folder / "addresses.yml", folder / "rota.yml"
    rules.mkdir()
    for file in SHIPPED.glob("*.yml"):
        words = file.read_text()
        (rules / file.name).write_text(
            words.replace("{at: 50, tell: [triage]}", "{at: 50, tell: [triage], reach: [pager]}")
        )
    addresses.write_text(
        f"webhooks: {{crm: {{url: '{crm.url}/', secrets: ['{SECRETS[0]}']}}}}\nreach: {{pager: {{url: '{pager.url}'}}}}"
    )
    ahead = 12 - now().hour
    changed = now() + timedelta(hours=ahead, minutes=-1)
    rota.write_text(
        f"okta:\n  timezone: Etc/GMT{-ahead:+d}\n  shifts:\n"
        f'    - {{days: mon-sun, from: "00:00", to: "{changed:%H:%M}", people: [U0ERIN]}}\n'
        f'    - {{days: mon-sun, from: "{changed:%H:%M}", to: "24:00", people: [U0FRANK]}}\n'
    )
    house.policies = load_policies(rules)
    house.more_settings = {"POLICY_DIR": str(rules), "ADDRESSES_FILE": str(addresses), "ROTA_FILE": str(rota)}


def parcels(house: Replicas) -> Counter[str]:
    """How many there are, by their state."""
    with house.engine.connect() as connection:
        return Counter(connection.scalars(text("SELECT state FROM parcels")))


def its_lease_ends(house: Replicas) -> None:
    """What is leased may be taken again: only a dead process holds anything."""
    with house.engine.begin() as connection:
        connection.execute(text("UPDATE parcels SET ready_at = to_timestamp(0) WHERE leased"))


def test_webhooks_calls_and_shift_notes_come_once_between_two_though_one_is_killed(
    postgres_database: str, tmp_path: Path
) -> None:
    """It dies as the CRM has a webhook and hasn't answered: that one comes again, under its own id."""
    with receiving() as crm, delivering() as pager, replicas(postgres_database, tmp_path) as house:
        settled(house, tmp_path, crm, pager)
        house.open_cases([now()], CHANNELS)
        crm.may_answer.clear()
        house.start()
        (in_hand,) = crm.wait_for(1)
        pager.wait_for(1)
        house.until(lambda: house.is_quiet() and parcels(house) == {"carried": 1, "waiting": 1})
        house.start()
        house.kill(0)
        crm.may_answer.set()
        its_lease_ends(house)
        house.start()
        house.open_cases(soon(MORE, 5, Random(1)), CHANNELS)
        house.until(lambda: house.is_quiet() and parcels(house) == {"carried": 2 * (1 + MORE)})

        came = Counter(request.headers["webhook-id"] for request in crm.requests)
        assert came.pop(in_hand.headers["webhook-id"]) == 2
        assert set(came.values()) == {1}
        assert Counter(request.json["data"]["number"] for request in crm.requests[1:]) == once()
        assert {request.json["type"] for request in crm.requests} == {"case.escalated"}
        called = [int(number) for letter in pager.letters for number in re.findall(r"C-(\d+), Prio", text_of(letter))]
        assert Counter(called) == once()
        notes = [each for each in house.slack.messages("C0TRIAGE") if "Change of shift" in each.text]
        assert [each.text.count("<@U0FRANK>") for each in notes] == [1]
        check(house, told=range(1, MORE + 2))


def once() -> Counter[int]:
    """Each case, one time."""
    return Counter(range(1, MORE + 2))
