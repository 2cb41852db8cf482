"""What a customer writes once a solution stands, or the case is closed: it settles nothing, and both sides hear so."""

from dataclasses import replace
from datetime import datetime

from cases.case import Case, Entry, State
from cases.change import Change, Places
from cases.instants import utc
from cases.people import Person
from cases.says import Body, Note, Say
from cases.telling import customer_thread, note_to_triage, quietly


def wrote_afterwards(case: Case, person: Person, at: datetime, places: Places) -> Change:
    """Under a solution: the days until the case closes count from here, and with the first message the team is called
    to read it, and its writer told of the buttons. “Still broken” must not close a case, nor “thank you” reopen it.

    A message older than the solution changes nothing.
    """
    solution = case.solution
    if case.closes_at is None or solution is None or utc(at) < utc(solution.at):
        return Change(case)
    first = solution.heard_at is None
    heard_at = max(utc(at), solution.heard_at or utc(at))
    after = replace(case, solution=replace(solution, heard_at=heard_at))
    to = case.assignee or solution.by
    body: Body = {"who": person.user, "to": to.user}
    says = (note_to_triage(case, Note.WROTE_AFTERWARDS, body, places), _to_writer(case, person)) if first else ()
    return Change(after, (Entry(at, person, "wrote-after"),), says)


def wrote_to_closed(case: Case, person: Person) -> Say:
    """To whoever writes in the thread of a closed case, once: there is no clock for it."""
    return _to_writer(case, person)


def _to_writer(case: Case, person: Person) -> Say:
    closed = case.state is State.CLOSED
    part = "closed" if closed else f"solution:{case.reopened + 1}"
    key = f"case:{case.number}:{part}:wrote:{person.user}"
    note = Note.WROTE_TO_CLOSED if closed else Note.HOW_TO_SETTLE
    return replace(quietly(key, case.channel, person.user, case, note, {}), thread=customer_thread(case))
