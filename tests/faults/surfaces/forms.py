"""Every modal, by its callback id, with what people typed and as many of everything as there may be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from slack_sdk.models.views import View

from cases.announcements import TITLE_LENGTH, Announcement, Receiver, Tally, Words
from cases.announcing import Begun, Proof
from cases.articles import Article
from cases.case_parts import Rating, Wish
from cases.changing_priority import PriorityPreview
from cases.intake import Declined, Opened
from cases.named_contacts import Named
from cases.people import Actor
from cases.policy import Program
from cases.wishes import WishForm
from handlers import closing, ids
from handlers.announcement_form import form_view, proof_view, sent_view
from handlers.case_forms import hand_over_view
from handlers.named_contacts import contacts_view
from handlers.naming import naming_view
from handlers.priority_form import priority_view
from handlers.reply_form import reply_view
from handlers.setup_form import Setup, setup_view
from handlers.solution_form import rating_view, reopen_view, resolve_view
from handlers.success_form import call_view
from handlers.waiting import ask_view
from handlers.wish_form import refusal_view, wish_view
from tests.builders import BOB, DANA, NOON
from tests.faults.surfaces.largest import (
    LINE,
    NUMEROUS,
    TEXT,
    ZONE,
    filled,
    largest,
    largest_account,
    largest_cases,
    largest_details,
    largest_program,
    people_of,
    rule,
)
from tests.faults.surfaces.open_forms import open_forms
from tests.faults.surfaces.typed import LABEL, LATER, cases, hostile_case

Views = Callable[[str], Iterator[View]]


def _setup(typed: str) -> Iterator[View]:
    okta, many = largest(typed), dict[str, Program]()
    for id, program in okta.items():
        many |= {f"{id}-{n}": replace(program, id=f"{id}-{n}") for n in range(4)}
    typed_in = Setup(
        "C0ACME",
        name=typed,
        timezone=typed,
        teams=people_of(NUMEROUS, "T"),
        contacts=people_of(NUMEROUS),
        managers=people_of(NUMEROUS),
        days=typed,
        opens=typed,
        closes=typed,
        holidays=typed,
    )
    for policies in (okta, many):
        last = list(policies)[-1]
        yield setup_view(policies, typed_in)
        yield setup_view(policies, replace(typed_in, program=last, plan=list(policies[last].plans)[-1]))


def _priority(typed: str) -> Iterator[View]:
    for shown in _previews(typed):
        yield priority_view(shown, ZONE, LATER, typed)


def _wish(typed: str) -> Iterator[View]:
    for shown in _previews(typed):
        for form in (WishForm(), WishForm(2, typed, True, Actor(DANA), Actor(BOB))):
            yield wish_view(shown, form, ZONE)


def _previews(typed: str) -> Iterator[PriorityPreview]:
    product = largest_program(typed).products["service"]
    for case in largest_cases(typed):
        for chosen in (None, product.priorities[1]):
            promise = case.promise if chosen else None
            yield PriorityPreview(case, product, chosen, promise, LATER if chosen else None)
            yield PriorityPreview(replace(case, commitment=None), product, chosen, promise, None)


def _refusal(typed: str) -> Iterator[View]:
    for case in largest_cases(typed):
        yield refusal_view(case, case.wish or Wish(2, typed, typed, DANA, NOON))


def _resolve(typed: str) -> Iterator[View]:
    for case in largest_cases(typed):
        yield resolve_view(case, typed)


def _reopen(typed: str) -> Iterator[View]:
    for case in cases(typed):
        yield reopen_view(case)


def _rating(typed: str) -> Iterator[View]:
    for case in cases(typed):
        yield rating_view(replace(case, rating=Rating(5, typed[:LINE], DANA, LATER)))


def _hand_over(typed: str) -> Iterator[View]:
    for case in largest_cases(typed):
        yield hand_over_view(case)


def _naming(typed: str) -> Iterator[View]:
    for case in largest_cases(typed):
        yield naming_view(case, rule(typed))


def _ask(typed: str) -> Iterator[View]:
    yield ask_view(hostile_case(typed), typed)


def _reply(typed: str) -> Iterator[View]:
    yield reply_view(hostile_case(typed), filled(typed, 20))


def _call(typed: str) -> Iterator[View]:
    for case in largest_cases(typed):
        yield call_view(case)


def _contacts(typed: str) -> Iterator[View]:
    details = largest_details(typed)
    for add_on in details.account.add_ons[::NUMEROUS]:
        yield contacts_view(Named(details.account, add_on, details.plan.add_ons[-1]))


def _announce(typed: str) -> Iterator[View]:
    programs = tuple((f"program-{n}", filled(typed, LABEL)) for n in range(NUMEROUS))
    channels = people_of(NUMEROUS, "C")
    tally = Tally(channels, tuple((each, "is_archived") for each in channels), channels)
    sent = (_announcement(typed), filled(typed, LABEL), tally)
    yield form_view(Begun(_announcement(typed), programs, (sent,) * 10))
    yield form_view(Begun(_announcement(typed), programs[:1], ()))


def _proof(typed: str) -> Iterator[View]:
    for accounts in (1, NUMEROUS):
        to = tuple(Receiver(each, (filled(typed, 80),) * accounts) for each in people_of(NUMEROUS, "C"))
        yield proof_view(Proof(_announcement(typed), filled(typed, LABEL), to, "s" * 64))


def _announcement(typed: str) -> Announcement:
    words = Words("okta", filled(typed, TITLE_LENGTH), filled(typed, TEXT)[:500], f"https://example.com/{'x' * 1900}")
    return Announcement("a" * 22, DANA, NOON, words, people_of(NUMEROUS, "C"), LATER)


def _closing(typed: str) -> Iterator[View]:
    for case in largest_cases(typed):
        for now in (LATER, LATER + timedelta(days=9)):
            yield closing.opened_view(Opened(case, existing=False), ZONE, now)
        yield closing.opened_view(Opened(case, existing=True), ZONE, LATER)
    for handed_over, left in ((True, False), (False, True), (False, False)):
        yield closing.declined_view(Declined(filled(typed, TEXT), handed_over, left))
    yield closing.answered_view(Article("a", filled(typed, LABEL), f"https://example.com/{'x' * 980}"))
    yield closing.existing_view(10**6, "https://acme.slack.com/archives/C0ACME/p1")
    yield closing.message_view(filled(typed, LABEL), largest_account(typed).name)
    yield sent_view(10**6)


FORMS: dict[str, Views] = {
    ids.OPEN_FORM: open_forms,
    ids.SETUP_FORM: _setup,
    ids.PRIORITY_FORM: _priority,
    ids.WISH_FORM: _wish,
    ids.REFUSAL_FORM: _refusal,
    ids.RESOLVE_FORM: _resolve,
    ids.REOPEN_FORM: _reopen,
    ids.RATING_FORM: _rating,
    ids.HAND_OVER_FORM: _hand_over,
    ids.NAMING_FORM: _naming,
    ids.ASK_FORM: _ask,
    ids.REPLY_FORM: _reply,
    ids.CALL_FORM: _call,
    ids.CONTACTS_FORM: _contacts,
    ids.ANNOUNCE_FORM: _announce,
    ids.ANNOUNCE_PROOF: _proof,
    ids.CLOSING_VIEW: _closing,
}
