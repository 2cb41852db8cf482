"""A stage whose minutes are audited, and whose tables can be tampered with."""

from collections.abc import Sequence

from sqlalchemy import Delete, Insert, Update, select

from cases.audit import EVERY
from cases.calendars import CalendarBook
from cases.timers import Timer, planned_timers
from policies.holiday_names import holiday_names
from storage.queue_tables import TimerRow
from storage.unsent import unsent
from tests.faults.operated import OperatedStage


class Audited(OperatedStage):
    """A minute that passes is audited."""

    def minute(self) -> None:
        """The next one passes, and is audited."""
        self.audit()
        self.quiet()

    def audit(self) -> None:
        """A minute passes and is audited, whatever else is under way."""
        before = self.bot.auditor.counts.audits
        self.clock.move_to(self.clock.now() + EVERY)
        self.until(lambda: self._is_audited() and self.bot.auditor.counts.audits > before)

    def _is_audited(self) -> bool:
        """This minute, and to its end."""
        with self.units() as uow:
            return uow.audits.next_at() == self.clock.now() + EVERY

    def a_timer_was_put_off(self) -> bool:
        with self._engine.connect() as connection:
            put_off = select(TimerRow.key).where(TimerRow.fires_at > TimerRow.due_at)
            return connection.scalar(put_off) is not None

    def nothing_waits_but_what_is_lost(self) -> bool:
        """An alarm in Slack isn't done before its row is: audited until then, it is a finding itself."""
        return [say.key for say in unsent(self._engine)] == ["lost"]

    def tamper(self, *statements: Delete | Insert | Update) -> None:
        with self._engine.begin() as connection:
            for statement in statements:
                connection.execute(statement)

    def timers(self) -> Sequence[Timer]:
        with self.units() as uow:
            return uow.timers.of_case(1)

    def planned(self) -> Sequence[Timer]:
        with self.units() as uow:
            case = uow.cases.get(1)
        book = CalendarBook(holiday_names)
        return sorted(planned_timers(case, book(case.promise.calendar)), key=lambda timer: (timer.due_at, timer.key))
