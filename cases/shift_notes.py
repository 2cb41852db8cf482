"""The note at a change of shift: what is open, whose it is, and what is due when."""

import json
from collections.abc import Iterable, Mapping

from cases.case import Case, State
from cases.change import Places
from cases.clocks import deadline
from cases.instants import iso
from cases.queues import Post
from cases.room import Room
from cases.rota import ShiftChange
from cases.says import Say, SayKind, Urgency, card_key
from cases.telling import TRIAGE

MOST = 1_000
"""Cases of all programs that are looked at, the most urgent first."""
LISTED = 15


class ShiftNotes:
    """One transaction each."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def tell(self, program: str, change: ShiftChange) -> None:
        """Once for each change, whoever asks and how often. Nothing where nothing was open then that still is.

        What began only afterwards is the new shift's own: so a later look decides as the first one did.
        """
        with self._room.units.reading() as uow:
            listed = uow.cases.listing(limit=MOST)
            passed = [case for case in listed if _is_passed_on(case, program, change)]
            posts = uow.outbox.posts_of([card_key(case.number, TRIAGE) for case in passed[:LISTED]])
        if passed:
            with self._room.units() as uow:
                uow.outbox.add(note(passed, change, posts, self._room.places))


def note(cases: Iterable[Case], change: ShiftChange, posts: Mapping[str, Post], places: Places) -> Say:
    """body: program (its name), before and after (Slack ids, by spaces), total, cases (JSON: a list of the first of
    them, each with number, channel and ts (of its card, or ""), label, who (user id or ""), state, clock and
    due (ISO), or "").
    """
    cases = tuple(cases)
    program = cases[0].promise
    rows = [_row(case, posts.get(card_key(case.number, TRIAGE))) for case in cases[:LISTED]]
    return Say(
        key=f"shift:{program.program}:{iso(change.at)}",
        kind=SayKind.SHIFT,
        channel=places.triage,
        urgency=Urgency.REPLY,
        body={
            "program": program.program_name,
            "before": " ".join(change.before),
            "after": " ".join(change.after),
            "total": len(cases),
            "cases": json.dumps(rows),
        },
    )


def _is_passed_on(case: Case, program: str, change: ShiftChange) -> bool:
    return case.promise.program == program and not case.is_done and case.started_at <= change.at


def _row(case: Case, card: Post | None) -> dict[str, str | int]:
    due = deadline(case) if case.state is not State.WAITING else None
    return {
        "number": case.number,
        "channel": card.channel if card else "",
        "ts": card.ts if card else "",
        "label": case.promise.label,
        "who": case.assignee.user if case.assignee else "",
        "state": case.state.value,
        "clock": due.kind.value if due else "",
        "due": iso(due.at) if due else "",
    }
