"""Cases as they were: for trying a policy on them, and for telling which are under an earlier version of one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import JSON, func, select, type_coerce
from sqlalchemy.orm import Session

from cases.case import State
from storage.tables import CaseRow, HistoryRow


def past(
    session: Session, since: datetime, after: int, limit: int
) -> tuple[Sequence[CaseRow], Mapping[int, Sequence[HistoryRow]]]:
    """Rows of cases, and the lines of their history by case, oldest first. See `cases.stores.CaseStore`."""
    whole = select(CaseRow).where(CaseRow.number > after, CaseRow.opened_at >= since, CaseRow.pruned_at.is_(None))
    cases = session.scalars(whole.order_by(CaseRow.number).limit(limit)).all()
    theirs = select(HistoryRow).where(HistoryRow.case_number.in_([case.number for case in cases]))
    lines: dict[int, list[HistoryRow]] = {}
    for line in session.scalars(theirs.order_by(HistoryRow.id)):
        lines.setdefault(line.case_number, []).append(line)
    return cases, lines


def kept(session: Session, since: datetime) -> tuple[int, int]:
    """See `cases.stores.CaseStore`."""
    counts = select(func.count(), func.count(CaseRow.pruned_at)).where(CaseRow.opened_at >= since)
    total, pruned = session.execute(counts).one()
    return total - pruned, pruned


def pinned(session: Session) -> Mapping[tuple[str, str], Sequence[int]]:
    """See `cases.stores.CaseStore`."""
    promise = type_coerce(CaseRow.promise, JSON)
    columns = select(promise["program"].as_string(), promise["version"].as_string(), CaseRow.number)
    numbers: dict[tuple[str, str], list[int]] = {}
    for program, version, number in session.execute(
        columns.where(CaseRow.state != State.CLOSED).order_by(CaseRow.number)
    ):
        numbers.setdefault((program, version), []).append(number)
    return numbers
