"""Bodies of what is said to a customer, or about one: reviews, people of their own, meetings, requests."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

from cases.case import State
from cases.hours import CalendarSpec
from cases.instants import iso
from cases.linking import NAME_LENGTH
from cases.reviewing import Ticket, listed, reviewed
from cases.says import Body
from tests.builders import NOON, calendar
from tests.faults.surfaces.typed import LABEL, as_json, stored, words


def welcome(typed: str) -> Iterator[Body]:
    yield {"account": typed, "version": 2}


def tickets(typed: str, count: int = 12) -> Iterator[Ticket]:
    """As the database keeps them."""
    typed = stored(typed)
    for number in range(count):
        at = NOON - timedelta(days=number)
        always = CalendarSpec("always")
        label = typed[:75] or "Priority"
        yield Ticket(number, typed, label, 1, State.OPEN, at, at, at, None, False, always, typed[:75], 4)


def review(typed: str) -> Iterator[Body]:
    review = reviewed(list(tickets(typed)), calendar, 90, NOON)
    yield {"account": 1, "name": typed, "who": "U0DANA", "tam": "U0TOM", "review": as_json(asdict(review))}


def review_file(typed: str) -> Iterator[Body]:
    listing = list(tickets(typed))
    told = [asdict(each) for each in listed(listing, reviewed(listing, calendar, 90, NOON))]
    yield {"account": 1, "name": typed, "until": iso(NOON), "days": 90, "tickets": as_json(told)}


def review_told(typed: str) -> Iterator[Body]:
    for channel in ("C0ACME", "U0DANA"):
        yield {"account": 1, "name": typed, "who": "U0DANA", "days": 90, "channel": channel}


def add_on(typed: str) -> Iterator[Body]:
    name, label = typed[:NAME_LENGTH], typed[:LABEL]
    account: Body = {"account_id": 1, "account": name, "title": label, "name": label, "person": "U0ENG"}
    for to in ("person", "customer", "team"):
        yield {**account, "what": "arrival", "to": to, "mission_critical": True, "late_seconds": 7200}
    dates: Body = {"ends": "2027-02-28", "last_day": "2026-12-31", "renewal": "renewal:x:U0ENG:2027-02-28"}
    yield {**account, **dates, "what": "renewal", "region": label, "late_seconds": 7200}


def meeting(typed: str) -> Iterator[Body]:
    name, label = typed[:NAME_LENGTH], typed[:LABEL]
    told: Body = {"account_id": 1, "account": name, "plan": f"{label} {label}", "label": label, "title": label}
    told = {**told, "manager": "U0MAX"}
    due: Body = {"reminder": "kickoff:2026-03-02:14", "day": "2026-03-16", "last": True, "term": "2026-03-02"}
    yield {**told, **due, "late_seconds": 7200}
    yield {**told, **due, "late_seconds": 0, "held_by": "U0MAX", "held_at": iso(NOON), "next": "2026-06-01"}


def request(typed: str) -> Iterator[Body]:
    left: Body = {"details": typed, "user": "U0DANA", "permalink": "https://x.example/p1", "tenant": typed}
    yield {**words(typed), **left, "channel": "C0ACME"}
