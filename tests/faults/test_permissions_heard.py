"""Reactions, mentions and messages of everybody: what they change is a table too."""

from collections.abc import Iterator

import pytest

import handlers
from handlers.failures import NOT_SAVED, UNEXPECTED
from tests.faults.rights.counter import Counter, counter
from tests.faults.rights.deeds import CUSTOMER
from tests.faults.rights.heard import HEARD, event, written
from tests.faults.rights.morning import SECRETS, Desk, set_out
from tests.faults.rights.people import ACME, BORIS, DANA, PEOPLE, Who

OWN_WORDS = frozenset({"open with a mention"})
"""Who mentions the bot asks for themselves, so another customer of the channel may as well."""

NEWS = frozenset(
    {
        "app_uninstalled",
        "channel_archive",
        "channel_id_changed",
        "channel_left",
        "channel_rename",
        "channel_unarchive",
        "group_archive",
        "group_left",
        "group_rename",
        "group_unarchive",
        "member_joined_channel",
        "subteam_members_changed",
        "tokens_revoked",
        "user_change",
    }
)
"""What Slack itself tells of channels, accounts and workspaces, and nobody asks for by it: `test_places.py` and
`tests/journeys/test_installs.py` say what follows."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counter, Desk]]:
    with counter(tmp_path_factory.mktemp("heard")) as open_:
        desks = set_out(open_)
        written(open_)
        yield open_, desks["Acme"]


def test_whatever_is_heard_has_its_row() -> None:
    assert {heard.kind for heard in HEARD.values()} == set(handlers.EVENTS) - NEWS
    assert set(handlers.EVENTS) >= NEWS


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("what", HEARD)
def test_only_what_the_table_allows_is_heard(made: tuple[Counter, Desk], what: str, name: str) -> None:
    at, desk = made
    heard, who = HEARD[what], PEOPLE[name]
    came = at.put(who.user, event(at, desk, heard, who))
    role = as_heard(what, who)
    if role in heard.changes:
        assert heard.changes[role] <= came.changed
    else:
        assert came.changed <= {"outbox"}
        assert all(who.user in row for row in came.new.get("outbox", ())), "others read of it"
        assert not came.gone.get("outbox")
    assert UNEXPECTED not in came.words
    assert NOT_SAVED not in came.words
    for customer, secret in SECRETS.items():
        if not who.role and (customer, who) not in {("Acme", DANA), ("Bolt", BORIS)}:
            assert secret not in came.words


def as_heard(what: str, who: Who) -> str:
    """Engineer, manager, customer of the case or message, or nobody."""
    mine = who.team in ACME.teams or (what in OWN_WORDS and who is BORIS)
    return who.role or (CUSTOMER if mine else "")
