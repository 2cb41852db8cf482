"""What the handlers need of the rest of the house; `bot/wiring.py` makes one and hands it to `register`."""

from collections.abc import Callable
from dataclasses import dataclass, field

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
from cases.reviews import Reviews
from cases.solutions import Solutions
from cases.threads import Threads
from cases.time_off import DaysOff
from cases.whereabouts import Whereabouts
from cases.wishes import Wishes
from handlers.arrivals import Arrivals
from handlers.clicks import Clicks
from handlers.directory import Directory


@dataclass(frozen=True, slots=True)
class Emoji:
    """Names of the reactions that mean something, without colons."""

    claim: str = "eyes"
    resolve: str = "white_check_mark"
    open: str = "ticket"


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
    whereabouts: Whereabouts
    policies: Policies
    directory: Directory
    messenger: Messenger
    client: WebClient
    """The bot's own, without retries: Bolt makes a new one for each request, which nothing here uses."""
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
    arrivals: Arrivals = field(default_factory=Arrivals)
