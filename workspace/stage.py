"""The people, channels and accounts of the stories, and the bot among them with a clock that moves."""

import itertools
import time
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import SecretStr
from sqlalchemy import create_engine

from bot.accounts_import import import_accounts
from bot.settings import Settings
from cases.instants import utc
from cases.ports import Policies, UnitsOfWork
from cases.roaming import ANYWHERE
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from storage.unsent import Unsent, unsent
from workspace.clock import MovableClock
from workspace.manifest import manifest
from workspace.people import Person
from workspace.prepared import ACCOUNTS, prepared, shipped
from workspace.server import Workspace

if TYPE_CHECKING:
    from bot.wiring import Caseclock

ON_CALL = ("S0CALL",)
MANAGERS = ("U0MAX",)
SUPPORT = ("U0ERIN", "U0FRANK", "U0MAX")
ESCALATIONS = "C0ESCALATIONS"
"""A channel that a Slack may have: then escalations go there."""
OPERATORS = "C0OPERATORS"
"""Another one: then operators are told there."""
QUIET_SECONDS = 20.0
BUSY_SECONDS = 20.0
"""How long the bot waits for its database: people wait longer here than in Slack, and tests keep the machine busy."""


def furnish(slack: Workspace) -> None:
    """Three customers in shared channels; two engineers on call and a manager at home."""
    for team in ("Acme", "Bolt", "Orchard"):
        slack.add_team(team)
    for name in ("Erin", "Frank", "Max"):
        slack.add_user(name)
    dana, bob = slack.add_user("Dana", "T0ACME"), slack.add_user("Bob", "T0ACME")
    boris = slack.add_user("Boris", "T0BOLT", tz="Asia/Jerusalem")
    olga = slack.add_user("Olga", "T0ORCHARD", tz="America/Chicago")
    slack.add_channel("acme-support", "C0ACME", ["T0ACME"], [dana, bob, *SUPPORT])
    slack.add_channel("bolt-support", "C0BOLT", ["T0BOLT"], [boris, *SUPPORT])
    slack.add_channel("orchard-support", "C0ORCHARD", ["T0ORCHARD"], [olga, *SUPPORT])
    slack.add_channel("acme-and-bolt", "C0BOTH", ["T0ACME", "T0BOLT"], [dana, boris, *SUPPORT])
    slack.add_channel("unlinked", "C0NEW", ["T0ORCHARD"], [olga, *SUPPORT])
    slack.add_channel("triage", "C0TRIAGE", members=SUPPORT)
    slack.add_channel("managers", "C0MANAGERS", members=MANAGERS)
    slack.add_user_group("on-call", SUPPORT[:2], "S0CALL")


def settings_for(slack: Workspace, database_url: str, engineers: tuple[str, ...] = ON_CALL) -> Settings:
    """The bot's settings in this workspace."""
    return Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_api_url=slack.api_url,
        database_url=database_url,
        triage_channel="C0TRIAGE",
        managers_channel="C0MANAGERS",
        escalations_channel=ESCALATIONS if ESCALATIONS in slack.state.channels else None,
        operators_channel=OPERATORS if OPERATORS in slack.state.channels else None,
        support_engineers=engineers,
        support_managers=MANAGERS,
        report_every="never",
        briefing="never",
        _env_file=None,  # type: ignore[call-arg]  # known to pydantic-settings, not to the type checker
    )


class Stage:
    """A local Slack with the bot in it, from `with` to its end; `move` lets time pass and waits until all is said."""

    def __init__(
        self,
        folder: Path,
        now: datetime,
        without: tuple[str, ...] = (),
        engineers: tuple[str, ...] = ON_CALL,
        patience: float = 10.0,
        redeliver_after: float = 0.5,
        port: int = 0,
        database_url: str | None = None,
    ) -> None:
        """`without`: groups of methods that this Slack lacks; `engineers`: SUPPORT_ENGINEERS; `database_url`: of an
        empty database, None: a new file in the folder.

        `patience` is also how long a trigger lives; it, `redeliver_after` and `port` are as for `Workspace`.
        """
        self.clock = MovableClock(now)
        self.slack = Workspace(
            self.clock.now,
            scopes=manifest().scopes,
            subscriptions=manifest().events,
            without=without,
            patience=patience,
            trigger_lifetime=patience,
            redeliver_after=redeliver_after,
            port=port,
        )
        furnish(self.slack)
        self._file = None if database_url else folder / "caseclock.db"
        self.database_url = database_url or f"sqlite:///{self._file}"
        # SQLAlchemy's own transactions lock nothing in order to read: to look never makes the bot wait.
        self._engine = create_engine(self.database_url)
        self.units: UnitsOfWork = SqlUnitsOfWork(self._engine)
        self._engineers = engineers
        self._leaps = itertools.count(0, 5)
        self._bot: Caseclock | None = None
        self.busy_seconds = BUSY_SECONDS
        self.retention_days: int | None = None
        self.routines: dict[str, object] = {}
        """Settings of what is told by itself at set times: nothing, unless a story is about it."""
        self.more_settings: dict[str, object] = {}

    def __enter__(self) -> Self:
        self.slack.start()
        try:
            self.prepare()
            self.start_bot()
        except BaseException:
            self.slack.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop_bot()
        self.slack.stop()
        self._engine.dispose()

    @cached_property
    def policies(self) -> Policies:
        """Those that are shipped."""
        return shipped()

    def prepare(self) -> None:
        """Make the database, with the accounts in it."""
        if self._file is not None and not self._file.exists() and self.policies is shipped():
            self._file.write_bytes(prepared())
            return
        upgrade(self.database_url)
        import_accounts(ACCOUNTS, self.policies, self.units)

    def start_bot(self) -> None:
        """The bot begins, and says what it owes. Its pacing leaps ahead: a story doesn't wait for Slack's limits."""
        from bot.wiring import Caseclock  # a bot in a process of its own need not be imported in this one

        settings = settings_for(self.slack, self.database_url, self._engineers)
        more = {"retention_days": self.retention_days, **self.routines, **self.more_settings}
        settings = settings.model_copy(update=more)
        self._bot = Caseclock(settings, self.policies, self.clock, lambda: float(next(self._leaps)), self.busy_seconds)
        self._bot.start()
        self.slack.connected()
        self.quiet()

    def stop_bot(self) -> None:
        """The bot goes away; its database stays."""
        if self._bot is not None:
            self._bot.stop()
            self._bot = None

    @property
    def is_up(self) -> bool:
        """There is a bot to notice what happens."""
        return self._bot is not None

    def person(self, name: str) -> Person:
        """Somebody of the story, to act as."""
        return self.slack.user(name)

    def move(self, **amount: float) -> None:
        """Let time pass, e.g. `minutes=30`."""
        self.move_to(self.clock.now() + timedelta(**amount))

    def move_to(self, now: datetime) -> None:
        """Let time pass until `now`, stopping at everything that falls due on the way."""
        now = utc(now)
        while self.is_up and (due := self._next_due()) is not None and due <= now:
            self._at(max(due, self.clock.now()))
        self._at(now)

    def quiet(self) -> None:
        """Wait until nothing is under way: events handled, timers fired, everything said.

        Raises:
            TimeoutError: something still is, after twenty seconds.
        """
        deadline = time.monotonic() + QUIET_SECONDS
        self.slack.settled(QUIET_SECONDS)
        while not self._is_quiet():
            if time.monotonic() > deadline:
                raise TimeoutError("the bot is still busy")
            time.sleep(0.01)

    def wake(self) -> None:
        """The bot, if it is up, looks at what is due."""
        if self._bot is not None:
            self._bot.wake()

    def _at(self, now: datetime) -> None:
        self.clock.move_to(now)
        if self._bot is not None:
            self.wake()
            self.quiet()

    def _next_due(self) -> datetime | None:
        with self.units() as uow:
            due = (uow.timers.next_due_at(), uow.reminders.next_due_at(), *uow.routines.all().values())
        return min((at for at in due if at is not None), default=None)

    def _is_quiet(self) -> bool:
        """Asked in the order in which work moves on. While it is not, something mostly waits at the end of that."""
        if self._is_unsaid():
            return False
        due = self._next_due()
        fired = due is None or due > self.clock.now()
        return fired and not self._is_unhandled() and not self._is_unsaid()

    def _is_unhandled(self) -> bool:
        with self.units() as uow:
            begun = not self.routines or bool(uow.routines.all())
            return not begun or uow.inbox.next_ready_at() is not None

    def _is_unsaid(self) -> bool:
        with self.units() as uow:
            sent = uow.outbox.next_ready_at(()) is None
        return not sent and not all(self._pauses(say) for say in unsent(self._engine))

    def _pauses(self, say: Unsent) -> bool:
        """It has been everywhere, and goes round again at a later time."""
        return say.key.endswith(ANYWHERE) and not say.leased and say.ready_at > self.clock.now()
