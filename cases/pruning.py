"""What stays of a closed case when it is pruned: its times, for the figures, and nobody's words or names."""

from dataclasses import replace

from cases.case import Case, Entry
from cases.case_parts import Commitment, Rating, Response, Solution
from cases.people import Person
from cases.pseudonyms import Pseudonyms

TITLE = "(no longer kept)"


def pruned(case: Case, names: Pseudonyms) -> Case:
    """Account, programme, plan, priority, every instant, the stars and the kind of solution; all else is gone."""
    return replace(
        case,
        channel="",
        title=TITLE,
        details="",
        tenant="",
        source=None,
        answers=(),
        promise=replace(case.promise, contacts=(), team=()),
        opened_by=names.person(case.opened_by),
        assignee=_maybe(case.assignee, names),
        response=_response(case.response, names),
        commitment=_commitment(case.commitment, names),
        solution=_solution(case.solution, names),
        rating=_rating(case.rating, names),
        wait=None,
        wish=None,
        assigned=None,
        stand_ins=(),
    )


def pruned_entry(entry: Entry, names: Pseudonyms) -> Entry:
    """What happened and when; who, by pseudonym; nothing that was said of it."""
    return replace(entry, who=_maybe(entry.who, names), why="")


def _maybe(person: Person | None, names: Pseudonyms) -> Person | None:
    return names.person(person) if person else None


def _response(response: Response | None, names: Pseudonyms) -> Response | None:
    return replace(response, person=names.person(response.person)) if response else None


def _commitment(promise: Commitment | None, names: Pseudonyms) -> Commitment | None:
    if promise is None:
        return None
    return replace(
        promise,
        available=names.person(promise.available),
        backup=_maybe(promise.backup, names),
        consented_by=names.person(promise.consented_by),
        confirmed_by=_maybe(promise.confirmed_by, names),
    )


def _solution(solution: Solution | None, names: Pseudonyms) -> Solution | None:
    if solution is None:
        return None
    confirmed_by = _maybe(solution.confirmed_by, names)
    return replace(solution, note="", by=names.person(solution.by), confirmed_by=confirmed_by)


def _rating(rating: Rating | None, names: Pseudonyms) -> Rating | None:
    return replace(rating, line="", by=names.person(rating.by)) if rating else None
