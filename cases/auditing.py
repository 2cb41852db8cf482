"""The audit, a minute at a time: what it finds is mended at once, and told to the operators."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.audit import PAGE, SLICE, Audit, Backlog, Drift, Pending, drift, standing_still
from cases.case import Case
from cases.change import Change, Places
from cases.errors import UnknownCase
from cases.ports import Conflict, StorageUnavailable, UnitOfWork
from cases.refusals import about_place
from cases.room import Room
from cases.timers import planned_timers
from cases.troubles import DEACTIVATED, Lasting, Trouble, TroubleKind, begins, ends

GONE = timedelta(minutes=3)
"""A process that said nothing of its socket for so long is no more."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the auditor found."""

    kind: TroubleKind
    count: int
    what: tuple[str, ...] = ()
    """For the log: cases and keys, never words."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one audit came to."""

    cases: int
    """How many were looked at."""
    rounded: bool
    """It came to the end of a round."""
    released: int
    """Leases and pauses that lasted longer than any does."""
    findings: tuple[Finding, ...]


class Auditing:
    """Every method is a transaction, or several small ones; `now` is aware UTC."""

    def __init__(self, room: Room, seconds: Callable[[], float]) -> None:
        """`seconds` are those that lines to Slack are closed by."""
        self._room = room
        self._seconds = seconds

    def next_at(self) -> datetime | None:
        """When the next audit may begin; None: at once."""
        with self._room.units() as uow:
            return uow.audits.next_at()

    def audit(self, now: datetime) -> Outcome | None:
        """This minute's; None: it is not time, or another process has it.

        Cases are read a page at a time and planned outside of any transaction, so that nobody waits for it long.
        """
        with self._room.units() as uow:
            audit = uow.audits.take(now)
        if audit is None:
            return None
        looked, rounded, drifts = 0, False, dict[int, Drift]()
        while looked < SLICE and not rounded:
            page, audit = self._page(audit, now)
            looked, rounded = looked + len(page), audit.after == 0
            drifts |= self._mended(page, now)
        drifted = Finding(TroubleKind.TIMERS, sum(map(len, drifts.values())), tuple(_shown(drifts)))
        return self._concluded(audit, looked, rounded, drifted, now)

    def door(self, process: str, is_open: bool, now: datetime) -> None:
        """Whether Slack can come in at this process, as it stood for a minute."""
        trouble = Trouble(TroubleKind.SOCKET, now, process)
        with self._room.units() as uow:
            if is_open:
                ends(uow, self._room.places, trouble.key, now)
            else:
                begins(uow, self._room.places, trouble)

    def _page(self, audit: Audit, now: datetime) -> tuple[Sequence[tuple[Case, Sequence[Pending]]], Audit]:
        with self._room.units() as uow:
            page = uow.audits.cases(audit.after, PAGE)
            audit = replace(audit, after=page[-1][0].number if len(page) == PAGE else 0)
            uow.audits.keep(audit, now)
        return page, audit

    def _mended(self, page: Iterable[tuple[Case, Sequence[Pending]]], now: datetime) -> dict[int, Drift]:
        drifts = {case.number: self._looked_at(case, stored, now) for case, stored in page}
        return {number: found for number, found in drifts.items() if found}

    def _looked_at(self, case: Case, stored: Iterable[Pending], now: datetime) -> Drift:
        """A case that can't be planned at all is told too, and the others are looked at all the same."""
        try:
            return self._mend(case.number, now) if self._drift(case, stored, now) else Drift()
        except StorageUnavailable:
            raise
        except Exception as error:
            return Drift(wrong=(type(error).__name__,))

    def _mend(self, number: int, now: datetime) -> Drift:
        """Looked at again with the case held: it may have been in the middle of a change. What was told isn't planned,
        so that nothing is told twice.
        """
        try:
            with self._room.units() as uow:
                case = uow.cases.get(number)
                found = self._drift(case, uow.audits.pending(number), now)
                if found:
                    self._room.save(uow, Change(case))
                return found
        except (Conflict, UnknownCase):
            return Drift()

    def _drift(self, case: Case, stored: Iterable[Pending], now: datetime) -> Drift:
        return drift(planned_timers(case, self._room.calendar(case)), stored, now)

    def _concluded(self, audit: Audit, looked: int, rounded: bool, drifted: Finding, now: datetime) -> Outcome:
        with self._room.units() as uow:
            backlog = uow.audits.backlog(now)
            passed = uow.audits.passed_over(audit.said, now)
            stuck = _stuck(uow, audit, passed, now, self._seconds())
            findings = (drifted, *_still(audit, backlog, stuck))
            released = uow.audits.release(now)
            for finding in findings:
                if finding.count:
                    begins(uow, self._room.places, Trouble(finding.kind, now, count=finding.count))
            for lasting in uow.troubles.all():
                if _is_over(uow, self._room.places, lasting, audit, rounded, now):
                    ends(uow, self._room.places, lasting.trouble.key, now)
            due = (*backlog.due, *backlog.failing, *passed)
            uow.audits.done(replace(audit, said=uow.audits.newest(), due=due), now)
        return Outcome(looked, rounded, released, tuple(each for each in findings if each.count))


def _still(audit: Audit, backlog: Backlog, stuck: tuple[str, ...]) -> Iterator[Finding]:
    """What stands still: what was due at the audit before and is so now; messages and events older than a minute."""
    for kind, keys in ((TroubleKind.DUE, backlog.due), (TroubleKind.FAILING, backlog.failing)):
        still = tuple(key for key in keys if key in audit.due)
        yield Finding(kind, len(still), still)
    yield Finding(TroubleKind.SAYS, len(stuck), stuck)
    yield Finding(TroubleKind.EVENTS, backlog.events)
    yield Finding(TroubleKind.REFUSED, backlog.refused)
    yield Finding(TroubleKind.ROAMING, backlog.roaming)


def _stuck(uow: UnitOfWork, audit: Audit, passed: Iterable[str], now: datetime, at: float) -> tuple[str, ...]:
    """Messages from before the last audit that may go, and don't: in a channel that stands still; or in one that is in
    use all the time, passed over at both audits."""
    unsent = uow.audits.unsent(audit.said, now, at)
    still = standing_still(unsent, uow.outbox.sendings([key for each in unsent for key in each.awaits]))
    return tuple(dict.fromkeys((*still, *(key for key in passed if key in audit.due))))


def _is_over(uow: UnitOfWork, places: Places, lasting: Lasting, audit: Audit, rounded: bool, now: datetime) -> bool:
    """Of timers, a whole round has to find none; of a place or a person, a message to get there, or the
    place to be named no more; of one who is deactivated, Slack says so; of files, that they were loaded.
    """
    trouble = lasting.trouble
    match trouble.kind:
        case TroubleKind.TIMERS:
            return rounded and trouble.seen_at < audit.began
        case TroubleKind.PLACE:
            spoken_of = bool(about_place(places, trouble.about)) or bool(uow.accounts.in_channel(trouble.about))
            return not spoken_of or uow.audits.posted_since(trouble.about, trouble.seen_at)
        case TroubleKind.PERSON:
            return trouble.reason != DEACTIVATED and uow.audits.reached_since(trouble.about, trouble.seen_at)
        case TroubleKind.POLICIES | TroubleKind.ACCOUNTS | TroubleKind.ROTAS:
            return False
        case TroubleKind.SOCKET:
            return now - trouble.seen_at > GONE
        case _:
            return trouble.seen_at < now


def _shown(drifts: dict[int, Drift]) -> Iterator[str]:
    for number, found in drifts.items():
        parts = {"missing": found.missing, "extra": found.extra, "wrong": found.wrong}
        yield f"C-{number} " + "; ".join(f"{name}: {', '.join(keys)}" for name, keys in parts.items() if keys)
