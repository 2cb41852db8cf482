"""The one place of wiring: the rooms of the house joined through the core's ports."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.clock import SystemClock, monotonic
from bot.settings import Settings
from bot.typed_hours import typed_hours
from cases.announcing import Announcing
from cases.asking import Asking
from cases.availability import Availability
from cases.calendars import CalendarBook
from cases.casework import Casework
from cases.desk import Desk
from cases.homes import Homes
from cases.lookup import Lookup
from cases.managing import Managing
from cases.named_contacts import NamedContacts
from cases.ports import Clock, Policies
from cases.presence import Presence
from cases.reception import Reception
from cases.reminding import Reminding
from cases.renewing import Renewing
from cases.reviews import Reviews
from cases.room import Room
from cases.solutions import Solutions
from cases.threads import Threads
from cases.time_off import DaysOff
from cases.timekeeping import Timekeeping
from cases.wishes import Wishes
from handlers import register
from handlers.directory import Directory, identify
from handlers.events import Events
from handlers.front import Emoji, Front
from handlers.messenger import SlackMessenger
from handlers.renderer import Renderer
from policies.holiday_names import holiday_names
from scheduling.service import Scheduling
from scheduling.worker import Worker
from storage.database import PATIENCE_SECONDS, make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork

CALL_SECONDS = 10
"""How long Slack may take to answer a call: a few of them in a row fit into the outbox's lease, and into a stop."""
LATER_THREADS = 8
"""Answers after the ack: modals, ephemeral lines."""
LISTENER_THREADS = 20
SOCKET_THREADS = 20
RECEIVE_BYTES = 65_536
"""The built-in client recurses once a read: with its 1 KiB, an event about a long message of emoji kills the socket."""


class Caseclock:
    """The whole bot, between `start` and `stop`."""

    def __init__(
        self,
        settings: Settings,
        policies: Policies,
        clock: Clock | None = None,
        ticks: Callable[[], float] = monotonic,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`clock` rules cases and timers; `ticks` (monotonic seconds) paces what is sent; `patience` (seconds)
        is how long a busy database is waited for.

        Raises:
            StorageUnavailable: the database can't be reached.
            slack_sdk.errors.SlackClientError, OSError: Slack refuses the token, or is out of reach.
        """
        wall = SystemClock()
        clock = clock or wall
        upgrade(settings.database_url)
        self._engine = make_engine(settings.database_url, patience)
        client = _client(settings)
        identity = identify(client)
        people = (settings.support_engineers, settings.support_managers)
        directory = Directory(client, identity, clock, *people, monotonic=ticks)
        messenger = SlackMessenger(client, identity.user)
        room = Room(
            units=SqlUnitsOfWork(self._engine, self.wake),
            policies=policies,
            calendars=CalendarBook(holiday_names),
            duty=directory,
            places=settings.places,
        )
        self._later = ThreadPoolExecutor(LATER_THREADS, thread_name_prefix="later")
        announcing, reception = Announcing(room), Reception(room)
        self._freshen = reception.freshen
        front = Front(
            units=room.units,
            announcing=announcing,
            reception=reception,
            desk=Desk(room),
            availability=Availability(room),
            wishes=Wishes(room),
            casework=Casework(room),
            solutions=Solutions(room),
            asking=Asking(room),
            presence=Presence(room),
            days_off=DaysOff(room),
            named_contacts=NamedContacts(room),
            renewing=Renewing(room),
            managing=Managing(room),
            lookup=Lookup(room),
            threads=Threads(room),
            homes=Homes(room),
            reviews=Reviews(room),
            policies=policies,
            directory=directory,
            messenger=messenger,
            client=client,
            clock=clock,
            emoji=Emoji(settings.claim_emoji, settings.resolve_emoji, settings.open_emoji),
            reply_prefix=settings.reply_prefix,
            business_hours=typed_hours,
            run_later=self._later.submit,
        )
        timekeeping, reminding = Timekeeping(room), Reminding(room)
        self.scheduling = Scheduling(
            units=SqlUnitsOfWork(self._engine, lambda: None),
            fire=lambda now: timekeeping.fire_next(now) or reminding.fire_next(now),
            handle=Events(front).handle,
            renderer=Renderer(directory.on_call, identity.url),
            messenger=messenger,
            clock=clock,
            wall=wall,
            monotonic=ticks,
            settled=announcing.settled,
        )
        self._watching = Worker("presence", directory.presence.step, directory.presence.seconds_to_next)
        reminding.replan()
        self._listeners = ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener")
        app = _app(client, self._listeners)
        register(app, front)
        app_token = settings.slack_app_token.get_secret_value()
        self.socket = SocketModeHandler(
            app,
            app_token,
            web_client=WebClient(token=app_token, base_url=settings.slack_api_url),
            receive_buffer_size=RECEIVE_BYTES,
            concurrency=SOCKET_THREADS,
        )

    def start(self) -> None:
        """Take up what is owed, then listen. Where that fails nothing goes on running; raises as `__init__`."""
        try:
            self._freshen()
            self.scheduling.start()
            self._watching.start()
            self.socket.connect()  # type: ignore[no-untyped-call]
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Finish what is in flight; everything else waits in the database."""
        self.socket.close()  # type: ignore[no-untyped-call]
        self._later.shutdown()
        self._listeners.shutdown()
        self._watching.stop()
        self.scheduling.stop()
        self._engine.dispose()

    def wake(self) -> None:
        """Something was committed, or the clock was moved."""
        self.scheduling.wake()
        self._watching.wake()


def _client(settings: Settings) -> WebClient:
    """Without retries of its own: a post of unknown outcome is looked up before it is sent again."""
    token = settings.slack_bot_token.get_secret_value()
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=CALL_SECONDS, retry_handlers=[])


def _app(client: WebClient, listeners: ThreadPoolExecutor) -> App:
    """Acknowledges once the listener returns. Bolt asks `auth.test` once, here, and never again.

    Without a logger to follow, Bolt's own take the level of the root, and write down whole payloads at DEBUG.
    """
    return App(
        client=client,
        logger=logging.getLogger("slack_bolt"),
        process_before_response=True,
        request_verification_enabled=False,
        listener_executor=listeners,
    )
