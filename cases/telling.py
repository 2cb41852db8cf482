"""The says of a case: which card, which thread, which people. One place, so that nothing reaches a wrong channel."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cases.case import Case
from cases.change import Places
from cases.people import Person
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


def wish_to_triage(case: Case, means: str, replaced: str, places: Places) -> Say:
    """The customer's wish, in the triage card's thread; `case` has it already, and is not stored yet."""
    if case.wish is None:
        raise ValueError(f"{case.reference} has no wish")
    wish = case.wish
    return Say(
        key=f"case:{case.number}:wish:{wish.revision}",
        kind=SayKind.WISH,
        channel=places.triage,
        urgency=Urgency.REPLY,
        case=case.number,
        body={
            "wish": wish.revision,
            "who": wish.by.user,
            "label": wish.label,
            "reason": wish.reason,
            "before": case.promise.label,
            "before_means": case.promise.meaning,
            "means": means,
            "available": wish.available.user if wish.available else None,
            "backup": wish.backup.user if wish.backup else None,
            "replaced": replaced,
            "assignee": case.assignee.user if case.assignee else None,
        },
        thread=f"post:{card_key(case.number, TRIAGE)}",
    )


def wish_settled(
    wishes: Iterable[Say], case: Case, outcome: str, by: Person | None = None, word: str = ""
) -> Iterator[Say]:
    """The message of the wish that `case` has, redrawn without its buttons: granted, refused, replaced, …"""
    for say in wishes:
        if case.wish is not None and say.body.get("wish") == case.wish.revision:
            settled = {"outcome": outcome, "by": by.user if by else None, "word": word}
            yield replace(
                say,
                key=f"{say.key}:settled",
                body={**say.body, **settled},
                urgency=Urgency.CARD,
                thread=None,
                updates=say.key,
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
    """Messages said earlier, redrawn to show how the case stands after this change; of a digest, the whole of it."""
    for say in says:
        yield replace(
            say,
            key=f"{say.key}:after:{case.revision + 1}",
            urgency=Urgency.CARD,
            thread=None,
            updates=say.within or say.key,
            within=None,
        )
