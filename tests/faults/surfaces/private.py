"""What is answered in private to whoever asks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cases.add_ons import DayOff, DayOffKind
from cases.case import Case, Entry
from cases.days_off import Term
from cases.finding import MOST_FOUND, Found
from cases.lookup import Explanation
from cases.messages import Drawn, Row
from cases.named_contacts import Named
from cases.people import Actor, Role
from cases.queues import Post
from cases.reviews import NotHere
from cases.says import Body, Say, SayKind
from cases.storms import ROWS
from cases.stretches import Stretch, StretchKind
from cases.time_off import Balance, TimeOff
from handlers import answers, days_off, named_contacts
from handlers.help import help_for
from handlers.plan_answer import plans
from handlers.reviews import in_private_offer
from handlers.status import status, statuses
from handlers.training import training
from tests.builders import DANA, ENG, NOON, calendar
from tests.faults.surfaces.largest import (
    NUMEROUS,
    ZONE,
    filled,
    largest_cases,
    largest_details,
)
from tests.faults.surfaces.messages import RENDERER
from tests.faults.surfaces.typed import DUE, LATER, hostile_case

MANAGER = Actor(ENG, frozenset({Role.MANAGER}))
WHATS = ("opened", "answered", "recommended", "typed", "reprioritised", "noted", "linked", "resolved")


def commands(typed: str) -> Iterator[Drawn]:
    """About a case."""
    fresh = hostile_case(typed)
    history = [Entry(NOON, DANA, what, typed) for what in WHATS] * 10
    yield answers.show(fresh, history, LATER, typed[:50], support=True)
    yield answers.listing([fresh] * 50, LATER)
    stretches = calendar(fresh.promise.calendar).explain(fresh.counted_from, fresh.due_at)
    yield answers.why(Explanation(fresh, stretches, history), "Asia/Jerusalem")


def answered(typed: str) -> Iterator[Drawn]:
    """To everything that may be asked, of very many cases, customers and people."""
    *most, waiting = largest_cases(typed)
    for shown in (*most, waiting):
        yield from _about(shown, typed)
    yield from _lists(waiting)
    yield from _of_plans(typed)
    yield from _of_people(typed)


def _about(shown: Case, typed: str) -> Iterator[Drawn]:
    history = [Entry(NOON, DANA, what, typed) for what in WHATS] * 10
    for support in (True, False):
        yield answers.show(shown, history, LATER, ZONE, support=support)
    yield status(shown, LATER)
    spans = tuple(_stretch(kind, typed, n) for n in range(NUMEROUS) for kind in StretchKind)
    for clock in (None, *shown.clocks.each):
        yield answers.why(Explanation(shown, spans, history, clock), ZONE)
    yield from _digests(shown)


def _lists(shown: Case) -> Iterator[Drawn]:
    for support in (True, False):
        yield answers.found(Found([shown] * MOST_FOUND, NUMEROUS), LATER, support=support)
        yield answers.found(Found([], 0), LATER, support=support)
    for cases in ([], [shown], [shown] * NUMEROUS):
        yield answers.listing(cases, LATER, ["U0ENG"])
        yield statuses(cases, LATER)


def _digests(shown: Case) -> Iterator[Drawn]:
    told: Body = {"page": 2, "pages": 99, "total": NUMEROUS, "mention": True, "calls": " ".join(["U0ENG"] * NUMEROUS)}
    alarms: tuple[tuple[SayKind, Body], ...] = (
        (SayKind.ESCALATION, {**DUE, "share": 100, "repeat": 3, "audience": "triage"}),
        (SayKind.LEASE, {"step": "queue", "who": "U0ENG", "at": "2026-03-02T12:22:00Z"}),
        (SayKind.CHECK_IN, {"step": "managers", "check_in": 1}),
        (SayKind.NAMING, {"step": "managers"}),
    )
    for kind, body in alarms:
        say = Say("k", kind, "C0TRIAGE", 0, shown.number, body)
        row = Row(say, shown, Post("C0TRIAGE", "1772452800.000100"))
        yield RENDERER.digest(Say("d", SayKind.DIGEST, "C0TRIAGE", 0, body=told), [row] * ROWS, LATER)
        yield RENDERER.digest(Say("d", SayKind.DIGEST, "C0TRIAGE", 0, body=told), [replace(row, case=None)], LATER)


def _of_plans(typed: str) -> Iterator[Drawn]:
    details = largest_details(typed)
    for count in (0, 1, NUMEROUS):
        for support in (True, False):
            here = [details] * count
            yield help_for(support=support, claim="e" * 100, resolve="e" * 100, prefix=typed[:20], here=here)
        yield training([details] * count)
        if count:
            yield plans([details] * count)


def _of_people(typed: str) -> Iterator[Drawn]:
    details = largest_details(typed)
    found = [Named(details.account, each, details.plan.add_ons[-1]) for each in details.account.add_ons]
    yield named_contacts.listed(found, MANAGER)
    days = tuple(DayOff(NOON.date() + timedelta(days=n), DayOffKind.ADMINISTRATIVE) for n in range(NUMEROUS))
    term = Term(days[0].day, days[-1].day, 366)
    balances = (Balance(filled(typed, 80), filled(typed, 75), term, 3),) * NUMEROUS
    yield days_off.listed(TimeOff("U0PAUL", days, balances, NUMEROUS), "Days off from today on")
    yield days_off.listed(TimeOff("U0PAUL", (), (), 0), "Off")
    yield in_private_offer(NotHere(filled(typed, 300), [details.account] * NUMEROUS, 366))


def _stretch(kind: StretchKind, typed: str, number: int) -> Stretch:
    at = NOON + timedelta(hours=number)
    return Stretch(kind, at, at + timedelta(minutes=59), typed)
