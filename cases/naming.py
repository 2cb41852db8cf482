"""Rules of naming who can be reached, where support raised a case to a priority that carries a 24x7 promise.

The promise is the customer's, so they are asked for it; until somebody is named there is nobody to check in with.
Source: Okta Support Services, "Response Times": Priority 1 asks for someone available until the issue is resolved.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.accounts import Account
from cases.case import Case, Entry
from cases.case_parts import Commitment, Naming
from cases.change import Change, Places
from cases.committing import asked
from cases.errors import Invalid, Refused
from cases.people import Actor, Person
from cases.policy import CommitmentRule
from cases.says import Say, SayKind, Urgency
from cases.telling import customer_thread
from cases.waiting import whom_to_ask


@dataclass(frozen=True, slots=True)
class NamingForm:
    """Whom the customer names, and that they agree; everything may still be missing."""

    consent: bool = False
    available: Actor | None = None
    """Looked up in Slack, as the backup."""
    backup: Actor | None = None


def open_naming(case: Case) -> tuple[Naming, CommitmentRule] | None:
    """What was asked, and by which rule, while the answer is still needed."""
    rule = case.promise.commitment
    if case.naming is None or rule is None or case.commitment is not None or case.is_done:
        return None
    return case.naming, rule


def with_naming(case: Case, now: datetime) -> Case:
    """A case whose priority has changed. Of one that our team noticed, the customer declared nothing."""
    if case.promise.commitment is None or case.commitment is not None or case.detected:
        return replace(case, naming=None)
    return case if case.naming is not None else replace(case, naming=Naming(now))


def naming_said(before: Case, after: Case, places: Places) -> Iterator[Say]:
    """The customer is asked, if that begins with this change; `after` is not stored yet."""
    if before.naming is None and after.naming is not None:
        yield _say(after, places, "ask")


def naming_due(case: Case) -> datetime | None:
    """When the customer is asked again and the managers hear of it; None: not, or it was done."""
    found = open_naming(case)
    if found is None or found[0].told_again:
        return None
    naming, rule = found
    return naming.asked_at + timedelta(seconds=rule.managers_after_seconds)


def named_nobody(case: Case, places: Places, now: datetime) -> Change:
    """Nobody is named yet: asked once more, and told to the managers."""
    due = naming_due(case)
    if case.naming is None or due is None or now < due:
        return Change(case)
    after = replace(case, naming=replace(case.naming, told_again=True))
    says = (_say(after, places, "again"), _say(after, places, "managers"))
    return Change(after, (Entry(now, None, "nobody-named"),), says)


def named(case: Case, form: NamingForm, account: Account, person: Person, places: Places, now: datetime) -> Change:
    """The commitment begins, with its first check-in.

    Raises:
        Refused: nobody is asked for. Invalid: by field, what is missing.
    """
    nameable(case)
    wrong = check_people(form, account, "Tick the box, please; if nobody can be reached, ask for another priority.")
    if wrong or form.available is None:
        raise Invalid(wrong)
    backup = form.backup.person if form.backup else None
    commitment = Commitment(form.available.person, backup, consented_by=person, asked_at=now)
    after = replace(case, commitment=commitment, naming=None)
    entry = Entry(now, person, "committed", f"24x7: {form.available.person.user}")
    return Change(after, (entry,), (asked(after, places, "ask", now),))


def nameable(case: Case) -> CommitmentRule:
    """The rule that asks for it. Raises Refused: somebody is named already, or nobody is asked for any more."""
    found = open_naming(case)
    if found is not None:
        return found[1]
    if case.commitment is not None and not case.is_done:
        raise Refused(f"<@{case.commitment.available.user}> is named for {case.reference} already. Thank you!")
    raise Refused(f"{case.reference} asks nobody to be on call any more, so nobody needs to be named. Thank you!")


def check_people(form: NamingForm, account: Account, unticked: str) -> dict[str, str]:
    """By field, what is missing; `unticked` is said of the box."""
    wrong: dict[str, str] = {}
    if not form.consent:
        wrong["consent"] = unticked
    if form.available is None:
        wrong["available"] = "Who can be reached? Name at least one person."
    elif form.backup is not None and form.backup.person.user == form.available.person.user:
        wrong["backup"] = "The backup has to be someone else; leave it empty if there is nobody."
    for field, person in (("available", form.available), ("backup", form.backup)):
        if person is not None and not account.includes(person):
            wrong[field] = f"Please name someone of {account.name}: the promise is the customer's own."
    return wrong


def _say(case: Case, places: Places, step: str) -> Say:
    to = whom_to_ask(case)
    inside = step == "managers"
    return Say(
        key=f"case:{case.number}:{case.revision + 1}:naming:{step}",
        kind=SayKind.NAMING,
        channel=places.managers if inside else case.channel,
        urgency=Urgency.REPLY,
        case=case.number,
        body={"step": step, "to": to.user if to and not inside else None},
        thread=None if inside else customer_thread(case),
    )
