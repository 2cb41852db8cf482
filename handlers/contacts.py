"""Ways to reach support, as lines of mrkdwn."""

from collections.abc import Collection, Iterable

from cases.case import Case
from cases.contacts import TO_PEOPLE, Contact, ContactKind
from cases.plan_details import PlanDetails
from handlers.text import inline, link, mention

MISSING = {ContactKind.PHONE: "number", ContactKind.EMAIL: "address"}
"""What is asked for where a contact isn't set; of the other kinds it is the link."""
FIRST = 1
"""The most urgent priority of every program."""
SHOWN = 20
"""In one list."""
MOST_URGENT = 6
"""On a card; more stand in the plan's answer."""


def lines(contacts: Iterable[Contact], kinds: Collection[ContactKind] | None = None, where: str = "here") -> list[str]:
    """One line each, of these kinds or of all, as the customer reads them; `where` they can ask for what isn't set."""
    chosen = [contact for contact in contacts if kinds is None or contact.kind in kinds]
    said = [_line(contact, f"ask us {where} for the {_missing(contact)}") for contact in chosen[:SHOWN]]
    return [*said, f"and {len(chosen) - SHOWN} more; ask us {where} for them"] if len(chosen) > SHOWN else said


def success_manager(details: PlanDetails, where: str = "here") -> list[str]:
    """Who is the account's success manager, where its plan has one; as one line of `lines`, or none."""
    if details.plan.success is None:
        return []
    named = mention(details.account.csm) if details.account.csm else f"still to be named; ask us {where}"
    return [f"*{inline(details.plan.success.title, 100)}*: {named}"]


def while_open(case: Case) -> list[str]:
    """For someone whose case is open."""
    return lines(case.promise.contacts, TO_PEOPLE)


def urgent(case: Case) -> list[str]:
    """On the customer's card, at the first priority until it is done: all ways to people and the status page."""
    return lines(_urgent(case))


def urgent_for_team(case: Case) -> list[str]:
    """The same on the triage card: where the customer may be heard of otherwise."""
    said = [_line(contact, f"its {_missing(contact)} isn't set") for contact in _urgent(case)]
    return ["The customer also has", *(f"• {each}" for each in said)] if said else []


def _urgent(case: Case) -> list[Contact]:
    if case.promise.priority != FIRST or case.is_done:
        return []
    return [contact for contact in case.promise.contacts if contact.kind in TO_PEOPLE][:MOST_URGENT]


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
