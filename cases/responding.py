"""Rules of the first response: who stops the clock, and what happens when a case is given back."""

from dataclasses import replace
from datetime import datetime

from cases.case import Case, Entry, State
from cases.case_parts import Response, ResponseBy
from cases.change import Change
from cases.errors import Refused
from cases.people import Person
from cases.policy import ClockKind
from cases.talking import heard, said, waited_until


def claimed(case: Case, person: Person, at: datetime) -> Change:
    """The case is this engineer's now; it is the first response if nobody had answered.

    Raises:
        Refused: it is resolved, or somebody else's.
    """
    if case.is_done:
        raise Refused(f"{case.reference} {case.how_done} already.")
    if case.assignee is not None and case.assignee.user != person.user:
        raise Refused(f"{case.reference} is already with <@{case.assignee.user}>.")
    if case.assignee is not None:
        return Change(case)
    after = replace(case, state=State.CLAIMED, assignee=person, claimed_at=at, active_at=at, asked_at=None)
    change = answered(after, Response(person, at, ResponseBy.CLAIM))
    return replace(change, entries=(Entry(at, person, "claimed"), *change.entries))


def written(case: Case, person: Person, at: datetime) -> Change:
    """A support person wrote in the case's thread: a first response too, and one that a hand-back does not undo.

    Whoever the case is assigned to has begun with it.
    """
    if case.is_done or at < case.started_at:
        return Change(case)
    change = _response_of(case, person, at)
    after = said(change.case, at)
    told = change.entries or after == case
    return Change(after, change.entries if told else (Entry(at, person, "wrote"),))


def _response_of(case: Case, person: Person, at: datetime) -> Change:
    if case.assigned is not None and case.assigned.person == person.user:
        begun = claimed(case, person, at)
        by_message = Response(person, at, ResponseBy.MESSAGE) if case.response is None else case.response
        return replace(begun, case=replace(begun.case, response=by_message))
    if case.response is not None and case.response.how is ResponseBy.MESSAGE:
        return Change(case)
    if case.response is not None:
        confirmed = replace(case.response, how=ResponseBy.MESSAGE)
        return Change(replace(case, response=confirmed), (Entry(at, person, "wrote"),))
    return answered(case, Response(person, at, ResponseBy.MESSAGE))


def listened(change: Change, person: Person, at: datetime) -> Change:
    """The customer wrote: told in the history where nothing else is, and they wait for the next response from here."""
    case = change.case
    after = heard(case, at)
    starts = case.response is not None and not case.clocks.unanswered and after.clocks.unanswered
    counts = any(rule.kind is ClockKind.NEXT_RESPONSE for rule in case.promise.clocks)
    tells = starts and counts and not change.entries
    return replace(change, case=after, entries=(Entry(at, person, "wrote-in"),) if tells else change.entries)


def answered(case: Case, response: Response) -> Change:
    """The response clock stops. A breach told after an answer that was in time is taken back: it never was one."""
    if case.response is not None:
        return Change(case)
    late = response.at > case.due_at
    breached_at = case.due_at if late else None if case.breached_at == case.due_at else case.breached_at
    entry = Entry(response.at, response.person, "responded", f"by {response.how}, {'late' if late else 'in time'}")
    return Change(said(replace(case, response=response, breached_at=breached_at), response.at), (entry,))


def given_back(case: Case, person: Person, at: datetime) -> Change:
    """The assignee lets go. If nobody had written, the response clock runs again, to its original deadline.

    Source: design, "claim given back before anyone wrote".

    Raises:
        Refused: the case is not this person's.
    """
    if case.assignee is None or case.assignee.user != person.user or case.is_done:
        raise Refused(f"{case.reference} isn't yours, so there is nothing to give back.")
    after = let_go(case, at)
    why = "the response clock runs again" if after.waits_for_response else "the first response stands"
    return Change(after, (Entry(at, person, "given-back", why),))


def let_go(case: Case, at: datetime) -> Case:
    """Back in the queue, and waiting on nobody. Where a claim was a lease, triage hears of it until someone has it."""
    claim_alone = case.response is not None and case.response.how is ResponseBy.CLAIM
    return replace(
        waited_until(case, at),
        state=State.OPEN,
        assignee=None,
        claimed_at=None,
        active_at=None,
        asked_at=at if case.promise.lease else None,
        response=None if claim_alone else case.response,
    )
