"""What a change tells figures: put on the lines of its history as it is stored, in one place for all rules."""

from collections.abc import Iterable
from dataclasses import replace

from cases.case import Case, Entry
from cases.facts import Facts, Promised

PROMISING = frozenset({"opened", "reopened", "reprioritised"})
"""Lines that begin the promise of a first response, or change it."""
RUNNING = PROMISING | {"responded", "given-back", "lapsed"}
"""Lines after which the response clock may run where it rested, or rest where it ran."""


def measured(case: Case, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The lines of one change, with what figures need of the case that it made."""
    return tuple(_measured(case, entry) for entry in entries)


def _measured(case: Case, entry: Entry) -> Entry:
    if entry.what not in RUNNING:
        return entry
    promised = promised_by(case) if entry.what in PROMISING else None
    return replace(entry, facts=replace(entry.facts or Facts(), promised=promised, runs=case.waits_for_response))


def promised_by(case: Case) -> Promised:
    """The promise of a first response that is in force."""
    promise = case.promise
    return Promised(
        program=promise.program,
        program_name=promise.program_name,
        plan=promise.plan,
        plan_name=promise.plan_name,
        priority=promise.priority,
        label=promise.label,
        target=promise.target,
        calendar=promise.calendar,
        started_at=case.started_at,
        due_at=case.due_at,
    )
