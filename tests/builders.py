"""Small programmes, accounts and cases for tests of the rules."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from cases.accounts import Account
from cases.calendars import Calendar
from cases.case import Case
from cases.case_parts import Commitment
from cases.change import Places
from cases.hours import CalendarSpec, Duration, Window
from cases.people import Actor, Person, Role
from cases.policy import Audience, CommitmentRule, Ladder, Plan, Priority, Product, Program, Rung, Target
from cases.promise import promise_for

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday."""

DANA = Person("U0DANA", "T0ACME", "Dana")
BOB = Person("U0BOB", "T0ACME", "Bob")
ENG = Person("U0ENG", "T0HOST", "Erin")
ENG2 = Person("U0ENG2", "T0HOST", "Frank")
MAX = Person("U0MAX", "T0HOST", "Max")
ENGINEER = Actor(ENG, frozenset({Role.ENGINEER}))
CUSTOMER = Actor(DANA)
PLACES = Places(triage="C0TRIAGE", escalations="C0TRIAGE", managers="C0MANAGERS")

ALWAYS = CalendarSpec("always")
OFFICE = CalendarSpec("office", tuple(Window(day, 9 * 60, 18 * 60) for day in range(5)), "UTC")
LADDER = Ladder(
    (
        Rung(50, frozenset({Audience.TRIAGE})),
        Rung(75, frozenset({Audience.TRIAGE, Audience.ON_CALL})),
        Rung(90, frozenset({Audience.MANAGERS_CHANNEL, Audience.MANAGERS})),
        Rung(100, frozenset(Audience)),
    ),
    repeat_seconds=1800,
)
RULE = CommitmentRule(frozenset({1}), "Someone is reachable.", 4 * 3600, 1800, 3600)


class OnDuty:
    """Slack's side of who is on duty: Max, and an on-call group. Nobody is seen to be away."""

    def managers(self) -> tuple[str, ...]:
        return (MAX.user,)

    def managers_known(self) -> tuple[str, ...]:
        return (MAX.user,)

    def engineers_known(self) -> tuple[str, ...]:
        return ("U0ERIN",)

    def on_call(self) -> str:
        return "<!subteam^S0CALL>"

    def absent(self, users: Collection[str], now: datetime) -> frozenset[str]:
        return frozenset()


def program(hours: tuple[int, ...] = (1, 2, 8, 24), calendar: CalendarSpec = ALWAYS) -> Program:
    """Priorities 1 to 4 with targets of these hours; priority 1 carries a commitment."""
    priorities = tuple(
        Priority(n, f"Priority {n}", f"meaning {n}", (f"example {n}",), f"question {n}") for n in range(1, 5)
    )
    targets: dict[int | None, Target] = {
        n: Target(Duration(amount, "h"), calendar.name) for n, amount in enumerate(hours, 1)
    }
    return Program(
        id="okta",
        name="Okta",
        version="1",
        source="a text",
        products={"service": Product("service", "Okta Service", priorities)},
        plans={"premier": Plan("premier", "Premier", targets, RULE)},
        calendars={calendar.name: calendar},
        ladder=LADDER,
    )


def account(teams: tuple[str, ...] = ("T0ACME",)) -> Account:
    """Acme, on Premier."""
    return Account(1, "Acme", "okta", "premier", "America/New_York", ("C0ACME",), teams)


def case(priority: int = 1, *, of: Program | None = None, committed: bool = False, at: datetime = NOON) -> Case:
    """C-1, opened by Dana at `at`, untouched."""
    promise = promise_for(of or program(), account(), "service", priority)
    due_at = calendar(promise.calendar).add(at, promise.target_seconds)
    fresh = Case(
        number=1,
        revision=1,
        account=1,
        account_name="Acme",
        channel="C0ACME",
        title="Nobody can sign in",
        details="Since noon.",
        opened_by=DANA,
        opened_at=at,
        promise=promise,
        started_at=at,
        counted_from=at,
        due_at=due_at,
    )
    return replace(fresh, commitment=Commitment(DANA, BOB, DANA, at)) if committed else fresh


def calendar(spec: CalendarSpec) -> Calendar:
    """Compiled, without holidays."""
    return Calendar(spec, lambda _day: None)
