"""Ways to reach support, as lines of mrkdwn."""

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from cases.case import Case
from cases.contacts import TO_PEOPLE, URGENT, Contact, ContactKind
from cases.plan_details import PlanDetails
from handlers.kit import SMALL_PRINT
from handlers.text import inline, link, mention, size

MISSING = {ContactKind.PHONE: "number", ContactKind.EMAIL: "address"}
"""What is asked for where a contact isn't set; of the other kinds it is the link."""
ROOM = 100
"""Units for our own words beside them."""
FIRST = 1
"""The most urgent priority of every program."""


def lines(contacts: Iterable[Contact], kinds: Collection[ContactKind] | None = None, where: str = "here") -> list[str]:
    """One line each, of these kinds or of all, as the customer reads them; `where` they can ask for what isn't set."""
    chosen = (contact for contact in contacts if kinds is None or contact.kind in kinds)
    return [_line(contact, f"ask us {where} for the {_missing(contact)}") for contact in chosen]


def success_manager(details: PlanDetails, where: str = "here") -> list[str]:
    """Who is the account's success manager, where its plan has one; as one line of `lines`, or none."""
    if details.plan.success is None:
        return []
    named = mention(details.account.csm) if details.account.csm else f"still to be named; ask us {where}"
    return [f"*{inline(details.plan.success.title, 100)}*: {named}"]


def while_open(case: Case) -> list[str]:
    """For someone whose case is open."""
    return lines(case.promise.contacts, TO_PEOPLE)


def urgent(case: Case) -> str:
    """On the customer's card, at the first priority until it is done: the telephone and the status page; or empty."""
    return "\n".join(_that_fit(lines(_urgent(case))))


def urgent_for_team(case: Case) -> str:
    """The same on the triage card: where the customer may be heard of otherwise."""
    said = _that_fit([_line(contact, f"its {_missing(contact)} isn't set") for contact in _urgent(case)])
    return f"The customer also has {' · '.join(said)}" if said else ""


def _that_fit(said: Sequence[str]) -> list[str]:
    """The first of them, in a line of small print; *Your plan* has them all."""
    ends = accumulate(size(line) + len(" · ") for line in said)
    return [line for line, end in zip(said, ends, strict=True) if end <= SMALL_PRINT - ROOM]


def _urgent(case: Case) -> list[Contact]:
    if case.promise.priority != FIRST or case.is_done:
        return []
    return [contact for contact in case.promise.contacts if contact.kind in URGENT]


def _line(contact: Contact, otherwise: str) -> str:
    label, value = f"*{inline(contact.label, 100)}*", _value(contact) if contact.is_set else otherwise
    more = ", ".join(inline(words) for words in (contact.hours, contact.note) if words)
    said = f"{label}: {value}" if value else label
    return f"{said} ({more})" if more else said


def _value(contact: Contact) -> str:
    _, scheme, place = contact.value.rpartition("://")
    return link(contact.value, inline(place)) if scheme else inline(contact.value, empty="")


def _missing(contact: Contact) -> str:
    return MISSING.get(contact.kind, "link")
