"""Rules of alarms outside Slack: what goes to an address at a rung, and whether it still asks anything of anyone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.case import Case
from cases.clock import Clock
from cases.clocks import running
from cases.instants import iso
from cases.parcels import Parcel, ParcelKind, Taken
from cases.policy import Program, Rung
from cases.queues import Post


@dataclass(frozen=True, slots=True)
class Alarm:
    """One that is told outside now, with what there is to know of it."""

    taken: Taken
    case: Case
    """As it is now."""
    card: Post | None
    """The case's card in the triage channel; None: it isn't there yet."""


def unnamed(policies: Mapping[str, Program], names: Collection[str]) -> list[str]:
    """A sentence for each address that a program's ladder reaches, and that is none of these."""
    return [
        f"the ladder of {program.id} reaches {name} at {rung.share} %, and there is no such name under reach"
        for program in policies.values()
        for rung in program.ladder.rungs
        for name in rung.reach
        if name not in names
    ]


def reached(case: Case, clock: Clock, rung: Rung, fell_at: datetime, repeat: int) -> Iterator[Parcel]:
    """One parcel for each address that the rung names.

    body: clock, number (of that clock), share, due_at (its deadline, ISO), repeat (0, or number of the repetition).
    """
    body = {
        "clock": clock.kind.value,
        "number": clock.number,
        "share": rung.share,
        "due_at": iso(clock.due_at),
        "repeat": repeat,
    }
    for address in rung.reach:
        key = f"case:{case.number}:rung:{clock.id}:{rung.share}:{repeat}:outside:{address}"
        yield Parcel(key, ParcelKind.REACH, address, case.number, fell_at, body)


def asked(taken: Sequence[Taken], cases: Mapping[int, Case]) -> tuple[Taken, ...]:
    """Those that are worth calling somebody for now: of each clock the latest, while it runs to the same deadline."""
    latest = {(each.parcel.case, each.parcel.body["clock"]): each for each in taken}
    return tuple(each for each in latest.values() if _asks(cases[each.parcel.case], each.parcel))


def _asks(case: Case, parcel: Parcel) -> bool:
    meant = (parcel.body["clock"], parcel.body["number"], parcel.body["due_at"])
    return any((clock.kind.value, clock.number, iso(clock.due_at)) == meant for clock in running(case))
