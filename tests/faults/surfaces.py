"""Every message of the bot, with what people typed wherever one shows it: a body or more for each SayKind."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from cases.assigning import Released
from cases.briefing import Briefing, Item
from cases.case import Case, Entry, Rating, Solution, State
from cases.facts import Facts
from cases.hours import CalendarSpec
from cases.instants import iso
from cases.linking import NAME_LENGTH
from cases.lookup import Explanation
from cases.measuring import promised_by
from cases.messages import Drawn
from cases.outcomes import Happened
from cases.people import Person
from cases.periods import Period, Span
from cases.report import By, Report
from cases.report_says import report_says
from cases.reported import reported
from cases.reviewing import Ticket, listed, reviewed
from cases.says import Body, Note, Say, SayKind
from cases.troubles import TroubleKind
from handlers import answers
from handlers.announced_text import announced
from handlers.kit import SECTION
from handlers.renderer import Renderer
from handlers.text import fitting_length, tidy
from tests.builders import DANA, ENG, NOON, calendar, case
from tests.handlers.looks import message

LATER = NOON + timedelta(minutes=22)
DUE: Body = {"due_at": "2026-03-02T13:00:00Z", "fell_at": "2026-03-02T12:30:00Z", "late_seconds": 3600}
PEOPLE: Body = {"who": "U0ENG", "to": "U0BOB", "by": "U0ENG", "manager": "U0MAX", "person": "U0ENG"}
BUTTONLESS = frozenset({SayKind.REVIEW_FILE, SayKind.REPLY_FILE, SayKind.REPORT_FILE})
"""A file, without a block."""

LABEL = 75
"""Characters of a policy's own names (`policies.fields.Label`)."""

Bodies = Callable[[str], Iterator[Body]]


def hostile_case(typed: str) -> Case:
    """C-1, with these words in every place that words can stand."""
    fresh = case(committed=True)
    return replace(
        fresh,
        title=typed,
        details=typed,
        account_name=typed,
        tenant=typed,
        source=replace(message(typed), permalink="https://acme.slack.com/archives/C0ACME/p1"),
        promise=replace(fresh.promise, meaning=typed[:1500], label="Priority 1", resolution=typed[:1500] or None),
    )


def cases(typed: str) -> Iterator[Case]:
    """The same in each state that a card shows."""
    fresh = hostile_case(typed)
    solved = Solution("resolved", "Resolved", typed, ENG, LATER)
    done = replace(fresh, state=State.RESOLVED, assignee=ENG, solution=solved)
    yield from (fresh, done, replace(done, state=State.OFFERED))
    yield replace(done, state=State.CLOSED, closed_at=LATER, rating=Rating(4, typed, DANA, LATER), reopened=2)


def messages(typed: str) -> Iterator[tuple[SayKind, Drawn]]:
    """Of every kind."""
    renderer = Renderer(lambda: "<!subteam^S0ONCALL>", "https://acme.slack.com/")
    for kind, bodies in BODIES.items():
        for body in bodies(typed):
            for shown in cases(typed):
                yield kind, renderer.draw(Say("k", kind, "C0ACME", 0, 1, body), shown, LATER)


def commands(typed: str) -> Iterator[Drawn]:
    """What is answered about a case in private."""
    fresh = hostile_case(typed)
    whats = ("opened", "answered", "recommended", "typed", "reprioritised", "noted", "linked", "resolved")
    history = [Entry(NOON, DANA, what, typed) for what in whats] * 10
    yield answers.show(fresh, history, LATER, typed[:50], support=True)
    yield answers.listing([fresh] * 50, LATER)
    stretches = calendar(fresh.promise.calendar).explain(fresh.counted_from, fresh.due_at)
    yield answers.why(Explanation(fresh, stretches, history), "Asia/Jerusalem")


def _words(typed: str) -> Body:
    names = ("before", "after", "reason", "text", "account", "program", "about", "title", "name", "label", "plan")
    return dict.fromkeys(names, typed)


def _card(typed: str) -> Iterator[Body]:
    yield from ({"side": "customer"}, {"side": "triage"})


def _note(typed: str) -> Iterator[Body]:
    for note in Note:
        told: Body = {**_words(typed), **PEOPLE, **DUE, "was_due_at": iso(LATER), "commitment_ended": True, "stars": 4}
        yield {**told, "note": note.value, "runs": True}


def _escalation(typed: str) -> Iterator[Body]:
    for share, repeat in ((50, 0), (75, 0), (100, 0), (100, 3)):
        yield {**DUE, "share": share, "repeat": repeat, "audience": "triage", "mention": True}


def _check_in(typed: str) -> Iterator[Body]:
    for step in ("ask", "backup", "managers"):
        yield {**DUE, **PEOPLE, "check_in": 1, "step": step}


def _naming(typed: str) -> Iterator[Body]:
    for step in ("ask", "again", "managers"):
        yield {**PEOPLE, "step": step}


def _wish(typed: str) -> Iterator[Body]:
    words: Body = dict.fromkeys(("label", "reason", "before", "before_means", "means", "replaced", "word"), typed)
    for outcome in (None, "granted", "refused", "replaced", "overtaken", "done"):
        yield {**words, **PEOPLE, "wish": 3, "outcome": outcome, "available": "U0BOB"}


def _solution(typed: str) -> Iterator[Body]:
    for offer in (1, 2):
        yield {**PEOPLE, "offer": offer, "label": typed[:75], "text": typed}


def _reopened(typed: str) -> Iterator[Body]:
    for time in (0, 1):
        yield {**PEOPLE, "time": time, "before": "U0ENG", "text": typed}


def _waiting(typed: str) -> Iterator[Body]:
    for number, step in enumerate(("ask", "remind", "close")):
        yield {**PEOPLE, "step": step, "number": number, "asked": typed, "since": iso(NOON)}


def _lease(typed: str) -> Iterator[Body]:
    for step in ("ask", "queue", "nobody"):
        at: Body = {"at": iso(LATER), "silent_since": iso(NOON), "back_at": iso(LATER), "mention": True}
        yield {**PEOPLE, **at, "step": step, "away": False}


def _line(typed: str) -> Iterator[Body]:
    said: Body = {"name": typed, "support": False, "at": iso(NOON), "text": typed[:3000], "left_out": 12}
    files = json.dumps([[typed, "https://files.example|x"]] * 10)
    for edited, deleted in (("", False), ("1772452800.1", False), ("", True)):
        link = "https://acme.slack.com/archives/C0ACME/p1"
        yield {**said, "files": files, "link": link, "edited": edited, "deleted": deleted}


def _reply(typed: str) -> Iterator[Body]:
    for withdrawn, deleted in ((False, False), (True, False), (False, True)):
        said: Body = {"who": "U0ENG", "name": typed, "text": f"Hello {typed}"[:3000], "edited": ""}
        yield {**said, "deleted": deleted, "withdrawn": withdrawn}


def _sent(typed: str) -> Iterator[Body]:
    for state in ("sent", "changed", "withdrawn"):
        files = json.dumps([[typed, "F1", ""], [typed, "", "external"], [typed, "", typed]])
        for failed in (None, typed):
            yield {"name": typed, "text": typed[:3000], "files": files, "state": state, "failed": failed}


def tickets(typed: str, count: int = 12) -> Iterator[Ticket]:
    """As the database keeps them."""
    typed = typed.encode(errors="replace").decode().replace("\x00", "\ufffd")
    for number in range(count):
        at = NOON - timedelta(days=number)
        always = CalendarSpec("always")
        label = typed[:75] or "Priority"
        yield Ticket(number, typed, label, 1, State.OPEN, at, at, at, None, False, always, typed[:75], 4)


def _review(typed: str) -> Iterator[Body]:
    review = reviewed(list(tickets(typed)), calendar, 90, NOON)
    yield {"account": 1, "name": typed, "who": "U0DANA", "tam": "U0TOM", "review": _json(asdict(review))}


def _review_file(typed: str) -> Iterator[Body]:
    listing = list(tickets(typed))
    told = [asdict(each) for each in listed(listing, reviewed(listing, calendar, 90, NOON))]
    yield {"account": 1, "name": typed, "until": iso(NOON), "days": 90, "tickets": _json(told)}


def _review_told(typed: str) -> Iterator[Body]:
    for channel in ("C0ACME", "U0DANA"):
        yield {"account": 1, "name": typed, "who": "U0DANA", "days": 90, "channel": channel}


def report(typed: str) -> Report:
    """With these words for everybody's and everything's name."""
    typed = typed.encode(errors="replace").decode().replace("\x00", "\ufffd")
    promised = replace(promised_by(case()), program_name=typed[:LABEL], plan_name=typed[:LABEL], label=typed[:LABEL])
    who, lines = Person("U0ENG", "T0HOST", typed), list[Happened]()
    for number in range(1, 4):
        opened = Happened(number, 1, NOON, who, "opened", Facts(promised, True))
        answered = Happened(number, 1, NOON + timedelta(minutes=40 * number), who, "responded", Facts(runs=False))
        lines += [opened, answered]
    span = Span(Period.WEEK, "UTC", NOON - timedelta(days=9), NOON, NOON + timedelta(days=7))
    return reported(lines, {1: typed}, calendar, span, By.ACCOUNT)


def _report(typed: str) -> Iterator[Body]:
    yield report_says("r", "C0MANAGERS", report(typed))[0].body


def _report_tables(typed: str) -> Iterator[Body]:
    """Not the picture, which takes its time: tests/handlers/test_report_looks.py."""
    says = report_says("r", "C0MANAGERS", report(typed))
    yield from (say.body for say in says if say.body.get("part") in ("figures", "cases"))


def _briefing(typed: str) -> Iterator[Body]:
    typed = typed.encode(errors="replace").decode().replace("\x00", "\ufffd")
    item = Item(1, typed, typed, typed[:LABEL], NOON, typed)
    counts = ((typed[:LABEL], 3),)
    told = Briefing(typed[:LABEL], "UTC", NOON, LATER, counts, 9, 1, 6, (item,) * 5, 2, (item,), (item,) * 5)
    yield {"briefing": _json(asdict(told))}


def _shift(typed: str) -> Iterator[Body]:
    row = {"number": 1, "channel": "C0TRIAGE", "ts": "1.1", "label": typed[:LABEL], "who": "U0ENG", "state": "claimed"}
    rows = [{**row, "clock": "response", "due": iso(LATER)}] * 15
    yield {"program": typed, "before": "U0ENG", "after": "U0BOB", "total": 400, "cases": _json(rows)}


def _assigned(typed: str) -> Iterator[Body]:
    for step, why in (("yours", ""), *(("queue", each.value) for each in Released)):
        for where in ("triage", "direct"):
            yield {"step": step, "where": where, "who": "U0ENG", "title": typed, "until": iso(LATER), "why": why}


def _add_on(typed: str) -> Iterator[Body]:
    name, label = typed[:NAME_LENGTH], typed[:LABEL]
    account: Body = {"account_id": 1, "account": name, "title": label, "name": label, "person": "U0ENG"}
    for to in ("person", "customer", "team"):
        yield {**account, "what": "arrival", "to": to, "mission_critical": True, "late_seconds": 7200}
    dates: Body = {"ends": "2027-02-28", "last_day": "2026-12-31", "renewal": "renewal:x:U0ENG:2027-02-28"}
    yield {**account, **dates, "what": "renewal", "region": label, "late_seconds": 7200}


def _meeting(typed: str) -> Iterator[Body]:
    name, label = typed[:NAME_LENGTH], typed[:LABEL]
    told: Body = {"account_id": 1, "account": name, "plan": f"{label} {label}", "label": label, "title": label}
    told = {**told, "manager": "U0MAX"}
    due: Body = {"reminder": "kickoff:2026-03-02:14", "day": "2026-03-16", "last": True, "term": "2026-03-02"}
    yield {**told, **due, "late_seconds": 7200}
    yield {**told, **due, "late_seconds": 0, "held_by": "U0MAX", "held_at": iso(NOON), "next": "2026-06-01"}


def _called_for(typed: str) -> Iterator[Body]:
    yield {"who": "U0DANA", "text": typed[:1000], "in_channel": "C0ACME", "ts": "1772452800.1"}


def _announcement(typed: str) -> Iterator[Body]:
    whole = tidy(typed).strip() or "x"
    text = whole[: fitting_length(whole, SECTION, write=announced)]
    yield {"program": typed[:75], "title": typed[:150], "text": text, "link": "https://example.com/notes"}


def _announced(typed: str) -> Iterator[Body]:
    for words in _announcement(typed):
        yield {**words, "part": "card", "by": "U0MAX", "total": 40}
    refused = " ".join(f"C{number}:is_archived" for number in range(200))
    receipt: Body = {"part": "receipt", "announcement": "a", "sent": 7, "total": 400}
    yield {**receipt, "refused": refused, "waiting": " ".join(f"C{number}" for number in range(200))}


def _untold(typed: str) -> Iterator[Body]:
    refused: Body = {"channel": "C0ACME", "refused": typed}
    for what in SayKind:
        for after_all in (False, True):
            yield {**refused, "what": what.value, "after_all": after_all}
    for note in Note:
        yield {**refused, "what": SayKind.NOTE.value, "note": note.value}
    yield {**refused, "what": SayKind.ESCALATION.value, "alarm": True}


def _trouble(typed: str) -> Iterator[Body]:
    told: Body = {"about": "C0ACME", "reason": typed, "setting": "TRIAGE_CHANNEL", "next": "C0MANAGERS", "new": "C0NEW"}
    told = {**told, "parts": typed, "cases": typed, "count": 2, "since": iso(NOON), "old": "C0OLD"}
    for kind in TroubleKind:
        for over in ("", iso(LATER)):
            yield {**told, "trouble": kind.value, "over": over}
    for news in ("renamed", "moved"):
        yield {**told, "trouble": news}


def _request(typed: str) -> Iterator[Body]:
    left: Body = {"details": typed, "user": "U0DANA", "permalink": "https://x.example/p1", "tenant": typed}
    yield {**_words(typed), **left, "channel": "C0ACME"}


def _one(**body: str | int | None) -> Bodies:
    return lambda typed: iter([body])


BODIES: dict[SayKind, Bodies] = {
    SayKind.WELCOME: lambda typed: iter([{"account": typed, "version": 2}]),
    SayKind.CARD: _card,
    SayKind.NOTE: _note,
    SayKind.ESCALATION: _escalation,
    SayKind.NAMING: _naming,
    SayKind.CHECK_IN: _check_in,
    SayKind.INVITE: _one(intake="i", existing=1),
    SayKind.SOLUTION: _solution,
    SayKind.REOPENED: _reopened,
    SayKind.WAITING: _waiting,
    SayKind.LEASE: _lease,
    SayKind.RESOLVE_OFFER: _one(),
    SayKind.WISH: _wish,
    SayKind.LINE: _line,
    SayKind.REPLY: _reply,
    SayKind.REVIEW: _review,
    SayKind.REVIEW_FILE: _review_file,
    SayKind.REPLY_FILE: lambda typed: iter([{"title": typed, "name": typed, "link": typed, "size": 1}]),
    SayKind.REVIEW_TOLD: _review_told,
    SayKind.REPORT: _report,
    SayKind.REPORT_FILE: _report_tables,
    SayKind.BRIEFING: _briefing,
    SayKind.SHIFT: _shift,
    SayKind.SENT: _sent,
    SayKind.ASSIGNED: _assigned,
    SayKind.ADD_ON: _add_on,
    SayKind.HAND_OVER: _request,
    SayKind.LEFT_REQUEST: _request,
    SayKind.MEETING: _meeting,
    SayKind.CALLED_FOR: _called_for,
    SayKind.ANNOUNCEMENT: _announcement,
    SayKind.ANNOUNCED: _announced,
    SayKind.UNTOLD: _untold,
    SayKind.TROUBLE: _trouble,
    SayKind.DIGEST: _one(),
}


def _json(value: object) -> str:
    return json.dumps(value, default=lambda each: iso(each) if isinstance(each, datetime) else str(each))
