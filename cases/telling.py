"""The says of a case: which card, which thread, which people. One place, so that nothing reaches a wrong channel."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cases.case import Case
from cases.change import Places
from cases.says import Body, Note, Say, SayKind, Urgency, card_key

CUSTOMER = "customer"
TRIAGE = "triage"


def first_cards(case: Case, places: Places) -> tuple[Say, Say]:
    """The two cards of a new case: in the customer's thread, and in the triage channel."""
    return (
        Say(
            key=card_key(case.number, CUSTOMER),
            kind=SayKind.CARD,
            channel=case.channel,
            urgency=Urgency.FIRST_CARD,
            case=case.number,
            body={"side": CUSTOMER},
            thread=case.source.root if case.source else None,
        ),
        Say(
            key=card_key(case.number, TRIAGE),
            kind=SayKind.CARD,
            channel=places.triage,
            urgency=Urgency.FIRST_CARD,
            case=case.number,
            body={"side": TRIAGE},
        ),
    )


def card_updates(case: Case, places: Places) -> tuple[Say, ...]:
    """Both cards, redrawn in place after this change."""
    return tuple(
        replace(
            first,
            key=f"{first.key}:{case.revision + 1}",
            urgency=Urgency.CARD,
            thread=None,
            updates=first.key,
        )
        for first in first_cards(case, places)
    )


def customer_thread(case: Case) -> str:
    """Where the case is talked about with the customer: under their message, or under the card."""
    return case.source.root if case.source else f"post:{card_key(case.number, CUSTOMER)}"


def note_to_customer(case: Case, note: Note, body: Body) -> Say:
    """A line in the customer's thread."""
    return Say(
        key=f"case:{case.number}:{case.revision + 1}:{note}:{CUSTOMER}",
        kind=SayKind.NOTE,
        channel=case.channel,
        urgency=Urgency.REPLY,
        case=case.number,
        body={"note": note.value, **body},
        thread=customer_thread(case),
    )


def note_to_triage(case: Case, note: Note, body: Body, places: Places) -> Say:
    """A line in the triage card's thread."""
    return Say(
        key=f"case:{case.number}:{case.revision + 1}:{note}:{TRIAGE}",
        kind=SayKind.NOTE,
        channel=places.triage,
        urgency=Urgency.REPLY,
        case=case.number,
        body={"note": note.value, **body},
        thread=f"post:{card_key(case.number, TRIAGE)}",
    )


def quietly(key: str, channel: str, user: str, case: Case, note: Note, body: Body) -> Say:
    """An ephemeral line for one person."""
    return Say(
        key=key,
        kind=SayKind.NOTE,
        channel=channel,
        urgency=Urgency.REPLY,
        case=case.number,
        body={"note": note.value, **body},
        only_for=user,
    )


def redrawn(says: Iterable[Say], case: Case) -> Iterator[Say]:
    """Messages said earlier, redrawn to show how the case stands after this change."""
    for say in says:
        yield replace(
            say,
            key=f"{say.key}:after:{case.revision + 1}",
            urgency=Urgency.CARD,
            thread=None,
            updates=say.key,
        )
