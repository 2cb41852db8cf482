"""To the tables of customers' installations and back: what was there before stays, and they hold what is kept."""

from datetime import UTC, datetime

from alembic import command
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store.models import Installation
from sqlalchemy import Connection, inspect, text

from storage.installations import Installations, States
from storage.migrate import upgrade
from storage.sealing import Seal
from tests.migrations.test_0002_whole_life import _config
from tests.storage.given import engine_on

TABLES = {"slack_bots", "slack_installations", "slack_oauth_states"}
REQUEST = (
    "INSERT INTO intakes (id, channel, asked_by, created_at, text) "
    "VALUES ('i1', 'C1', '{}', '2026-03-02 12:00:00+00:00', 'kept')"
)


class Noon:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_there_and_back_with_what_people_wrote_before(empty_database: str) -> None:
    with engine_on(empty_database) as engine:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "0003_cases_pruned")
            connection.execute(text(REQUEST))
        upgrade(empty_database)
        longest = "xoxb-" + "9" * 250
        made = Installation(app_id="A0", team_id="T0ACME", team_name="Ä" * 300, user_id="U0DANA", bot_token=longest)
        store = Installations("111.222", engine, Seal([Fernet.generate_key().decode()]), Noon())
        store.save(made)
        States(engine, Noon()).issue()
        found = store.bot_of("T0ACME")
        assert found is not None
        assert found.bot_token == longest

        with engine.begin() as connection:
            assert tables(connection) >= TABLES
            command.downgrade(_config(connection), "0003_cases_pruned")
            assert not tables(connection) & TABLES
            assert connection.scalar(text("SELECT text FROM intakes")) == "kept"
        upgrade(empty_database)
        assert store.bot_of("T0ACME") is None


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())
