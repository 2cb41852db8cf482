"""The tables of slack_sdk's OAuth stores, as our migrations own them: its columns, with room for sealed secrets."""

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, Table, Text

from storage.base import Base

SECRETS = (
    "bot_token",
    "bot_refresh_token",
    "user_token",
    "user_refresh_token",
    "incoming_webhook_url",
    "incoming_webhook_configuration_url",
)
"""Columns that hold what lets somebody act as the app; sealed, they are longer than slack_sdk's 200 characters."""


class InstallationTables(SQLAlchemyInstallationStore):
    """slack_sdk's store, for the shape of its tables."""

    @classmethod
    def build_installations_table(cls, metadata: MetaData, table_name: str) -> Table:
        """As slack_sdk has it."""
        return _roomy(super().build_installations_table(metadata, table_name))

    @classmethod
    def build_bots_table(cls, metadata: MetaData, table_name: str) -> Table:
        """As slack_sdk has it."""
        return _roomy(super().build_bots_table(metadata, table_name))


def secrets_of(table: Table) -> list[str]:
    """Names of the columns to be sealed."""
    return [name for name in SECRETS if name in table.c]


def _roomy(table: Table) -> Table:
    for name in secrets_of(table):
        table.c[name].type = Text()
    return table


BOTS = InstallationTables.build_bots_table(Base.metadata, InstallationTables.default_bots_table_name)
INSTALLATIONS = InstallationTables.build_installations_table(
    Base.metadata, InstallationTables.default_installations_table_name
)
STATES = SQLAlchemyOAuthStateStore.build_oauth_states_table(Base.metadata, SQLAlchemyOAuthStateStore.default_table_name)
