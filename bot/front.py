"""The front of the house: every use case that people in Slack have, joined to their room and to Slack."""

from collections.abc import Callable, Collection
from concurrent.futures import Executor
from typing import NamedTuple

from slack_sdk import WebClient

from bot.routines import managers_zone
from bot.settings import Settings
from bot.typed_hours import typed_hours
from bot.workspaces import Workspaces
from cases.announcing import Announcing
from cases.asking import Asking
from cases.availability import Availability
from cases.casework import Casework
from cases.causes import carried
from cases.desk import Desk
from cases.homes import Homes
from cases.lookup import Lookup
from cases.managing import Managing
from cases.named_contacts import NamedContacts
from cases.ports import Clock
from cases.presence import Presence
from cases.reception import Reception
from cases.renewing import Renewing
from cases.reporting import Reporting
from cases.reviews import Reviews
from cases.room import Room
from cases.shift_notes import ShiftNotes
from cases.solutions import Solutions
from cases.threads import Threads
from cases.time_off import DaysOff
from cases.whereabouts import Whereabouts
from cases.wishes import Wishes
from handlers.directory import Directory
from handlers.front import Emoji, Front
from handlers.messenger import SlackMessenger


class Slack(NamedTuple):
    """Slack, from all sides."""

    client: WebClient
    directory: Directory
    messenger: SlackMessenger
    workspaces: Workspaces


def front_of(
    room: Room,
    settings: Settings,
    slack: Slack,
    whereabouts: Whereabouts,
    clock: Clock,
    later: Executor,
    on_group: Callable[[str], Collection[str]],
) -> Front:
    """The whole front. `later` carries out what comes after an ack; `on_group` as `Front` says."""
    return Front(
        units=room.units,
        announcing=Announcing(room),
        reception=Reception(room),
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
        reporting=Reporting(room, managers_zone(settings, slack.directory), slack.directory.name),
        whereabouts=whereabouts,
        shift_notes=ShiftNotes(room),
        on_group=on_group,
        policies=room.policies,
        directory=slack.directory,
        messenger=slack.messenger,
        client=slack.client,
        workspaces=slack.workspaces,
        clock=clock,
        emoji=Emoji(settings.claim_emoji, settings.resolve_emoji, settings.open_emoji),
        reply_prefix=settings.reply_prefix,
        business_hours=typed_hours,
        run_later=lambda work: later.submit(carried(work)),
    )
