"""Rules of waiting on the customer: asked, reminded, offered to close, and back to work as soon as they answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry, State
from cases.case_parts import Wait
from cases.change import Change, Places
from cases.errors import Refused
from cases.instants import iso, utc
from cases.people import Person
from cases.responding import written
from cases.says import Note, Say, SayKind, Urgency
from cases.talking import waited_until
from cases.telling import customer_thread, note_to_customer, note_to_triage


def check_askable(case: Case) -> None:
    """Raises Refused: nobody has the case, it waits already, or it is done."""
    if case.is_done:
        raise Refused(f"{case.reference} is done already, so there is nothing to ask the customer for.")
    if case.wait is not None:
        raise Refused(
            f"{case.reference} waits on the customer already: <@{case.wait.by.user}> asked them. "
            "To add something, write in their thread."
        )
    if case.assignee is None or case.response is None:
        raise Refused(f"Nobody has {case.reference} yet. Claim it first: then the customer knows whom they answer.")


def asked_customer(case: Case, person: Person, question: str, now: datetime) -> Change:
    """An engineer needs something: the question stands in the customer's thread, and the case waits. It is an answer.

    Raises:
        Refused: nobody has the case, it waits already, or it is done.
    """
    check_askable(case)
    change = written(case, person, now)
    after = replace(change.case, state=State.WAITING, wait=Wait(utc(now), person, question), asked_at=None)
    return Change(after, (*change.entries, Entry(now, person, "asked", question)), (_said(after, 0),))


def steps_ahead(case: Case, calendar: Calendar) -> Iterator[tuple[int, datetime]]:
    """Number of each step that is still to come, and when it falls: the reminders from 1, then the offer to close."""
    if case.state is State.WAITING and case.wait is not None:
        rule = case.promise.waiting
        for number, seconds in enumerate((*rule.remind_after_seconds, rule.offer_close_after_seconds), 1):
            if number > case.wait.reminders:
                yield number, calendar.add(case.wait.since, seconds)


def is_offer(case: Case, number: int) -> bool:
    """This step is the last one: the offer to close."""
    return number > len(case.promise.waiting.remind_after_seconds)


def waited(case: Case, calendar: Calendar, now: datetime) -> Change:
    """The latest reminder that is due by `now`, or the offer to close; of several behind, only that one is sent."""
    behind = [number for number, at in steps_ahead(case, calendar) if at <= now]
    if case.wait is None or not behind:
        return Change(case)
    number = behind[-1]
    after = replace(case, wait=replace(case.wait, reminders=number))
    entry = Entry(now, None, "offered-close" if is_offer(case, number) else "reminded")
    return Change(after, (entry,), (_said(after, number),))


def came_back(case: Case, person: Person, at: datetime, places: Places, *, pressed: bool = False) -> Change:
    """The customer wrote, or pressed *Still needed*: back to work, and the assignee hears of it.

    A message older than the question changes nothing.

    Raises:
        Refused: pressed, and the case doesn't wait.
    """
    if case.state is not State.WAITING or case.wait is None:
        if pressed:
            raise Refused(_not_waiting(case))
        return Change(case)
    if at < case.wait.since or case.assignee is None:
        return Change(case)
    says = (
        note_to_triage(
            case, Note.CAME_BACK, {"who": person.user, "to": case.assignee.user, "pressed": pressed}, places
        ),
    )
    return Change(_at_work(case, at), (Entry(at, person, "came-back", "still needed" if pressed else "wrote"),), says)


def taken_back(case: Case, person: Person, now: datetime, places: Places) -> Change:
    """Support goes on without an answer; the customer reads that none is needed any more.

    Raises:
        Refused: the case doesn't wait.
    """
    if case.state is not State.WAITING or case.assignee is None:
        raise Refused(_not_waiting(case))
    body = {"who": person.user, "to": case.assignee.user}
    says = [note_to_customer(case, Note.TAKEN_BACK, body)]
    if case.assignee.user != person.user:
        says.append(note_to_triage(case, Note.TAKEN_BACK, body, places))
    return Change(_at_work(case, now), (Entry(now, person, "taken-back"),), tuple(says))


def closed_by_customer(case: Case, person: Person, now: datetime, places: Places) -> Change:
    """*Close it*, on the offer: for good.

    Raises:
        Refused: the case doesn't wait, or closing was not offered yet.
    """
    if case.state is not State.WAITING or case.wait is None or not is_offer(case, case.wait.reminders):
        raise Refused(_not_waiting(case))
    after = replace(case, state=State.CLOSED, closed_at=utc(now), wait=None, asked_at=None)
    body = {"who": person.user, "to": case.assignee.user if case.assignee else None}
    says = (note_to_customer(case, Note.NOT_NEEDED, body), note_to_triage(case, Note.NOT_NEEDED, body, places))
    return Change(after, (Entry(now, person, "closed", "nothing more was needed"),), says)


def whom_to_ask(case: Case) -> Person | None:
    """Of the customer's people: who opened the case or, where support did, who wrote its message or can be reached.

    None: support noticed it, and nobody of the customer's is known.
    """
    ours = case.assignee.team if case.assignee else ""
    people = [case.opened_by]
    people += [case.source.author] if case.source else []
    people += [case.commitment.available] if case.commitment else []
    outside = next((person for person in people if person.team != ours), None)
    return outside or (None if case.detected else case.opened_by)


def _at_work(case: Case, at: datetime) -> Case:
    return replace(waited_until(case, at), state=State.CLAIMED, active_at=at, asked_at=None)


def _said(case: Case, number: int) -> Say:
    """The question (0), a reminder of it, or the offer to close."""
    wait = case.wait
    if wait is None:
        raise ValueError(f"{case.reference} doesn't wait")
    step = "ask" if number == 0 else "close" if is_offer(case, number) else "remind"
    to = whom_to_ask(case)
    return Say(
        key=f"case:{case.number}:{case.revision + 1}:waiting:{step}",
        kind=SayKind.WAITING,
        channel=case.channel,
        urgency=Urgency.REPLY,
        case=case.number,
        body={
            "step": step,
            "number": number,
            "to": to.user if to else None,
            "who": wait.by.user,
            "asked": wait.asked,
            "since": iso(wait.since),
        },
        thread=customer_thread(case),
    )


def _not_waiting(case: Case) -> str:
    return f"{case.reference} isn't waiting for an answer any more, so nothing was changed."
