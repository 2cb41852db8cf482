"""Bodies of what the team reads: reports, briefings, updates, a change of shift, and what went wrong."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta

from cases.briefing import Briefing, Item
from cases.facts import Facts
from cases.instants import iso
from cases.measuring import promised_by
from cases.outcomes import Happened
from cases.people import Person
from cases.periods import Period, Span
from cases.report import By, Report
from cases.report_says import report_says
from cases.reported import reported
from cases.says import Body, Note, SayKind
from cases.shift_notes import LISTED
from cases.troubles import TroubleKind
from handlers.announced_text import announced as written_out
from handlers.kit import SECTION
from handlers.text import fitting_length, tidy
from tests.builders import NOON, calendar, case
from tests.faults.surfaces.typed import LABEL, LATER, as_json, stored


def whole_report(typed: str) -> Report:
    """With these words for everybody's and everything's name."""
    typed = stored(typed)
    promised = replace(promised_by(case()), program_name=typed[:LABEL], plan_name=typed[:LABEL], label=typed[:LABEL])
    who, lines = Person("U0ENG", "T0HOST", typed), list[Happened]()
    for number in range(1, 4):
        opened = Happened(number, 1, NOON, who, "opened", Facts(promised, True))
        answered = Happened(number, 1, NOON + timedelta(minutes=40 * number), who, "responded", Facts(runs=False))
        lines += [opened, answered]
    span = Span(Period.WEEK, "UTC", NOON - timedelta(days=9), NOON, NOON + timedelta(days=7))
    return reported(lines, {1: typed}, calendar, span, By.ACCOUNT)


def report(typed: str) -> Iterator[Body]:
    yield report_says("r", "C0MANAGERS", whole_report(typed))[0].body


def report_tables(typed: str) -> Iterator[Body]:
    """Not the picture, which takes its time: tests/handlers/test_report_looks.py."""
    says = report_says("r", "C0MANAGERS", whole_report(typed))
    yield from (say.body for say in says if say.body.get("part") in ("figures", "cases"))


def briefing(typed: str) -> Iterator[Body]:
    typed = stored(typed)
    item = Item(1, typed, typed, typed[:LABEL], NOON, typed)
    counts = ((typed[:LABEL], 3),)
    told = Briefing(typed[:LABEL], "UTC", NOON, LATER, counts, 9, 1, 6, (item,) * 5, 2, (item,), (item,) * 5)
    yield {"briefing": as_json(asdict(told))}


def announcement(typed: str) -> Iterator[Body]:
    whole = tidy(typed).strip() or "x"
    text = whole[: fitting_length(whole, SECTION, write=written_out)]
    yield {"program": typed[:75], "title": typed[:150], "text": text, "link": "https://example.com/notes"}


def announced(typed: str) -> Iterator[Body]:
    for words in announcement(typed):
        yield {**words, "part": "card", "by": "U0MAX", "total": 40}
    refused = " ".join(f"C{number}:is_archived" for number in range(200))
    receipt: Body = {"part": "receipt", "announcement": "a", "sent": 7, "total": 400}
    yield {**receipt, "refused": refused, "waiting": " ".join(f"C{number}" for number in range(200))}


def untold(typed: str) -> Iterator[Body]:
    refused: Body = {"channel": "C0ACME", "refused": typed}
    for what in SayKind:
        for after_all in (False, True):
            yield {**refused, "what": what.value, "after_all": after_all}
    for note in Note:
        yield {**refused, "what": SayKind.NOTE.value, "note": note.value}
    yield {**refused, "what": SayKind.ESCALATION.value, "alarm": True}


def trouble(typed: str) -> Iterator[Body]:
    told: Body = {"about": "C0ACME", "reason": typed, "setting": "TRIAGE_CHANNEL", "next": "C0MANAGERS", "new": "C0NEW"}
    told = {**told, "parts": typed, "cases": typed, "count": 2, "since": iso(NOON), "old": "C0OLD"}
    for kind in TroubleKind:
        for over in ("", iso(LATER)):
            yield {**told, "trouble": kind.value, "over": over}
    for news in ("renamed", "moved"):
        yield {**told, "trouble": news}


def shift(typed: str) -> Iterator[Body]:
    people = " ".join(("U0ENG", "U0BOB", "U0DANA", "S0ONCALL") * 100)
    for state, due, card in (("open", iso(LATER), "1772452800.1"), ("waiting", "", ""), ("claimed", "", "")):
        row = {"number": 1, "channel": "C0TRIAGE", "ts": card, "label": typed[:LABEL], "who": "U0ENG", "state": state}
        rows = [{**row, "clock": "next-response" if due else "", "due": due}] * LISTED
        for before, after in ((people, people), ("U0ENG", ""), ("", "S0ONCALL U0ENG")):
            told: Body = {"program": typed[:LABEL], "before": before, "after": after, "total": 400}
            yield {**told, "cases": as_json(rows)}
