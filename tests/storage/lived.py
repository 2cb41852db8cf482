"""A database that people have worked with: whoever wrote something left words in it that nobody else uses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, MetaData, select

from cases.accounts import Account
from cases.add_ons import DayOff, DayOffKind
from cases.announcements import Announcement, Words
from cases.case import Case, Entry, State
from cases.case_parts import Commitment, Rating, Response, ResponseBy, Solution, SourceMessage, Wait
from cases.crossing import Line, line_say, reply_say, sent_say
from cases.intake import Intake
from cases.people import Person
from cases.ports import UnitOfWork, UnitsOfWork
from cases.queues import Json, Post, Received
from cases.reminders import AccountEntry
from cases.says import Body, Note, Say, SayKind, Urgency, card_key
from cases.telling import note_to_customer
from tests.builders import BOB, DANA, ENG, ENG2, NOON, PLACES, account, case

BORIS = Person("U0BORIS", "T0BOLT", "Boris")
CLOSED_AT = NOON + timedelta(days=8)
LATER = NOON + timedelta(days=60)
"""Of all that is given here nothing is recent any more."""


def said_by(person: Person, what: str = "words") -> str:
    """What only this person can have written."""
    return f"{person.name.lower()}s-own-{what}"


def lived(begin: UnitsOfWork, dana: Person = DANA) -> None:
    """Acme's C-1 (Dana's) and C-3 (Bob's), closed; C-2 (Bolt's), open; and all that goes with them."""
    with begin() as work:
        acme = work.accounts.put(replace(account(), contacts=(DANA.user, BOB.user)))
        bolt = work.accounts.put(Account(0, "Bolt", "okta", "premier", "Asia/Jerusalem", ("C0BOLT",), ("T0BOLT",)))
        work.accounts.remember(acme.id, [AccountEntry(NOON, ENG.user, "held", "kickoff:2026-03-02:14", said_by(ENG))])
        work.away.go(ENG2.user, None)
        work.days_off.put(ENG2.user, [DayOff(NOON.date(), DayOffKind.LEAVE)])
        work.announcements.add(
            Announcement("a1", ENG2, NOON, Words("okta", said_by(ENG2), said_by(ENG2, "text")), ("C0ACME",), NOON)
        )
        work.lines.close({"C0ACME": 1.0, DANA.user: 1.0}, 0.0)
    closed(begin, a_case(begin, acme, dana, BOB, "i1"))
    a_case(begin, bolt, BORIS, None, "i2")
    closed(begin, a_case(begin, acme, BOB, None, "i3"))
    with begin() as work:
        work.intakes.add(Intake("i4", "C0ACME", dana, NOON, text=said_by(dana, "question")))
        work.intakes.add(Intake("i5", "C0BOLT", BORIS, NOON, text=said_by(BORIS, "question")))
        work.intakes.answered("i5", "an-article", NOON)
        review: Body = {
            "account": acme.id,
            "name": "Acme",
            "who": ENG.user,
            "tickets": f'[{{"title": "{said_by(dana)}"}}]',
        }
        rows: tuple[tuple[str, SayKind, Body], ...] = (
            ("review:1:C0ACME:2026-03-09:7:1", SayKind.REVIEW_FILE, review),
            ("welcome:1:C0ACME", SayKind.WELCOME, {"account": "Acme", "version": 3}),
            (f"left:{DANA.user}", SayKind.LEFT_REQUEST, {"user": DANA.user, "details": said_by(dana, "details")}),
        )
        for key, kind, body in rows:
            work.outbox.add(Say(key, kind, "C0ACME", Urgency.REPLY, body=body))
        deliver(work, NOON)


def a_case(begin: UnitsOfWork, of: Account, by: Person, backup: Person | None, opening: str) -> Case:
    """Opened from a message of theirs, promised, answered by Erin, and talked about."""
    channel = of.channels[0]
    source = SourceMessage(channel, f"1772452800.{opening[1:]:0>6}", by, said_by(by, "message"), f"https://x/{by.user}")
    with begin() as work:
        work.intakes.add(Intake(opening, channel, by, NOON, source, said_by(by, "typed")))
        made = replace(
            case(),
            account=of.id,
            account_name=of.name,
            channel=channel,
            title=said_by(by, "title"),
            details=said_by(by, "details"),
            tenant=said_by(by, "tenant"),
            opened_by=by,
            source=source,
            commitment=Commitment(by, backup, by, NOON, confirmed_by=backup, confirmed_at=NOON),
            wait=Wait(NOON, ENG, said_by(ENG, "question")),
            assignee=ENG,
            claimed_at=NOON + timedelta(minutes=3),
            response=Response(ENG, NOON + timedelta(minutes=3), ResponseBy.CLAIM),
            state=State.CLAIMED,
        )
        stored = work.cases.add(made, opening)
        entries = [
            Entry(NOON, by, "opened", "Priority 1, 1h (1)"),
            Entry(NOON, by, "typed", said_by(by, "typed")),
            Entry(NOON, ENG, "claimed"),
            Entry(NOON, ENG, "noted", f"{by.name} says {said_by(ENG, 'note')} to @{by.name}"),
            Entry(NOON, None, "check-in", f"number 1 asked of {by.user}"),
        ]
        saved = work.save(stored, (), entries, talk(stored, by))
        work.inbox.put(Received(f"Ev{opening}", event(by, channel), NOON, f"{channel} {source.root}"))
        work.inbox.handled(f"Ev{opening}", NOON)
        deliver(work, NOON)
    return saved


def talk(of: Case, by: Person) -> Iterator[Say]:
    """Its cards, redrawn twice; what crossed; what was whispered."""
    for side, channel in (("customer", of.channel), ("triage", PLACES.triage)):
        key = card_key(of.number, side)
        yield Say(key, SayKind.CARD, channel, Urgency.FIRST_CARD, of.number, {"side": side})
        for number in (2, 3):
            again = {"side": side, "number": number}
            yield Say(f"{key}:{number}", SayKind.CARD, channel, Urgency.CARD, of.number, again, updates=key)
    line = Line(of.channel, f"1772452900.{of.number:0>6}", "1772452800.000001", by, said_by(by, "line"))
    yield line_say(of, line, False, PLACES)
    reply = reply_say(of, f"reply:{of.number}", ENG, said_by(ENG, f"reply to {by.name}"))
    yield reply
    yield sent_say(of, reply, said_by(ENG, "reply"), "[]", PLACES)
    yield note_to_customer(of, Note.REOPENED, {"who": by.user, "text": said_by(by, "still"), "due_at": "x"})
    whisper = {"note": Note.CLAIM_REFUSED.value, "reason": f"Sorry, {by.name}"}
    key = f"case:{of.number}:claim-refused:{by.user}:"
    yield Say(key, SayKind.NOTE, of.channel, Urgency.REPLY, of.number, whisper, only_for=by.user)


def closed(begin: UnitsOfWork, of: Case) -> Case:
    """With a solution, the word on it, and a rating."""
    done = replace(
        of,
        state=State.CLOSED,
        closed_at=CLOSED_AT,
        wait=None,
        solution=Solution("resolved", "The issue is resolved", said_by(ENG, "solution"), ENG, NOON, of.opened_by, NOON),
        rating=Rating(4, said_by(of.opened_by, "rating"), of.opened_by, CLOSED_AT),
    )
    entries = [
        Entry(NOON, ENG, "offered", f"The issue is resolved: {said_by(ENG, 'solution')}"),
        Entry(CLOSED_AT, of.opened_by, "rated", f"4 of 5: {said_by(of.opened_by, 'rating')}"),
        Entry(CLOSED_AT, None, "closed"),
    ]
    with begin() as work:
        return work.save(done, (), entries, ())


def event(by: Person, channel: str) -> Json:
    """As Slack tells of a message."""
    return {"event": {"type": "message", "user": by.user, "text": said_by(by, "event"), "channel": channel}}


def deliver(work: UnitOfWork, now: datetime) -> None:
    """All that waits is sent."""
    for number in range(1000):
        ready = work.outbox.claim(now + timedelta(hours=number), 100, ())
        if not ready:
            return
        for each in ready:
            stands = None if each.say.only_for or each.say.updates else Post(each.say.channel, f"1772453000.{each.id}")
            work.outbox.sent(each.id, stands, now)


def dumped(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, by table; whatever a migration may have added."""
    tables = MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        return {
            name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for name, table in tables.tables.items()
        }


def told(engine: Engine, *names: str) -> str:
    """All of it (or of these tables) as one text, escapes undone, to look for somebody in."""
    found = dumped(engine)
    return repr([found[name] for name in names or found]).encode().decode("unicode_escape", "replace")
