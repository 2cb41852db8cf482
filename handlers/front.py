"""What the handlers need of the rest of the house; `bot/wiring.py` makes one and hands it to `register`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from slack_sdk import WebClient

from cases.announcing import Announcing
from cases.asking import Asking
from cases.availability import Availability
from cases.casework import Casework
from cases.desk import Desk
from cases.homes import Homes
from cases.hours import CalendarSpec
from cases.lookup import Lookup
from cases.managing import Managing
from cases.messages import Messenger
from cases.named_contacts import NamedContacts
from cases.ports import Clock, Policies, UnitsOfWork
from cases.presence import Presence
from cases.reception import Reception
from cases.renewing import Renewing
from cases.reporting import Reporting
from cases.reviews import Reviews
from cases.shift_notes import ShiftNotes
from cases.solutions import Solutions
from cases.threads import Threads
from cases.time_off import DaysOff
from cases.whereabouts import Whereabouts
from cases.wishes import Wishes
from handlers.clicks import Clicks
from handlers.directory import Directory


@dataclass(frozen=True, slots=True)
class Emoji:
    """Names of the reactions that mean something, without colons."""

    claim: str = "eyes"
    resolve: str = "white_check_mark"
    open: str = "ticket"


class Workspaces(Protocol):
    """Where the app is installed: our own workspace, and customers' own."""

    def client(self, team: str) -> WebClient:
        """Answers people in the workspace of this id, for what came in through the app there: modals and Homes.

        The bot's own at home, where nothing is known of that workspace.

        Raises:
            Refused: its token can't be read any more.
            StorageUnavailable.
        """
        ...

    def bots_among(self, users: Collection[str]) -> Collection[str]:
        """Which of these user ids are the app's bots in customers' workspaces. Raises StorageUnavailable."""
        ...

    def forget(self, team: str, at: datetime, bots: Collection[str] = ()) -> None:
        """The app was uninstalled there at that time. With `bots`: the tokens of these bot users were revoked.

        Raises StorageUnavailable.
        """
        ...


@dataclass(frozen=True, slots=True)
class Front:
    """Shared by every listener, from several threads at once."""

    units: UnitsOfWork
    announcing: Announcing
    reception: Reception
    desk: Desk
    availability: Availability
    wishes: Wishes
    casework: Casework
    solutions: Solutions
    asking: Asking
    presence: Presence
    days_off: DaysOff
    named_contacts: NamedContacts
    renewing: Renewing
    managing: Managing
    lookup: Lookup
    threads: Threads
    homes: Homes
    reviews: Reviews
    reporting: Reporting
    whereabouts: Whereabouts
    shift_notes: ShiftNotes
    on_group: Callable[[str], Collection[str]]
    """Ids of the programs whose rota is this user group, by its id."""
    policies: Policies
    directory: Directory
    messenger: Messenger
    client: WebClient
    """The bot's own at home, without retries: Bolt makes a new one for each request, which nothing here uses.

    It does everything but answer people of another workspace that has the app too.
    """
    workspaces: Workspaces
    clock: Clock
    emoji: Emoji
    business_hours: Callable[[str, str, str, str], CalendarSpec]
    """From days (`mon-fri`), from, to (`09:00`) and holidays (`US`), as typed; raises Invalid by `days`, `opens`,
    `closes`, `holidays`."""
    run_later: Callable[[Callable[[], None]], object]
    """Starts work in a thread of its own, after the ack: an executor's `submit`."""
    reply_prefix: str = "!reply"
    """What a message of the triage thread begins with that is for the customer."""
    clicks: Clicks = field(default_factory=Clicks)
