"""Bodies of what is said about a case as it goes on."""

from collections.abc import Iterator

from cases.assigning import Released
from cases.instants import iso
from cases.says import Body, Note
from tests.builders import NOON
from tests.faults.surfaces.typed import DUE, LATER, PEOPLE, words


def card(typed: str) -> Iterator[Body]:
    yield from ({"side": "customer"}, {"side": "triage"})


def note(typed: str) -> Iterator[Body]:
    for note in Note:
        told: Body = {**words(typed), **PEOPLE, **DUE, "note": note.value, "was_due_at": iso(NOON)}
        yield {**told, "runs": True, "commitment_ended": True, "stars": 4}


def escalation(typed: str) -> Iterator[Body]:
    for share, repeat in ((50, 0), (75, 0), (100, 0), (100, 3)):
        yield {**DUE, "share": share, "repeat": repeat, "audience": "triage", "mention": True}


def check_in(typed: str) -> Iterator[Body]:
    for step in ("ask", "backup", "managers"):
        yield {**DUE, **PEOPLE, "check_in": 1, "step": step}


def naming(typed: str) -> Iterator[Body]:
    for step in ("ask", "again", "managers"):
        yield {**PEOPLE, "step": step}


def wish(typed: str) -> Iterator[Body]:
    words: Body = dict.fromkeys(("label", "reason", "before", "before_means", "means", "replaced", "word"), typed)
    for outcome in (None, "granted", "refused", "replaced", "overtaken", "done"):
        yield {**words, **PEOPLE, "wish": 3, "outcome": outcome, "available": "U0BOB"}


def solution(typed: str) -> Iterator[Body]:
    for offer in (1, 2):
        yield {**PEOPLE, "offer": offer, "label": typed[:75], "text": typed}


def reopened(typed: str) -> Iterator[Body]:
    for time in (0, 1):
        yield {**PEOPLE, "time": time, "before": "U0ENG", "text": typed}


def waiting(typed: str) -> Iterator[Body]:
    for number, step in enumerate(("ask", "remind", "close")):
        yield {**PEOPLE, "step": step, "number": number, "asked": typed, "since": iso(NOON)}


def lease(typed: str) -> Iterator[Body]:
    for step in ("ask", "queue", "nobody"):
        at: Body = {"at": iso(LATER), "silent_since": iso(NOON), "back_at": iso(LATER), "mention": True}
        yield {**PEOPLE, **at, "step": step, "away": False}


def assigned(typed: str) -> Iterator[Body]:
    for step, why in (("yours", ""), *(("queue", each.value) for each in Released)):
        for where in ("triage", "direct"):
            yield {"step": step, "where": where, "who": "U0ENG", "title": typed, "until": iso(LATER), "why": why}


def called_for(typed: str) -> Iterator[Body]:
    yield {"who": "U0DANA", "text": typed[:1000], "in_channel": "C0ACME", "ts": "1772452800.1"}
