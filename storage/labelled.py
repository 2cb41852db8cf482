"""What lists say of a programme's cases beside how they stand: one query, without the long texts."""

from collections.abc import Collection, Mapping

from sqlalchemy import JSON, select, type_coerce
from sqlalchemy.orm import Session

from cases.briefing import Labelled
from cases.case import State
from storage.tables import CaseRow


def labelled(session: Session, program: str, states: Collection[State]) -> Mapping[int, Labelled]:
    """See `cases.stores.CaseStore`."""
    promise = type_coerce(CaseRow.promise, JSON)
    columns = select(CaseRow.number, promise["label"].as_string(), promise["priority"].as_integer(), CaseRow.opened_at)
    rows = columns.where(CaseRow.state.in_(states), promise["program"].as_string() == program)
    return {number: Labelled(label, priority, opened) for number, label, priority, opened in session.execute(rows)}
