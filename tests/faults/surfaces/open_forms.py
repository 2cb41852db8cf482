"""The form that opens a case, in each state that it can be drawn in, of the largest policy and the most customers."""

from collections.abc import Iterator
from dataclasses import replace

from slack_sdk.models.views import View

from cases.case_parts import SourceMessage
from cases.intake import Asked, Form, Intake, Preview
from cases.linking import NAME_LENGTH
from cases.people import Actor
from cases.policy import Product
from handlers.open_form import open_view
from tests.builders import BOB, DANA, NOON
from tests.faults.surfaces.largest import (
    NUMEROUS,
    TEXT,
    ZONE,
    filled,
    kinds,
    largest_account,
    largest_cases,
    largest_program,
)
from tests.faults.surfaces.typed import LATER
from tests.handlers.looks import message

MOST_ACCOUNTS = 4 * NUMEROUS


def open_forms(typed: str) -> Iterator[View]:
    """As it is opened, by whom it may be, and as its answers come in."""
    source = replace(message(typed), permalink="https://acme.slack.com/archives/C0ACME/p1")
    for shown in _previews(typed):
        for quoted in (source, None):
            yield _drawn(typed, shown, quoted)


def _drawn(typed: str, shown: Preview, quoted: SourceMessage | None) -> View:
    intake = Intake("i" * 22, "C0ACME", DANA, NOON, quoted, typed)
    people = (Actor(DANA), Actor(BOB))
    for_product = shown.product.id if shown.product else None
    form = Form(1, typed, typed, for_product, "k0", typed, True, (), 4, True, *people, True, True)
    return open_view(intake, form, shown, ZONE, LATER)


def for_customers(number: int, typed: str) -> View:
    """As support finds it in a channel of so many customers, the first of them chosen."""
    return _drawn(typed, replace(_begun(typed, number), account_known=True), None)


def _begun(typed: str, customers: int) -> Preview:
    account = largest_account(typed, count=1)
    named = ((n, f"{n:04} {account.name}"[:NAME_LENGTH]) for n in range(1, customers + 1))
    accounts = tuple(replace(account, id=n, name=name, plan="p" * 40) for n, name in named)
    return Preview(
        accounts=accounts,
        account=accounts[0],
        program=largest_program(typed),
        product=None,
        asked=(),
        recommended=None,
        because="",
        priority=None,
        kind=None,
        promise=None,
        started_at=NOON,
        due_at=None,
        declined=None,
        to_manager=False,
        to_triage=False,
        may_start_now=True,
        may_be_detected=True,
    )


def _previews(typed: str) -> Iterator[Preview]:
    begun, one = _begun(typed, MOST_ACCOUNTS), _begun(typed, 1)
    service = replace(begun.program.products["service"], asks_tenant=True)
    yield replace(begun, account_known=False)
    for state in (begun, one):
        yield state
        yield replace(state, product=service, asked=_asked(service, answered=False))
        answered = replace(state, product=service, asked=_asked(service, answered=True))
        answered = replace(answered, recommended=4, because=filled(typed, TEXT))
        yield answered
        yield _recommended(typed, answered)
        requests = replace(service, priorities=(), questions=(), kinds=kinds(typed))
        yield replace(state, product=requests, kind=requests.kinds[0])
    for to_manager, to_triage in ((True, False), (False, True), (False, False)):
        yield replace(begun, declined=filled(typed, TEXT), to_manager=to_manager, to_triage=to_triage)


def _asked(product: Product, *, answered: bool) -> tuple[Asked, ...]:
    return tuple(Asked(question, question.answers[0] if answered else None) for question in product.questions)


def _recommended(typed: str, state: Preview) -> Preview:
    promise = largest_cases(typed)[0].promise
    priority = state.product.priorities[3] if state.product else None
    return replace(state, priority=priority, promise=promise, due_at=LATER)
