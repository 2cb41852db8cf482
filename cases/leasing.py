"""Rules of a claim as a lease: who is silent is asked, then the case goes back, and is told until someone has it."""

from dataclasses import replace
from datetime import datetime, timedelta

from cases.calendars import Calendar
from cases.case import Case, Entry, State
from cases.change import Change, Places
from cases.errors import Refused
from cases.instants import iso, utc
from cases.people import Person
from cases.policy import LeaseRule
from cases.responding import let_go
from cases.says import Body, Note, Say, SayKind, Urgency, card_key
from cases.telling import TRIAGE, note_to_customer


def worked(case: Case, person: Person, at: datetime) -> Case:
    """The assignee was seen at work: the silence is counted anew, and the question whether they still are is answered.

    Nothing where it was somebody else, or earlier than what is known.
    """
    if case.assignee is None or case.assignee.user != person.user or case.is_done:
        return case
    if case.active_at is not None and at < case.active_at:
        return case
    return replace(case, active_at=at, asked_at=None)


def confirmed_work(case: Case, person: Person, at: datetime) -> Change:
    """“I'm on it”: the assignee answers the question.

    Raises:
        Refused: the case is somebody else's, nobody's any more, or done.
    """
    if case.is_done:
        raise Refused(f"{case.reference} is done already, so nothing more is asked of you. Thank you!")
    if case.assignee is None:
        raise Refused(f"{case.reference} went back to the queue in the meantime. *Claim* makes it yours again.")
    if case.assignee.user != person.user:
        raise Refused(f"{case.reference} is with <@{case.assignee.user}>, so only they can say so.")
    if case.asked_at is None:
        return Change(case)
    return Change(worked(case, person, at), (Entry(at, person, "on-it"),))


def asks_at(case: Case, calendar: Calendar) -> datetime | None:
    """When the assignee is asked; None: no lease runs, or the question stands."""
    rule = _rule(case)
    if rule is None or case.active_at is None or case.asked_at is not None:
        return None
    return calendar.add(case.active_at, rule.ask_after_seconds)


def lapses_at(case: Case, calendar: Calendar) -> datetime | None:
    """When the case goes back for want of an answer; None: no question stands."""
    rule = _rule(case)
    return None if rule is None or case.asked_at is None else calendar.add(case.asked_at, rule.queue_after_seconds)


def told_again_at(case: Case) -> datetime | None:
    """When triage hears again of a case that was answered once and that nobody has now.

    Where nobody has answered it is the ladder that speaks. Real time, as a breach that is told again.
    """
    if case.state is not State.OPEN or case.assignee is not None or case.asked_at is None or case.response is None:
        return None
    return max(case.asked_at, utc(case.response.at)) + timedelta(seconds=case.promise.ladder.repeat_seconds)


def leased(case: Case, calendar: Calendar, places: Places, now: datetime) -> Change:
    """Whatever of the lease is due by `now`. A question asked late counts its waiting from the asking."""
    asks, lapses, again = asks_at(case, calendar), lapses_at(case, calendar), told_again_at(case)
    if asks is not None and asks <= now:
        return asked_whether(case, calendar, places, now)
    if lapses is not None and lapses <= now:
        return _lapsed(case, places, now)
    if again is not None and again <= now:
        after = replace(case, asked_at=utc(now))
        return Change(after, (Entry(now, None, "nobody-has-it"),), (_told(after, places, "nobody", {"mention": True}),))
    return Change(case)


def asked_whether(case: Case, calendar: Calendar, places: Places, now: datetime, *, away: bool = False) -> Change:
    """The assignee is asked in the triage card's thread whether they are still on it; `away`: because they went.

    Nothing where the case has no lease now, or the question stands already.
    """
    rule = _rule(case)
    if rule is None or case.assignee is None or case.asked_at is not None:
        return Change(case)
    after = replace(case, asked_at=utc(now))
    body: Body = {
        "who": case.assignee.user,
        "away": away,
        "silent_since": iso(case.active_at or now),
        "back_at": iso(calendar.add(utc(now), rule.queue_after_seconds)),
    }
    entry = Entry(now, None, "asked-engineer", "they went away" if away else "no sign of work")
    return Change(after, (entry,), (_told(after, places, "ask", body),))


def _lapsed(case: Case, places: Places, now: datetime) -> Change:
    """Back as if it had been given back; the clock, where nobody had written, to its original deadline."""
    if case.assignee is None:
        return Change(case)
    after = let_go(case, utc(now))
    runs = after.waits_for_response
    body: Body = {"who": case.assignee.user, "runs": runs, "mention": True}
    to_customer: Body = {
        "who": case.assignee.user,
        "due_at": iso(case.due_at),
        "runs": runs,
        "overdue": after.overdue(now),
    }
    why = "the response clock runs again" if runs else "the first response stands"
    entry = Entry(now, None, "lapsed", f"no answer from {case.assignee.user}; {why}")
    says = (note_to_customer(case, Note.GIVEN_BACK, to_customer), _told(after, places, "queue", body))
    return Change(after, (entry,), says)


def _told(case: Case, places: Places, step: str, body: Body) -> Say:
    """The question stands in the triage card's thread; that nobody has the case, where rungs are told."""
    at = iso(case.asked_at) if case.asked_at else ""
    return Say(
        key=f"case:{case.number}:{case.revision + 1}:lease:{step}",
        kind=SayKind.LEASE,
        channel=places.triage if step == "ask" else places.escalations,
        urgency=Urgency.CHECK_IN if step == "ask" else Urgency.ESCALATION,
        case=case.number,
        body={"step": step, "at": at, **body},
        thread=f"post:{card_key(case.number, TRIAGE)}" if step == "ask" else None,
    )


def _rule(case: Case) -> LeaseRule | None:
    """The lease that runs now: not while the case waits on the customer, and not once it is done."""
    return case.promise.lease if case.state is State.CLAIMED and case.assignee is not None else None
