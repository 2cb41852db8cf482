"""The operator's file of addresses: read, or refused with the place in it, and never with what stands there."""

import re
from pathlib import Path

import pytest

from outside.addresses import NO_ADDRESSES, AddressesError, load_addresses
from tests.outside.receiver import SECRETS

RIGHT = f"""
webhooks:
  crm:
    url: https://crm.example/hooks/c4f3
    secrets: [{SECRETS[0]}]
"""


def test_without_a_file_there_is_nothing_outside() -> None:
    assert load_addresses(None) == NO_ADDRESSES


def test_an_empty_file_names_nothing(tmp_path: Path) -> None:
    assert load_addresses(_file(tmp_path, "# none yet\n")) == NO_ADDRESSES


def test_what_it_names_is_there_and_printing_it_shows_no_secret(tmp_path: Path) -> None:
    addresses = load_addresses(_file(tmp_path, RIGHT))
    endpoint = addresses.webhooks["crm"]
    assert endpoint.url.get_secret_value() == "https://crm.example/hooks/c4f3"
    assert [each.get_secret_value() for each in endpoint.secrets] == [SECRETS[0]]
    assert "c4f3" not in f"{addresses!r} {addresses} {addresses.model_dump()}"
    assert SECRETS[0] not in f"{addresses!r} {addresses} {addresses.model_dump()}"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (RIGHT.replace("https://", "ftp://"), "webhooks.crm.url: expected an address such as"),
        (RIGHT.replace("https://", "https://me:c4f3@"), "webhooks.crm.url: expected an address such as"),
        (RIGHT.replace(SECRETS[0], "c4f3"), "webhooks.crm.secrets.0: expected a secret as"),
        (RIGHT.replace(SECRETS[0], "whsec_c4f3"), "webhooks.crm.secrets.0: expected a secret as"),
        (RIGHT.replace(f"[{SECRETS[0]}]", "[]"), "webhooks.crm.secrets"),
        (RIGHT.replace(SECRETS[0], ", ".join([SECRETS[0]] * 3)), "webhooks.crm.secrets: expected two secrets at most"),
        (RIGHT.replace("crm:", "The CRM:"), "expected a name of small letters"),
        (RIGHT.replace("url:", "address:"), "webhooks.crm.address: there is no such field"),
        ("webhooks: {c4f3", "this isn't YAML"),
        ("- c4f3", "valid"),
    ],
)
def test_what_is_wrong_is_told_by_its_place_alone(tmp_path: Path, words: str, told: str) -> None:
    file = _file(tmp_path, words)
    with pytest.raises(AddressesError) as wrong:
        load_addresses(file)
    assert told in str(wrong.value)
    assert str(file) in str(wrong.value)
    assert "c4f3" not in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_file_that_is_not_there_or_not_text_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(AddressesError, match="can't be read: No such file"):
        load_addresses(tmp_path / "missing.yml")
    (tmp_path / "odd.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AddressesError, match="UTF-8"):
        load_addresses(tmp_path / "odd.yml")


def _file(folder: Path, words: str) -> Path:
    file = folder / "addresses.yml"
    file.write_text(words, encoding="utf-8")
    return file


def test_people_are_reached_by_a_name_of_their_own(tmp_path: Path) -> None:
    words = (
        "reach: {pager: {url: 'pagerduty://k3y@r0ute', timezone: Europe/Berlin}, mail: {url: 'mailto://a:b@c.example'}}"
    )
    addresses = load_addresses(_file(tmp_path, words))
    assert {name: place.timezone for name, place in addresses.reach.items()} == {
        "pager": "Europe/Berlin",
        "mail": "UTC",
    }
    assert "k3y" not in repr(addresses)
    for wrong, told in (
        (words.replace("Europe/Berlin", "Berlin"), "reach.pager.timezone: no time zone is called 'Berlin'"),
        (words.replace("pager:", "crm:") + RIGHT, "expected different names for webhooks and reach: crm is in both"),
    ):
        with pytest.raises(AddressesError, match=re.escape(told)):
            load_addresses(_file(tmp_path, wrong))
