"""Add-ons of an account: people of its own, for a term, beside what its plan brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AddOnKind(StrEnum):
    """What an add-on is (Okta Support Services, "Dedicated Premier Plus Add-On Resources")."""

    DEDICATED_CSE = "dedicated-cse"
    """A Customer Success Executive of the customer's own, who advises."""
    MISSION_CRITICAL = "mission-critical"
    """A Mission Critical Support Engineer, who is assigned the cases of the named contacts."""


@dataclass(frozen=True, slots=True)
class AddOnRule:
    """What a plan says of one of its add-ons."""

    kind: AddOnKind
    name: str
    """As the customer reads it: `Mission Critical Support`."""
    title: str
    """What its person is called: `Mission Critical Support Engineer`."""
    calendar: str
    """Key of `Program.calendars`: the hours in which the person is there, in the zone of the add-on."""
    mobilisation_days: int
    """From the term's start until the person is there."""
    administrative_days: int
    """Of a term of 12 months, in which the person may be off beside public holidays and leave; pro rata otherwise."""
    notice_days: int
    """Before the term's end, by which the same person must be asked for again."""
    contacts: Mapping[int, int]
    """How many contacts may be named, by share in percent; empty: anybody may turn to the person."""


@dataclass(frozen=True, slots=True)
class AddOn:
    """One add-on as an account has bought it. Dates are local to `timezone`."""

    kind: AddOnKind
    person: str
    """Slack user id of the dedicated person."""
    region: str
    timezone: str
    """IANA zone of the person."""
    starts: date
    ends: date
    """The last day."""
    share: int = 100
    """Percent of the person's time: 50 or 100."""
    holidays: str | None = None
    """Country, or country and subdivision, whose public holidays the person has: `US`, `US-CA`."""
    contacts: tuple[str, ...] = ()
    """Slack user ids of the named contacts."""


class Absence(StrEnum):
    """Why a dedicated person is not there."""

    MOBILISING = "mobilising"
    """The term has begun, and the days until they are there are not over."""
    OFF = "off"
    """Night, weekend, public holiday, or a day off of their own."""
    AWAY = "away"
    """They said so, or Slack shows it."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whose a case is who has not begun yet: no claim, so that every clock and alarm goes on, and anybody may claim."""

    person: str
    """Slack user id."""
    title: str
    until: datetime
    """When they go for the day: then the case is everybody's."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A dedicated person who was not there when a case was opened, for the card to say."""

    kind: AddOnKind
    title: str
    person: str
    """Slack user id."""
    why: Absence
    back_at: datetime | None
    """None: not known, or not before the term ends."""
    csm: str | None = None
    """Who stands in, where it is the account's success manager."""


class DayOffKind(StrEnum):
    """What a dedicated person is off for."""

    ADMINISTRATIVE = "administrative"
    """Training, volunteering, an event of the company: counted."""
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A local day on which a dedicated person is not there."""

    day: date
    kind: DayOffKind
