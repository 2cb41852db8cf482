"""Cases: stored, found again, changed only by whoever read them last."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Integer, Select, bindparam, func, insert, literal, select, union_all, update
from sqlalchemy.orm import Session

from cases.briefing import Labelled
from cases.case import DONE, Case, Entry, State
from cases.clocks import deadline
from cases.errors import PrunedCase, UnknownCase
from cases.finding import MOST_FOUND, Found, Search
from cases.outcomes import Happened
from cases.overview import Attainment, Standing
from cases.people import Person
from cases.ports import Conflict
from cases.reviewing import Ticket
from cases.says import SayKind
from storage.finding import fitting
from storage.happened import happened
from storage.inserts import insert_new
from storage.labelled import labelled
from storage.overview import attainment, standings
from storage.past import kept, past, pinned
from storage.queue_tables import OutboxRow
from storage.reviewing import tickets
from storage.tables import CaseRow, HistoryRow

FIELDS = tuple(field.name for field in fields(Case))
CHANGE = update(CaseRow.__table__).where(  # type: ignore[arg-type]
    CaseRow.number == bindparam("read_number"), CaseRow.revision == bindparam("read_revision")
)
REMEMBER = insert(HistoryRow.__table__)  # type: ignore[arg-type]
ONE = select(CaseRow).where(CaseRow.number == bindparam("number"))
ONE_LOCKED = ONE.with_for_update(of=CaseRow)
"""Made once, as `storage.inserts` says."""
AT_A_TIME = 50
"""Cases held in memory, of all that are listed."""
OF_THE_ACCOUNT = "account_csm"
"""Read along, and never written."""


LISTED = tuple(state for state in State if state not in {State.RESOLVED, State.CLOSED})
MOST = bindparam("most", type_=Integer)


class SqlCases:
    """See `cases.stores.CaseStore`. Every case that is read singly is locked, not only the one of `get`."""

    def __init__(self, session: Session, *, locks: bool) -> None:
        """`locks`: as it should where a case is read in order to change it."""
        self._session = session
        self._locks = locks

    def add(self, case: Case, opening: str) -> Case:
        """Also raises Conflict where this intake or source message has opened a case in the meantime: look again."""
        values = values_of(case) | {"revision": 1, "opening": opening}
        del values["number"]
        number = insert_new(self._session, CaseRow, values)
        if number is None:
            raise Conflict(f"the intake {opening} or its message has opened a case in the meantime")
        return replace(case, number=number, revision=1)

    def change(self, case: Case) -> Case:
        """The stored case with its revision raised. Raises Conflict when it is not at the revision of `case`."""
        changed = replace(case, revision=case.revision + 1)
        as_read = {"read_number": case.number, "read_revision": case.revision}
        if self._session.connection().execute(CHANGE, values_of(changed) | as_read).rowcount != 1:
            raise Conflict(f"{case.reference} was changed by somebody else in the meantime")
        return changed

    def get(self, number: int) -> Case:
        """See `cases.stores.CaseStore`."""
        row = self._session.scalar(ONE_LOCKED if self._locks else ONE, {"number": number})
        if row is None:
            raise UnknownCase(number)
        if row.pruned_at is not None:
            raise PrunedCase(number, row.account)
        return case_of(row)

    def remember(self, number: int, entries: Iterable[Entry]) -> None:
        """Append to the history. Nothing changes or removes a line of it."""
        lines = [line_of(number, entry) for entry in entries]
        if lines:
            self._session.connection().execute(REMEMBER, lines)

    def by_message(self, channel: str, ts: str) -> Case | None:
        """See `cases.stores.CaseStore`."""
        return self.by_source(channel, ts) or self._find(_by_post(channel, ts))

    def by_thread(self, channel: str, thread_ts: str, accounts: Collection[int] | None = None) -> Case | None:
        """See `cases.stores.CaseStore`."""
        card = _by_post(channel, thread_ts).where(CaseRow.channel == channel, OutboxRow.kind == SayKind.CARD)
        begun = select(CaseRow).where(CaseRow.channel == channel, CaseRow.thread_ts == thread_ts)
        if accounts is not None:
            card, begun = (each.where(CaseRow.account.in_(accounts)) for each in (card, begun))
        newest_unresolved = begun.order_by(CaseRow.state.in_(DONE), CaseRow.number.desc())
        return self._find(newest_unresolved) or self._find(card)

    def by_opening(self, intake: str) -> Case | None:
        """See `cases.stores.CaseStore`."""
        return self._find(select(CaseRow).where(CaseRow.opening == intake))

    def by_source(self, channel: str, ts: str) -> Case | None:
        """See `cases.stores.CaseStore`."""
        return self._find(select(CaseRow).where(CaseRow.source_channel == channel, CaseRow.source_ts == ts))

    def listing(self, accounts: Collection[int] | None = None, limit: int = 50) -> Sequence[Case]:
        """See `cases.stores.CaseStore`. One query, which reads each state along its index as far as it must."""
        whose = {} if accounts is None else {"accounts": accounts}
        rows = self._session.scalars(_listing(of_accounts=accounts is not None), whose | {"most": limit})
        return [case_of(row) for row in rows]

    def each_listed(self, limit: int) -> Iterator[Case]:
        """See `cases.stores.CaseStore`."""
        a_few = {"yield_per": AT_A_TIME}
        return map(
            case_of, self._session.scalars(_listing(of_accounts=False), {"most": limit}, execution_options=a_few)
        )

    def find(self, search: Search, accounts: Collection[int] | None = None, limit: int = MOST_FOUND) -> Found:
        """See `cases.stores.CaseStore`."""
        fits = [CaseRow.pruned_at.is_(None), *fitting(search, accounts)]
        total = self._session.scalar(select(func.count()).select_from(CaseRow).where(*fits)) or 0
        rows = self._session.scalars(select(CaseRow).where(*fits).order_by(CaseRow.number.desc()).limit(limit))
        return Found([case_of(row) for row in rows], total)

    def history(self, number: int) -> Sequence[Entry]:
        """See `cases.stores.CaseStore`."""
        rows = self._session.scalars(select(HistoryRow).where(HistoryRow.case_number == number).order_by(HistoryRow.id))
        return [entry_of(row) for row in rows]

    def happened(self, since: datetime) -> Sequence[Happened]:
        """See `cases.stores.CaseStore`. One query."""
        return happened(self._session, since)

    def labelled(self, program: str, states: Collection[State]) -> Mapping[int, Labelled]:
        """See `cases.stores.CaseStore`. One query."""
        return labelled(self._session, program, states)

    def past(self, since: datetime, after: int, limit: int) -> Sequence[tuple[Case, Sequence[Entry]]]:
        """See `cases.stores.CaseStore`. Two queries."""
        cases, lines = past(self._session, since, after, limit)
        return [(case_of(row), [entry_of(line) for line in lines.get(row.number, ())]) for row in cases]

    def kept(self, since: datetime) -> tuple[int, int]:
        """See `cases.stores.CaseStore`. One query."""
        return kept(self._session, since)

    def pinned(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """See `cases.stores.CaseStore`. One query."""
        return pinned(self._session)

    def standings(self, states: Collection[State], accounts: Collection[int] | None = None) -> Sequence[Standing]:
        """See `cases.stores.CaseStore`. One query."""
        return standings(self._session, states, accounts)

    def tickets(self, account: int, since: datetime) -> Sequence[Ticket]:
        """See `cases.stores.CaseStore`. One query."""
        return tickets(self._session, account, since)

    def several(self, numbers: Collection[int]) -> Mapping[int, Case]:
        """See `cases.stores.CaseStore`. One query."""
        rows = self._session.scalars(select(CaseRow).where(CaseRow.number.in_(numbers)))
        return {row.number: case_of(row) for row in rows}

    def attainment(self, since: datetime) -> Sequence[Attainment]:
        """See `cases.stores.CaseStore`. One query."""
        return attainment(self._session, since)

    def _find(self, statement: Select[CaseRow]) -> Case | None:
        row = self._row(statement.limit(1))
        return None if row is None else case_of(row)

    def _row(self, one: Select[CaseRow]) -> CaseRow | None:
        return self._session.scalar(one.with_for_update(of=CaseRow) if self._locks else one)


@lru_cache
def _listing(*, of_accounts: bool) -> Select[CaseRow]:
    """Made once, as `storage.inserts` says. It is given `most` and, of accounts, their ids as `accounts`."""
    nearest = union_all(*(_nearest(state, of_accounts) for state in LISTED)).subquery()
    listed = select(CaseRow).join(nearest, nearest.c.number == CaseRow.number)
    return listed.order_by(nearest.c.done, nearest.c.deadline_at, nearest.c.number).limit(MOST)


def _nearest(state: State, of_accounts: bool) -> Select[bool, datetime, int]:
    rows = select(literal(state in DONE).label("done"), CaseRow.deadline_at, CaseRow.number)
    rows = rows.where(CaseRow.state == state)
    if of_accounts:
        rows = rows.where(CaseRow.account.in_(bindparam("accounts", expanding=True)))
    # As a subquery, since SQLite allows no limit to a part of a union itself.
    return rows.order_by(CaseRow.deadline_at, CaseRow.number).limit(MOST).subquery().select()


def _by_post(channel: str, ts: str) -> Select[CaseRow]:
    said = select(CaseRow).join(OutboxRow, OutboxRow.case_number == CaseRow.number)
    return said.where(OutboxRow.post_channel == channel, OutboxRow.post_ts == ts)


def values_of(case: Case) -> dict[str, object]:
    """A case as its columns hold it."""
    source = case.source
    found_by = {
        "source_channel": source and source.channel,
        "source_ts": source and source.ts,
        "thread_ts": source and source.root,
    }
    due = deadline(case)
    sorted_by = {"deadline_at": due.at if due else case.due_at}
    return {name: getattr(case, name) for name in FIELDS if name != OF_THE_ACCOUNT} | found_by | sorted_by


def case_of(row: CaseRow) -> Case:
    """The other way round."""
    return Case(**{name: getattr(row, name) for name in FIELDS})


def line_of(number: int, entry: Entry) -> dict[str, object]:
    """A line of the history as its columns hold it."""
    who = entry.who
    by = {"user_id": who and who.user, "team_id": who and who.team, "user_name": who and who.name}
    return {"case_number": number, "at": entry.at, "what": entry.what, "why": entry.why, "facts": entry.facts} | by


def entry_of(row: HistoryRow) -> Entry:
    """The other way round."""
    who = Person(row.user_id, row.team_id or "", row.user_name or "") if row.user_id else None
    return Entry(at=row.at, who=who, what=row.what, why=row.why, facts=row.facts)
