"""The one place of wiring: the rooms of the house joined through the core's ports."""

import os
import socket
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from starlette.applications import Starlette

from bot.clock import SharedClock, SystemClock
from bot.doors import Door, HttpDoor
from bot.front import Slack, front_of
from bot.health import Readiness, health_routes
from bot.hearing import hearing_worker
from bot.installing import InstallFlow
from bot.live_policies import LivePolicies
from bot.operating import Operating, metrics_of, reloading_of
from bot.outside import addresses_of, couriers, duties
from bot.rotas import ShiftWatch
from bot.routines import routines_of
from bot.settings import Settings
from bot.slack_app import slack_app, slack_client
from bot.socket_door import SocketDoor
from bot.web import WebServer, address_of
from bot.workspaces import Workspaces
from cases.auditing import Auditing
from cases.calendars import CalendarBook
from cases.meters import UNMETERED
from cases.moved import Moved
from cases.ports import Clock, Policies
from cases.queues import Queue
from cases.refusals import Refusals
from cases.reminding import Reminding
from cases.retention import Retention
from cases.room import Room
from cases.routines import Routines
from cases.shift_notes import ShiftNotes
from cases.timekeeping import Timekeeping
from cases.whereabouts import Whereabouts
from handlers import register
from handlers.directory import Directory, identify
from handlers.events import Events
from handlers.messenger import SlackMessenger
from handlers.renderer import Renderer
from policies.holiday_names import holiday_names
from scheduling.auditor import Auditor
from scheduling.rounds import Rounds
from scheduling.service import SHARED_SWEEP_SECONDS, Scheduling
from scheduling.upkeep import EVERY, Upkeep
from scheduling.worker import Worker
from storage.database import PATIENCE_SECONDS, is_shared, make_engine, time_at
from storage.errors import translated
from storage.figures import figures
from storage.installations import Installations, States
from storage.migrate import upgrade
from storage.sealing import Seal
from storage.unit_of_work import SqlUnitsOfWork

LATER_THREADS = 8
"""Answers after the ack: modals, ephemeral lines."""
LISTENER_THREADS = 20


class Caseclock:
    """The whole bot, between `start` and `stop`."""

    def __init__(
        self,
        settings: Settings,
        policies: Policies,
        clock: Clock | None = None,
        ticks: Callable[[], float] | None = None,
        patience: float = PATIENCE_SECONDS,
        http: tuple[str, int] | None = None,
    ) -> None:
        """`clock` rules cases and timers; `ticks` (as `Pacing` takes them) paces what is sent; where nobody says
        otherwise, both are the database's own clock, or with SQLite this machine's. `patience` (seconds) is how long a
        busy database is waited for; `http` is the address to hear Slack at, instead of by Socket Mode.

        Raises:
            SettingsError: the way in lacks its secret, or customers' installs one of their settings; or ADDRESSES_FILE
                can't be used.
            StorageUnavailable: the database can't be reached.
            slack_sdk.errors.SlackClientError, OSError: Slack refuses the token, or is out of reach.
        """
        wall = SystemClock()
        upgrade(settings.database_url)
        self._engine = make_engine(settings.database_url, patience)
        shared = is_shared(self._engine)
        with translated():
            everybodys = SharedClock(partial(time_at, self._engine) if shared else wall.now)
        self._timing = Worker("clock", everybodys.set, lambda: None)
        clock, seconds = clock or (everybodys if shared else wall), ticks or everybodys.seconds
        policies, metrics = LivePolicies(policies), metrics_of(settings)
        meter = metrics or UNMETERED
        client = slack_client(settings, settings.slack_bot_token.get_secret_value())
        identity = identify(client)
        installs = settings.installs()
        installations = (
            Installations(installs.client_id, self._engine, Seal(installs.keys), clock) if installs else None
        )
        people = (settings.support_engineers, settings.support_managers)
        directory = Directory(client, identity, clock, *people, monotonic=seconds)
        messenger = SlackMessenger(client, identity.user)
        addresses = addresses_of(settings, policies)
        units = SqlUnitsOfWork(self._engine, self._committed)
        moved = Moved()
        rota = duties(settings, policies, units, lambda: moved.places(settings.places), clock)
        room = Room(
            units=units,
            policies=policies,
            calendars=CalendarBook(holiday_names),
            duty=directory,
            named=settings.places,
            webhooks=tuple(addresses.webhooks),
            rota=rota,
            moved=moved,
        )
        self._rota = Worker("rota", ShiftWatch(rota, ShiftNotes(room), clock).step, rota.seconds_to_next)
        whereabouts = Whereabouts(room)
        whereabouts.look()
        self._moved = Worker("moved", whereabouts.look, lambda: None, SHARED_SWEEP_SECONDS) if shared else None
        self.outside = couriers(addresses, units, lambda: room.places, clock, identity.url)
        self._later = ThreadPoolExecutor(LATER_THREADS, thread_name_prefix="later")
        workspaces = Workspaces(client, identity.teams, installations, partial(slack_client, settings))
        slack = Slack(client, directory, messenger, workspaces)
        front = front_of(room, settings, slack, whereabouts, clock, self._later, rota.on_group)
        self._freshen = front.reception.freshen
        timekeeping, reminding = Timekeeping(room, meter), Reminding(room, meter)
        self.scheduling = Scheduling(
            units=SqlUnitsOfWork(self._engine),
            fire=lambda now: timekeeping.fire_next(now) or reminding.fire_next(now),
            handle=Events(front).handle,
            renderer=Renderer(directory.on_call, identity.url),
            messenger=messenger,
            clock=clock,
            wall=wall,
            monotonic=seconds,
            shared=shared,
            settled=front.announcing.settled,
            refused=Refusals(room).refused,
            meter=meter,
        )
        process = f"{socket.gethostname()}:{os.getpid()}"
        auditing = Auditing(room, seconds)
        self.auditor = Auditor(auditing, process, lambda: self.door.is_open(), clock, self.wake)
        self._watching = Worker("presence", directory.presence.step, directory.presence.seconds_to_next)
        retention = Retention(SqlUnitsOfWork(self._engine), settings.retention_days)
        upkeep = Upkeep(lambda now: retention.step(now) or self.outside.tidy(now), clock)
        self._upkeep = Worker("upkeep", upkeep.step, upkeep.seconds_to_next, EVERY.total_seconds())
        self.rounds = Rounds(Routines(room.units, partial(routines_of, settings, room, directory)), clock)
        reminding.replan()
        replans = (reminding.replan, self.rounds.begin_anew)
        self._listeners = ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener")
        app = slack_app(client, self._listeners)
        register(app, front)
        readiness = Readiness(self._engine, self.scheduling, wall)
        self.door: Door
        if http is not None:
            routes = health_routes(readiness.checks())
            if installs is not None and installations is not None:
                asking, states = slack_client(settings, None), States(self._engine, clock)
                flow = InstallFlow(asking, installs, settings.authorize_url, identity.teams, installations, states)
                routes += flow.routes()
            self.door = HttpDoor(app, settings.signing_secret(), http, routes, meter)
        else:
            self.door = SocketDoor(app, settings.app_token(), settings.slack_api_url, meter)
        self._hearing = hearing_worker(settings, front, self.door, clock, lambda: room.places)
        self.health = self._watched_at(settings.health_address, readiness) if http is None else None
        self.operating = Operating(
            settings,
            metrics,
            lambda: figures(self._engine, clock.now(), (everybodys if shared else wall).now()),
            self.scheduling,
            self.auditor,
            self.door,
            readiness,
            wall,
            clock,
            reloading_of(settings, policies, room, clock, replans, addresses.reach, rota),
            policies,
        )

    def start(self) -> None:
        """Take up what is owed, then listen. Where that fails nothing goes on running; raises as `__init__`."""
        try:
            if self.health is not None:
                self.health.start()
            self.operating.start()
            self._timing.start()
            if self._moved is not None:
                self._moved.start()
            self._freshen()
            self.scheduling.start()
            self.outside.start()
            self._watching.start()
            self._rota.start()
            self._upkeep.start()
            self.rounds.start()
            self.door.open()
            self.auditor.start()
            self._hearing.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Finish what is in flight; everything else waits in the database."""
        self.operating.stop()
        self.auditor.stop()
        self._hearing.stop()
        self.door.close()
        self._later.shutdown()
        self._listeners.shutdown()
        self._watching.stop()
        self._rota.stop()
        self._upkeep.stop()
        self.rounds.stop()
        self.outside.stop()
        self.scheduling.stop()
        self._timing.stop()
        if self._moved is not None:
            self._moved.stop()
        self._engine.dispose()
        if self.health is not None:
            self.health.stop()

    def _watched_at(self, address: str | None, readiness: Readiness) -> WebServer | None:
        """Where the process is watched while Slack comes in elsewhere."""
        if address is None:
            return None
        checks = (*readiness.checks(), ("slack", readiness.of_door(self.door)))
        return WebServer(address_of(address), Starlette(routes=health_routes(checks)))

    def _committed(self, changed: Collection[Queue]) -> None:
        self.scheduling.wake(changed)
        if Queue.PARCELS in changed:
            self.outside.wake()

    def wake(self) -> None:
        """The clock was moved."""
        self.scheduling.wake()
        self.outside.wake()
        self._watching.wake()
        self._rota.wake()
        self._upkeep.wake()
        self.rounds.wake()
        self.auditor.wake()
        self.operating.wake()
