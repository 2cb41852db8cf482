"""Where the auditor stands, and what it reads: in pages and up to bounds, along indexes, without holding anybody up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, Update, and_, func, not_, or_, select, update
from sqlalchemy.orm import Session

from cases.audit import EVERY, FREE, LATE, TRIES, Audit, Backlog, Pending, Unsent, awaited
from cases.case import Case
from cases.says import SayKind
from storage.account_tables import AccountRow
from storage.base import SayState
from storage.cases import case_of
from storage.inserts import insert_new
from storage.queue_tables import InboxRow, LineRow, OutboxRow, ReminderRow, TimerRow
from storage.tables import NOT_CLOSED, CaseRow
from storage.timers import timer_of
from storage.unsent import LIMITED, ROAMS
from storage.watch_tables import AuditRow

ONE = 1
LEASE = timedelta(seconds=30)
LONGEST = timedelta(minutes=10)
"""Nothing is leased, or put off by a failure, for so long: a clock went back."""
BOUND = 200
"""Of what stands still no more is counted: the operator needs to know that it is much."""
LATEST = 10_000
"""Messages that are looked through for one to somebody."""
USED_SECONDS = 60.0


class SqlAudits:
    """See `cases.audit.AuditStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, now: datetime) -> Audit | None:
        """See `cases.audit.AuditStore`. Passes over a row that another process is taking."""
        row = self._session.scalar(select(AuditRow).where(AuditRow.id == ONE).with_for_update(skip_locked=True))
        if row is None:
            return None if self._is_begun() else self._begin(now)
        if _next_at(row, now) > now:
            return None
        audit = Audit(now if row.after == 0 else row.began, row.after, row.said, row.due)
        self._set(taken_at=now, held_until=now + LEASE)
        return audit

    def keep(self, audit: Audit, now: datetime) -> None:
        """See `cases.audit.AuditStore`."""
        self._set(after=audit.after, began=audit.began, held_until=now + LEASE)

    def done(self, audit: Audit, now: datetime) -> None:
        """See `cases.audit.AuditStore`."""
        self._set(after=audit.after, said=audit.said, due=audit.due, began=audit.began, held_until=None)

    def next_at(self) -> datetime | None:
        """See `cases.audit.AuditStore`."""
        row = self._session.scalar(select(AuditRow).where(AuditRow.id == ONE))
        return None if row is None else _next_at(row, None)

    def cases(self, after: int, limit: int) -> Sequence[tuple[Case, Sequence[Pending]]]:
        """See `cases.audit.AuditStore`. Two queries."""
        page = select(CaseRow).where(NOT_CLOSED, CaseRow.number > after).order_by(CaseRow.number).limit(limit)
        cases = [case_of(row) for row in self._session.scalars(page)]
        pending = self._pending(select(TimerRow).where(TimerRow.case_number.in_([case.number for case in cases])))
        return [(case, pending.get(case.number, ())) for case in cases]

    def pending(self, number: int) -> Sequence[Pending]:
        """See `cases.audit.AuditStore`."""
        return self._pending(select(TimerRow).where(TimerRow.case_number == number)).get(number, ())

    def backlog(self, now: datetime) -> Backlog:
        """See `cases.audit.AuditStore`. Who fires a timer holds its row, which is passed over."""
        timer, reminder = TimerRow, ReminderRow
        timers = select(timer.case_number, timer.key).where(timer.due_at <= now).order_by(timer.due_at)
        reminders = select(reminder.account, reminder.key).where(reminder.due_at <= now).order_by(reminder.due_at)
        free_timers = timers.join(CaseRow, CaseRow.number == timer.case_number).where(timer.fires_at <= timer.due_at)
        free_reminders = reminders.join(AccountRow, AccountRow.id == reminder.account).where(
            reminder.fires_at <= reminder.due_at
        )
        events = select(InboxRow.id).where(InboxRow.handled_at.is_(None), InboxRow.received_at <= now - LATE)
        refused = select(OutboxRow.id).where(OutboxRow.state == SayState.WAITING, OutboxRow.attempts >= TRIES)
        refused = refused.where(OutboxRow.error != "", not_(OutboxRow.error.startswith(LIMITED)), not_(ROAMS))
        return Backlog(
            due=(*self._named("C-", free_timers, lock=True), *self._named("account ", free_reminders, lock=True)),
            failing=(
                *self._named("C-", timers.where(timer.fires_at > timer.due_at)),
                *self._named("account ", reminders.where(reminder.fires_at > reminder.due_at)),
            ),
            events=self._count(events),
            refused=self._count(refused),
            roaming=self._count(select(OutboxRow.id).where(ROAMS)),
        )

    def newest(self) -> int:
        """See `cases.audit.AuditStore`."""
        return self._session.scalar(select(func.max(OutboxRow.id))) or 0

    def unsent(self, said: int, now: datetime, at: float) -> Sequence[Unsent]:
        """See `cases.audit.AuditStore`."""
        used = select(LineRow.name).where(or_(LineRow.open_at > at, LineRow.closed_at.between(at - USED_SECONDS, at)))
        # Put off without an error is what waits for another message: whether it does so rightly is the rule's to say.
        may_go = or_(OutboxRow.ready_at < now - FREE, and_(OutboxRow.error == "", not_(OutboxRow.leased)))
        waiting = (OutboxRow.state == SayState.WAITING, OutboxRow.id <= said, may_go)
        quiet = (OutboxRow.kind != SayKind.ANNOUNCEMENT, not_(ROAMS), OutboxRow.channel.not_in(used))
        columns = select(OutboxRow.key, OutboxRow.thread, OutboxRow.updates, OutboxRow.after)
        rows = self._session.execute(columns.where(*waiting, *quiet).order_by(OutboxRow.id).limit(BOUND))
        return [Unsent(key, awaited(thread, updates, after)) for key, thread, updates, after in rows]

    def release(self, now: datetime) -> int:
        """See `cases.audit.AuditStore`."""
        beyond = now + LONGEST
        waiting = and_(OutboxRow.state == SayState.WAITING, OutboxRow.ready_at > beyond)
        limited = OutboxRow.error.startswith(LIMITED)
        said = update(OutboxRow).where(waiting, or_(OutboxRow.leased, not_(limited)))
        pending = InboxRow.handled_at.is_(None)
        held = update(InboxRow).where(pending, InboxRow.leased_until > beyond).values(leased_until=None)
        put_off = update(InboxRow).where(pending, InboxRow.ready_at > beyond).values(ready_at=now)
        late = (ReminderRow.fires_at > ReminderRow.due_at, ReminderRow.fires_at > beyond)
        owed = update(ReminderRow).where(*late).values(fires_at=ReminderRow.due_at)
        return sum(self._changed(each) for each in (said.values(ready_at=now), held, put_off, owed))

    def reached_since(self, user: str, since: datetime) -> bool:
        """See `cases.audit.AuditStore`."""
        latest = (OutboxRow.id > self.newest() - LATEST, OutboxRow.state == SayState.SENT, OutboxRow.updates.is_(None))
        theirs = (OutboxRow.channel == user, OutboxRow.settled_at > since)
        return self._session.scalar(select(OutboxRow.id).where(*latest, *theirs).limit(1)) is not None

    def posted_since(self, channel: str, since: datetime) -> bool:
        """See `cases.audit.AuditStore`."""
        # Slack's clock is not ours, to the second: its time finds the rows along an index, and ours decides.
        near = f"{(since - LATE).timestamp():.6f}"
        posts = (OutboxRow.post_channel == channel, OutboxRow.post_ts > near)
        posted = select(OutboxRow.id).where(*posts, OutboxRow.settled_at > since)
        return self._session.scalar(posted.limit(1)) is not None

    def _is_begun(self) -> bool:
        return self._session.scalar(select(AuditRow.id)) is not None

    def _begin(self, now: datetime) -> Audit | None:
        """The first audit of all; None: somebody else begins it. Whoever inserts waits for who holds the row, so only
        where there is none.
        """
        taken = {"taken_at": now, "held_until": now + LEASE}
        first = insert_new(
            self._session, AuditRow, {"id": ONE, "after": 0, "said": 0, "due": (), "began": now, **taken}
        )
        return None if first is None else Audit(now)

    def _pending(self, statement: Select[TimerRow]) -> Mapping[int, Sequence[Pending]]:
        found: dict[int, list[Pending]] = defaultdict(list)
        for row in self._session.scalars(statement):
            found[row.case_number].append(Pending(timer_of(row), row.fires_at))
        return found

    def _named(self, of: str, statement: Select[int, str], lock: bool = False) -> tuple[str, ...]:
        """Locked: without those that somebody holds."""
        bounded = statement.limit(BOUND)
        rows = self._session.execute(bounded.with_for_update(skip_locked=True) if lock else bounded)
        return tuple(f"{of}{number} {key}" for number, key in rows)

    def _count(self, statement: Select[int]) -> int:
        return len(self._session.execute(statement.limit(BOUND)).all())

    def _changed(self, statement: Update) -> int:
        return self._session.connection().execute(statement).rowcount

    def _set(self, **values: object) -> None:
        self._session.execute(update(AuditRow).where(AuditRow.id == ONE).values(values))


def _next_at(row: AuditRow, now: datetime | None) -> datetime:
    """`now`, where it was taken at a time that is still to come: a clock went back."""
    if now is not None and row.taken_at > now + LONGEST:
        return now
    return row.held_until or row.taken_at + EVERY
