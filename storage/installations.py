"""In which workspaces the app is installed besides our own, and with which token: slack_sdk's stores, sealed."""

import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.installation_store.models import Bot, Installation
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Table, and_, delete, insert, select, update

from cases.ports import Clock
from storage.errors import translated
from storage.installation_tables import BOTS, INSTALLATIONS, STATES, InstallationTables, secrets_of
from storage.sealing import Seal, Sealed, Unreadable

SILENT = logging.getLogger("slack_sdk.oauth")
"""Of its stores: their lines hold states."""
ROOM = 200
"""Characters of a name that slack_sdk's columns take."""


@dataclass(frozen=True, slots=True)
class Installed:
    """One workspace in which the app is installed."""

    team: str
    name: str
    by: str
    """Slack user id of who installed it."""
    at: datetime
    readable: bool
    """Its token can be opened with the keys that were given."""
    newest: bool
    """All its secrets stand under the newest key."""


class Installations(InstallationTables):
    """slack_sdk's own store: one installation a workspace, whose secrets are sealed by the columns themselves.

    Found by the workspace's id alone, which is unique in all of Slack: one that joins an organisation stays the same.
    """

    def __init__(self, client_id: str, engine: Engine, seal: Seal, clock: Clock) -> None:
        super().__init__(client_id, engine, logger=SILENT)
        self._clock = clock
        for table in (self.bots, self.installations):
            for name in secrets_of(table):
                table.c[name].type = Sealed(seal)

    def save(self, installation: Installation) -> None:
        """Keep an installation, in place of the workspace's earlier ones. Raises StorageUnavailable."""
        installation.team_name = (installation.team_name or "")[:ROOM]
        installation.installed_at = self._clock.now().timestamp()
        with translated():
            super().save(installation)
            with self.engine.begin() as connection:
                for table in (self.bots, self.installations):
                    older = table.c.installed_at < _kept(datetime.fromtimestamp(installation.installed_at, UTC))
                    connection.execute(delete(table).where(self._of(table, installation.team_id or ""), older))

    def bot_of(self, team: str) -> Bot | None:
        """The app's bot in a workspace, with its token; None: it isn't installed there.

        Raises:
            Unreadable: the key that its token was sealed under is gone. StorageUnavailable.
        """
        newest = select(self.bots).where(self._of(self.bots, team)).order_by(self.bots.c.installed_at.desc()).limit(1)
        with translated(), self.engine.connect() as connection:
            row = connection.execute(newest).mappings().first()
            return self.build_bot_entity(row) if row is not None else None

    def bots_among(self, users: Collection[str]) -> list[str]:
        """Which of these Slack user ids are the app's bots. Raises StorageUnavailable."""
        known = select(self.bots.c.bot_user_id).where(
            self.bots.c.client_id == self.client_id, self.bots.c.bot_user_id.in_(users)
        )
        with translated(), self.engine.connect() as connection:
            return list(connection.execute(known).scalars())

    def forget(self, team: str, at: datetime, bots: Collection[str] = ()) -> bool:
        """Forget what was installed in a workspace by that time; whether there was something.

        A later installation stays: what Slack told of the earlier one may arrive after it. With `bots`: only where the
        bot is one of these user ids. Raises StorageUnavailable.
        """
        with translated(), self.engine.begin() as connection:
            return sum([_forgotten(connection, table, self._of(table, team), at, bots) for table in TABLES]) > 0

    def _of(self, table: Table, team: str) -> ColumnElement[bool]:
        return and_(table.c.client_id == self.client_id, table.c.team_id == team)


TABLES = (BOTS, INSTALLATIONS)


def _forgotten(
    connection: Connection, table: Table, whose: ColumnElement[bool], at: datetime, bots: Collection[str]
) -> int:
    gone = delete(table).where(whose, table.c.installed_at <= _kept(at))
    return connection.execute(gone.where(table.c.bot_user_id.in_(bots)) if bots else gone).rowcount


class States(SQLAlchemyOAuthStateStore):
    """slack_sdk's own table, by the bot's clock: each state good for one return from Slack, and not for long."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        super().__init__(OAuthStateUtils.default_expiration_seconds, engine, logger=SILENT)
        self._clock = clock

    def issue(self, *args: object, **kwargs: object) -> str:
        """A new state; those that expired are swept away, so that nobody can fill the table. Raises as `consume`."""
        state, now = secrets.token_urlsafe(32), self._clock.now()
        until = now + timedelta(seconds=self.expiration_seconds)
        with translated(), self.engine.begin() as connection:
            connection.execute(delete(STATES).where(STATES.c.expire_at <= _kept(now)))
            connection.execute(insert(STATES).values(state=state, expire_at=_kept(until)))
        return state

    def consume(self, state: str) -> bool:
        """Whether it is good: taken by one statement, so that of two that come at once one gets it.

        Raises StorageUnavailable.
        """
        good = (STATES.c.state == state, STATES.c.expire_at > _kept(self._clock.now()))
        with translated(), self.engine.begin() as connection:
            return connection.execute(delete(STATES).where(*good)).rowcount == 1


def installed(engine: Engine, seal: Seal) -> list[Installed]:
    """Where the app is installed, by name. Raises StorageUnavailable."""
    with translated(), engine.connect() as connection:
        rows = connection.execute(select(INSTALLATIONS).order_by(INSTALLATIONS.c.team_name, INSTALLATIONS.c.team_id))
        return [_installed(row, seal) for row in rows.mappings()]


def reseal(engine: Engine, seal: Seal) -> tuple[int, int]:
    """Seal every secret anew that isn't under the newest key; how many were, and how many can't be opened at all.

    Raises StorageUnavailable.
    """
    anew, lost = 0, 0
    with translated(), engine.begin() as connection:
        for table in TABLES:
            for name in secrets_of(table):
                column = table.c[name]
                for id, sealed in connection.execute(select(table.c.id, column).where(column.is_not(None))).all():
                    if seal.is_newest(sealed):
                        continue
                    try:
                        changed = {name: seal.close(seal.open(sealed))}
                    except Unreadable:
                        lost += 1
                        continue
                    connection.execute(update(table).where(table.c.id == id, column == sealed).values(changed))
                    anew += 1
    return anew, lost


def _installed(row: RowMapping, seal: Seal) -> Installed:
    secrets = [row[name] for name in secrets_of(INSTALLATIONS) if row[name] is not None]
    at = row["installed_at"].replace(tzinfo=UTC)
    newest = all(seal.is_newest(secret) for secret in secrets)
    readable = newest or all(_opens(seal, secret) for secret in secrets)
    return Installed(row["team_id"], row["team_name"] or "", row["user_id"], at, readable, newest)


def _opens(seal: Seal, secret: str) -> bool:
    try:
        seal.open(secret)
    except Unreadable:
        return False
    return True


def _kept(at: datetime) -> datetime:
    """An instant as slack_sdk's columns keep it: UTC, without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None)
