"""Who takes part in a case, and as what: derived from the case, so that it can be asked by person."""

from collections.abc import Iterator

from sqlalchemy import bindparam, delete, insert
from sqlalchemy.orm import Session

from cases.case import Case
from cases.people import Person
from storage.tables import ParticipantRow

OF_CASE = ParticipantRow.case_number == bindparam("of_case")
CLEAR = delete(ParticipantRow.__table__).where(OF_CASE)  # type: ignore[arg-type]
FILL = insert(ParticipantRow.__table__)  # type: ignore[arg-type]
"""Made once, as `storage.inserts` says."""


def replace_participants(session: Session, case: Case) -> None:
    """Make the rows say what the case says now."""
    session.connection().execute(CLEAR, {"of_case": case.number})
    parts = {(person.user, person.team, part) for part, person in _parts(case)}
    rows = [{"case_number": case.number, "user_id": u, "team_id": t, "part": p} for u, t, p in sorted(parts)]
    session.connection().execute(FILL, rows)


def _parts(case: Case) -> Iterator[tuple[str, Person]]:
    yield "opener", case.opened_by
    if case.source:
        yield "author", case.source.author
    if case.assignee:
        yield "assignee", case.assignee
    if case.response:
        yield "responder", case.response.person
    if case.commitment:
        yield "available", case.commitment.available
        yield "consenter", case.commitment.consented_by
        if case.commitment.backup:
            yield "backup", case.commitment.backup
