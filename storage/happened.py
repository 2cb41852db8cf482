"""Histories for figures: one query over the lines that count, without anybody's words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cases.case import State
from cases.outcomes import Happened
from cases.people import Person
from cases.timelines import READ
from storage.tables import CaseRow, HistoryRow


def happened(session: Session, since: datetime) -> Sequence[Happened]:
    """See `cases.stores.CaseStore`."""
    recent = select(HistoryRow.case_number).where(HistoryRow.at >= since)
    wanted = or_(CaseRow.state != State.CLOSED, CaseRow.number.in_(recent))
    row = HistoryRow
    statement = (
        select(row.case_number, CaseRow.account, row.at, row.user_id, row.team_id, row.user_name, row.what, row.facts)
        .join(CaseRow, CaseRow.number == row.case_number)
        .where(wanted, row.what.in_(READ))
        .order_by(row.case_number, row.id)
    )
    return [
        Happened(case, account, at, Person(user, team or "", name or "") if user else None, what, facts)
        for case, account, at, user, team, name, what, facts in session.execute(statement)
    ]
