"""Tokens of customers' workspaces: sealed in every column, opened again, sealed anew; states good once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store.models import Installation
from sqlalchemy import Engine, text

from storage.installation_tables import SECRETS
from storage.installations import Installations, States, installed, reseal
from storage.sealing import Seal, Unreadable

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KEPT: dict[str, str] = {name: f"xox-the-secret-of-{name}" * 8 for name in SECRETS}


@dataclass
class Hand:
    """A clock, moved by hand."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def store(engine: Engine, hand: Hand) -> Callable[..., Installations]:
    """The store, under keys."""
    return lambda *keys: Installations("111.222", engine, Seal(keys or (OLD,)), hand)


Store = Callable[..., Installations]


def made(team: str = "T0ACME", organisation: str | None = None, token: str = KEPT["bot_token"]) -> Installation:
    made = Installation(app_id="A0", enterprise_id=organisation, team_id=team, team_name=team.title(), user_id="U0DANA")
    for name, secret in {**KEPT, "bot_token": token, "bot_id": "B0", "bot_user_id": f"U0BOT{team}"}.items():
        setattr(made, name, secret)
    return made


def dump(engine: Engine) -> str:
    """All that stands in the tables."""
    with engine.connect() as connection:
        tables = ("slack_bots", "slack_installations")
        return str([connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables])  # noqa: S608


def test_no_secret_stands_in_the_tables_and_each_comes_back(engine: Engine, store: Store) -> None:
    store().save(made())
    assert "the-secret" not in dump(engine)
    found = store().find_installation(enterprise_id=None, team_id="T0ACME")
    assert found is not None
    assert {name: getattr(found, name) for name in SECRETS} == KEPT
    bot = store().bot_of("T0ACME")
    assert bot is not None
    assert (bot.bot_token, bot.bot_refresh_token) == (KEPT["bot_token"], KEPT["bot_refresh_token"])


def test_the_same_token_is_sealed_otherwise_each_time(engine: Engine, store: Store) -> None:
    store().save(made("T0ACME"))
    store().save(made("T0BOLT"))
    with engine.connect() as connection:
        sealed = connection.execute(text("SELECT bot_token FROM slack_bots")).scalars().all()
    assert len(set(sealed)) == 2


def test_without_its_key_a_token_is_unreadable_and_a_changed_one_too(engine: Engine, store: Store) -> None:
    store(OLD).save(made())
    with pytest.raises(Unreadable):
        store(NEW).bot_of("T0ACME")
    with engine.begin() as connection:
        connection.execute(text("UPDATE slack_bots SET bot_token = 'xoxb-in-clear'"))
    with pytest.raises(Unreadable):
        store(OLD).bot_of("T0ACME")


def test_after_a_rotation_the_old_key_is_not_needed(engine: Engine, store: Store) -> None:
    store(OLD).save(made("T0ACME"))
    store(NEW, OLD).save(made("T0BOLT"))
    assert [(each.team, each.readable, each.newest) for each in installed(engine, Seal((NEW, OLD)))] == [
        ("T0ACME", True, False),
        ("T0BOLT", True, True),
    ]
    assert reseal(engine, Seal((NEW, OLD))) == (len(SECRETS) + 2, 0)
    assert reseal(engine, Seal((NEW, OLD))) == (0, 0)
    for team in ("T0ACME", "T0BOLT"):
        bot = store(NEW).bot_of(team)
        assert bot is not None
        assert bot.bot_token == KEPT["bot_token"]
    with pytest.raises(Unreadable):
        store(OLD).bot_of("T0ACME")


def test_what_no_key_opens_is_counted_and_left_as_it_is(engine: Engine, store: Store) -> None:
    store(OLD).save(made())
    before = dump(engine)
    assert reseal(engine, Seal((NEW,))) == (0, len(SECRETS) + 2)
    assert dump(engine) == before
    assert [each.readable for each in installed(engine, Seal((NEW,)))] == [False]


def test_a_workspace_has_one_installation_the_latest(engine: Engine, store: Store, hand: Hand) -> None:
    store().save(made(token="xoxb-first"))
    hand.at += timedelta(days=1)
    store().save(made(organisation="E0ACME", token="xoxb-second"))
    bot = store().bot_of("T0ACME")
    assert bot is not None
    assert bot.bot_token == "xoxb-second"
    assert len(installed(engine, Seal((OLD,)))) == 1


def test_forgotten_is_what_was_there_by_then_of_that_workspace_and_bot(store: Store) -> None:
    store().save(made("T0ACME"))
    store().save(made("T0BOLT"))
    assert not store().forget("T0ACME", NOON - timedelta(seconds=1))
    assert not store().forget("T0ACME", NOON, ["U0BOTT0BOLT"])
    assert store().forget("T0ACME", NOON, ["U0BOTT0ACME"])
    assert not store().forget("T0ACME", NOON)
    assert store().bot_of("T0ACME") is None
    assert store().bot_of("T0BOLT") is not None


def test_another_app_s_installations_on_the_same_tables_are_not_ours(engine: Engine, store: Store, hand: Hand) -> None:
    Installations("999.999", engine, Seal((OLD,)), hand).save(made())
    assert store().bot_of("T0ACME") is None
    assert not store().forget("T0ACME", NOON)


def test_a_state_is_good_once_however_many_come_with_it_at_once(engine: Engine, hand: Hand) -> None:
    states = States(engine, hand)
    for _ in range(5):
        state = states.issue()
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(states.consume, [state] * 8)) == 1


def test_a_state_expires_and_is_swept_away_by_the_next(engine: Engine, hand: Hand) -> None:
    states = States(engine, hand)
    late, other = states.issue(), states.issue()
    hand.at += timedelta(minutes=9, seconds=59)
    assert states.consume(other)
    hand.at += timedelta(seconds=1)
    assert not states.consume(late)
    states.issue()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM slack_oauth_states")).scalar_one() == 1
    assert not states.consume("made up")
