"""Rules of the commitment: the customer's 24x7 promise, asked after kindly and handed over when it must be.

Source: Okta Support Services, "Response Times": who selects Priority 1 is available until the issue is resolved.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from cases.case import Case, Entry
from cases.case_parts import Commitment
from cases.change import Change, Places
from cases.errors import Refused
from cases.facts import CheckInStep, Facts
from cases.people import Person
from cases.says import Note, Say, SayKind, Urgency
from cases.telling import customer_thread, note_to_customer, note_to_triage


def asked(case: Case, places: Places, step: str, now: datetime, late_seconds: int = 0) -> Say:
    """The check-in's message: to the person, to the backup, or to the managers."""
    commitment = _commitment(case)
    to = {"ask": commitment.available, "backup": commitment.backup}.get(step)
    return Say(
        key=f"case:{case.number}:check-in:{commitment.check_in}:{step}",
        kind=SayKind.CHECK_IN,
        channel=places.managers if step == "managers" else case.channel,
        urgency=Urgency.CHECK_IN,
        case=case.number,
        body={
            "check_in": commitment.check_in,
            "step": step,
            "to": to.user if to else None,
            "late_seconds": late_seconds,
        },
        thread=None if step == "managers" else customer_thread(case),
    )


def checked(case: Case, places: Places, now: datetime) -> Change:
    """Whatever of the commitment is due by `now`: the next check-in; else the managers; else the backup.

    After an absence only the latest is told. A check-in asked late counts its waiting from the asking.
    """
    commitment, rule = case.commitment, case.promise.commitment
    if commitment is None or rule is None or case.is_done:
        return Change(case)
    waited = (now - commitment.asked_at).total_seconds()
    late = int(waited) - rule.every_seconds
    if late >= 0:
        return _asked_again(case, commitment, commitment.available, places, now, late)
    if commitment.confirmed_at is not None:
        return Change(case)
    if waited >= rule.managers_after_seconds and not commitment.managers_told:
        after = replace(case, commitment=replace(commitment, backup_asked=True, managers_told=True))
        return _step(after, places, "managers", now, int(waited) - rule.managers_after_seconds)
    if waited >= rule.backup_after_seconds and not commitment.backup_asked and commitment.backup is not None:
        after = replace(case, commitment=replace(commitment, backup_asked=True))
        return _step(after, places, "backup", now, int(waited) - rule.backup_after_seconds)
    return Change(case)


def asked_anew(case: Case, places: Places, now: datetime) -> Change:
    """The person named is asked again at once, where the case carries a commitment; else nothing."""
    if case.commitment is None or case.promise.commitment is None:
        return Change(case)
    return _asked_again(case, case.commitment, case.commitment.available, places, now)


def _step(case: Case, places: Places, step: str, now: datetime, late: int) -> Change:
    number = _commitment(case).check_in
    facts = Facts(check_in=number, step=CheckInStep(step))
    entry = Entry(now, None, "check-in", f"number {number} unanswered: {step} told", facts)
    return Change(case, (entry,), (asked(case, places, step, now, late),))


def _asked_again(
    case: Case, commitment: Commitment, person: Person, places: Places, now: datetime, late: int = 0
) -> Change:
    following = replace(
        commitment,
        available=person,
        check_in=commitment.check_in + 1,
        asked_at=now,
        confirmed_by=None,
        confirmed_at=None,
        backup_asked=False,
        managers_told=False,
    )
    after = replace(case, commitment=following)
    facts = Facts(check_in=following.check_in, step=CheckInStep.ASKED)
    entry = Entry(now, None, "check-in", f"number {following.check_in} asked of {person.user}", facts)
    return Change(after, (entry,), (asked(after, places, "ask", now, late),))


def confirmed(case: Case, person: Person, now: datetime) -> Change:
    """The named person, or the backup, says that they can be reached.

    Raises:
        Refused: the case carries no commitment now, or it names other people.
    """
    commitment = _commitment(case)
    if person.user not in {commitment.available.user, commitment.backup.user if commitment.backup else None}:
        raise Refused(
            f"<@{commitment.available.user}> is the one named for {case.reference}. "
            "If it should be you now, press *Hand over to…*."
        )
    if commitment.confirmed_at is not None:
        return Change(case)
    after = replace(case, commitment=replace(commitment, confirmed_by=person, confirmed_at=now))
    facts = Facts(check_in=commitment.check_in, step=CheckInStep.CONFIRMED)
    return Change(after, (Entry(now, person, "confirmed", f"check-in {commitment.check_in}", facts),))


def handed_over(case: Case, person: Person, to: Person, places: Places, now: datetime) -> Change:
    """Another of the customer's people is reachable from now on; they are asked at once.

    Raises:
        Refused: the case carries no commitment now, or it is that person's already.
    """
    commitment = _commitment(case)
    if to.user == commitment.available.user:
        raise Refused(f"<@{to.user}> is the one named for {case.reference} already.")
    backup = None if commitment.backup and commitment.backup.user == to.user else commitment.backup
    change = _asked_again(case, replace(commitment, backup=backup), to, places, now)
    body = {"who": person.user, "to": to.user}
    says = (
        note_to_customer(case, Note.HANDED_OVER, body),
        note_to_triage(case, Note.HANDED_OVER, body, places),
        *change.says,
    )
    entry = Entry(now, person, "handed-over", f"to {to.user}")
    return Change(change.case, (entry, *change.entries), says)


def next_check_in(case: Case) -> datetime | None:
    """When the next check-in will be asked; None: none is planned."""
    if case.commitment is None or case.promise.commitment is None or case.is_done:
        return None
    return case.commitment.asked_at + timedelta(seconds=case.promise.commitment.every_seconds)


def _commitment(case: Case) -> Commitment:
    if case.commitment is None or case.promise.commitment is None or case.is_done:
        raise Refused(
            f"{case.reference} asks nobody to be on call any more, so there is nothing to confirm. Thank you!"
        )
    return case.commitment
