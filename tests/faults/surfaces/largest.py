"""A programme, an account and a case with as many of everything as may be stated, each as long as it may be."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache

from cases.accounts import Account
from cases.add_ons import Absence, AddOn, AddOnKind, Assigned, StandIn
from cases.articles import Article
from cases.case import Case, State
from cases.case_parts import Commitment, Link, Naming, Wait, Wish
from cases.clock import Clock, Clocks
from cases.contacts import Benefit, BenefitKind, Contact, ContactKind
from cases.hours import CalendarSpec, Duration, Window
from cases.linking import NAME_LENGTH
from cases.plan_details import PlanDetails, plan_details
from cases.policy import (
    Answer,
    ClockKind,
    ClockTarget,
    CommitmentRule,
    Plan,
    Priority,
    Product,
    Program,
    Question,
    Region,
    RequestKind,
    SolutionKind,
)
from cases.ports import Policies
from tests.builders import BOB, DANA, ENG, NOON
from tests.faults.rights import people
from tests.faults.surfaces.typed import LABEL, hostile_case

TEXT, LINE = 1500, 300
"""The longest that a policy may state (`policies.fields`, `policies.contacts`)."""
MANY = 100
"""As many as `policy check` lets pass, so many as a menu holds."""
NUMEROUS = 150
"""Of what nobody counts: people, customers, cases, regions, ways to reach somebody."""
SOLUTIONS = 10
TEAM = 20
"""Add-ons of a kind, of one account."""
ZONE = "America/Argentina/ComodRivadavia"
CLOCKS = (ClockKind.NEXT_RESPONSE, ClockKind.UPDATE, ClockKind.SOLUTION)
BROKEN_HOURS = tuple(Window(day, 300 * n + day, 300 * n + 60 + day) for day in range(7) for n in range(3))
"""No two days alike."""
CLOSED = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(MANY))


def filled(typed: str, length: int) -> str:
    """These words again and again, up to a length; what is not said at all is an x."""
    return (typed * (length // len(typed) + 1))[:length] if typed.strip() else "x"


@cache
def people_of(count: int, prefix: str = "U") -> tuple[str, ...]:
    """Slack ids, as long as they come."""
    return tuple(f"{prefix}{number:010}" for number in range(count))


def largest(typed: str) -> Policies:
    """Okta's, with its ids: the morning goes by them; and as many programmes as a menu holds."""
    shipped = people.policies()
    whole = largest_program(typed)
    programs = {f"program-{n}": replace(whole, id=f"program-{n}") for n in range(MANY - len(shipped))}
    return {**shipped, "okta": whole, **programs}


@lru_cache(maxsize=2)
def largest_program(typed: str) -> Program:
    """Okta's, of the largest size."""
    okta = people.policies()["okta"]
    service = _product(okta.products["service"], typed)
    others = {f"p{n}": replace(service, id=f"p{n}") for n in range(MANY - 1)}
    plans = {id: _plan(plan, typed) for id, plan in okta.plans.items()}
    more = {f"plan-{n}": replace(plans[people.ACME.plan], id=f"plan-{n}") for n in range(MANY - len(plans))}
    return replace(
        okta,
        name=filled(typed, LABEL),
        version=f"{filled(typed, LABEL)}+0123456789ab",
        products={"service": service, **others},
        plans={**plans, **more},
        contacts=contacts(typed),
        solutions=solutions(typed),
        articles=tuple(Article(f"a{n}", filled(typed, LABEL), _link(1000), (typed[:40],)) for n in range(MANY)),
        resolution=filled(typed, TEXT),
    )


def largest_account(typed: str, id: int = 1, count: int = NUMEROUS) -> Account:
    """Of that programme's fullest plan."""
    return replace(
        people.ACME,
        id=id,
        name=filled(typed, NAME_LENGTH),
        channels=people_of(count, "C"),
        teams=people_of(count, "T"),
        contacts=people_of(count),
        managers=people_of(count),
        contact_methods=contacts(typed),
        tam="U0TOM",
        add_ons=tuple(add_on(typed, kind, count) for kind in reversed(AddOnKind) for _ in range(TEAM)),
    )


def largest_details(typed: str, count: int = NUMEROUS) -> PlanDetails:
    return plan_details(largest_program(typed), largest_account(typed, count=count), answered=10**6)


def add_on(typed: str, kind: AddOnKind, count: int) -> AddOn:
    term = (date(2026, 1, 1), date(2027, 12, 31))
    return AddOn(kind, "U0ENG", filled(typed, LABEL), ZONE, *term, 50, "US", people_of(2 * count))


@lru_cache(maxsize=2)
def largest_cases(typed: str) -> tuple[Case, ...]:
    """Before anybody has it, in work, and waiting on its customer, with all that stands on its cards meanwhile."""
    fresh = hostile_case(typed)
    regions = tuple(region(typed, n) for n in range(NUMEROUS))
    promise = replace(
        fresh.promise,
        program_name=filled(typed, LABEL),
        plan_name=filled(typed, LABEL),
        product_name=filled(typed, LABEL),
        version=filled(typed, LABEL),
        label=filled(typed, LABEL),
        meaning=filled(typed, TEXT),
        resolution=filled(typed, TEXT),
        calendar=hours(typed),
        commitment=rule(typed),
        solutions=solutions(typed),
        contacts=contacts(typed) * 3,
        team=regions,
        success_manager=filled(typed, LABEL),
    )
    full = replace(
        fresh,
        account_name=filled(typed, NAME_LENGTH),
        promise=promise,
        recommended=4,
        naming=Naming(NOON),
        commitment=Commitment(DANA, BOB, DANA, NOON),
        wish=Wish(2, filled(typed, LABEL), typed, DANA, NOON, 3, DANA, BOB),
        links=tuple(Link("duplicated", number) for number in range(10**6, 10**6 + NUMEROUS)),
        detected=True,
        reopened=10**6,
        account_csm="U0CSM",
        stand_ins=tuple(stand_in(typed, kind, why) for kind in AddOnKind for why in Absence for _ in range(MANY)),
        clocks=Clocks(each=tuple(_clock(kind) for kind in CLOCKS)),
    )
    assigned = Assigned("U0PAUL", filled(typed, LABEL), NOON + timedelta(hours=4))
    return (
        full,
        replace(full, assigned=assigned, commitment=None),
        replace(full, state=State.CLAIMED, assignee=ENG, claimed_at=NOON),
        replace(full, state=State.WAITING, assignee=ENG, wait=Wait(NOON, ENG, typed, 3)),
    )


def stand_in(typed: str, kind: AddOnKind, why: Absence) -> StandIn:
    return StandIn(kind, filled(typed, LABEL), "U0PAUL", why, NOON + timedelta(days=9), "U0CSM")


def region(typed: str, number: int) -> Region:
    return Region(f"r{number}", f"{number}{filled(typed, LABEL)}"[:LABEL], hours(typed), people_of(MANY, "S"))


def hours(typed: str) -> CalendarSpec:
    """As many windows as nobody would state."""
    return CalendarSpec(filled(typed, LABEL), BROKEN_HOURS, ZONE, "US-CA", CLOSED)


def rule(typed: str) -> CommitmentRule:
    return CommitmentRule(frozenset(range(1, MANY + 1)), filled(typed, TEXT), 86399, 86399, 86399)


def solutions(typed: str) -> tuple[SolutionKind, ...]:
    return tuple(SolutionKind(f"s{n}", filled(typed, LABEL)) for n in range(SOLUTIONS))


def contacts(typed: str) -> tuple[Contact, ...]:
    return tuple(_contact(typed, n) for n in range(MANY))


def _contact(typed: str, number: int) -> Contact:
    """A telephone, or a page; with its hours and a note."""
    kind, value = ((ContactKind.PHONE, "+1 555 010 0100"), (ContactKind.PORTAL, _link(LINE)))[number % 2]
    return Contact(kind, f"{number}{filled(typed, LABEL)}"[:LABEL], value, filled(typed, LABEL), filled(typed, LINE))


def _link(length: int) -> str:
    return f"https://example.com/{'x' * length}"[:length]


def _clock(kind: ClockKind) -> Clock:
    return Clock(kind, 1, NOON, NOON, 3600, NOON + timedelta(hours=1))


def _plan(plan: Plan, typed: str) -> Plan:
    clocks = tuple(ClockTarget(kind, Duration(999_999, "m")) for kind in CLOCKS)
    fourth = replace(plan.targets[4], clocks=clocks)
    return replace(
        plan,
        name=filled(typed, LABEL),
        targets={**plan.targets, **dict.fromkeys(range(5, MANY + 1), fourth)},
        commitment=replace(plan.commitment, promise=filled(typed, TEXT)) if plan.commitment else None,
        contacts=contacts(typed),
        benefits=(Benefit(filled(typed, LABEL), filled(typed, TEXT), BenefitKind.EDUCATION),) * MANY,
        team=tuple(region(typed, n) for n in range(MANY)),
        add_ons=tuple(replace(each, name=filled(typed, LABEL), title=filled(typed, LABEL)) for each in plan.add_ons),
        success=replace(plan.success, title=filled(typed, LABEL)) if plan.success else None,
    )


def _product(product: Product, typed: str) -> Product:
    text, label = filled(typed, TEXT), filled(typed, LABEL)
    known = [replace(each, label=label, meaning=text, examples=(text,) * 20) for each in product.priorities]
    more = [replace(known[-1], number=number) for number in range(5, MANY + 1)]
    priorities: tuple[Priority, ...] = (*known, *more)
    questions = tuple(_question(each, text, label) for each in product.questions)
    return replace(product, name=label, priorities=priorities, questions=questions)


def _question(question: Question, text: str, label: str) -> Question:
    known = tuple(replace(each, label=label, because=text) for each in question.answers)
    more = tuple(replace(known[0], id=f"a{n}") for n in range(MANY - len(known)))
    answers: tuple[Answer, ...] = (*known, *more)
    return replace(question, ask=text, answers=answers)


def kinds(typed: str) -> tuple[RequestKind, ...]:
    """Of a product without priorities."""
    one = RequestKind("k", filled(typed, LABEL), filled(typed, TEXT), True, None, filled(typed, TEXT))
    return tuple(replace(one, id=f"k{n}") for n in range(MANY))
