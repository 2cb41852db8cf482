"""Rules of a storm: where more than five alarms wait for one channel, they are told as digests, most urgent first.

A digest is made in the transaction that takes the first of them to be sent. What it tells, and in which order, is
settled then, so that no row moves away under somebody's finger; how a row looks is read off its case as it is drawn.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from cases.case import Case
from cases.clocks import deadline
from cases.ports import UnitOfWork
from cases.queues import Delivery
from cases.says import Body, Digest, Say, SayKind, Urgency

MOST_SINGLY = 5
"""So many alarms that wait for a channel are told one by one, a second apart."""
ROWS = 15
"""Alarms on a page: drawn at their longest they stay below the 12,000 characters that Slack takes in a message's blocks
altogether."""
NO_PRIORITY = 99
"""Requests of a programme without priorities come after those that have one."""
FAR = datetime.max.replace(tzinfo=UTC)


def merged(unit: UnitOfWork, taken: Delivery, now: datetime) -> bool:
    """Make digests of what waits with this delivery, in the transaction that took it; False: it goes by itself."""
    if not taken.say.may_merge or taken.uncertain:
        return False
    waiting = unit.outbox.alarms_with(taken, now)
    if taken.say not in waiting or len(waiting) <= MOST_SINGLY:
        return False
    for digest in digests(waiting, readable(unit, [say.case for say in waiting if say.case is not None])):
        unit.outbox.merge(digest, now)
    return True


def digests(waiting: Sequence[Say], cases: Mapping[int, Case]) -> tuple[Digest, ...]:
    """Alarms of one channel, a page each. The first mentions whom any of them would mention, and no other does."""
    rows = sorted(waiting, key=lambda say: _place(say, cases.get(say.case or 0)))
    pages = [tuple(rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]
    return tuple(_digest(page, number, len(pages), rows) for number, page in enumerate(pages, 1))


def readable(unit: UnitOfWork, numbers: Collection[int]) -> Mapping[int, Case]:
    """Cases by number, to be read only. One that can't be read is left out rather than keeping all from being told."""
    try:
        return unit.cases.several(numbers)
    except (ValueError, TypeError, KeyError):
        return dict(_one_by_one(unit, numbers))


def which_of_them(channel: str, ts: str, user: str) -> Say:
    """To somebody who reacted to a digest, once each."""
    return Say(f"digest:{channel}:{ts}:{user}", SayKind.DIGEST, channel, Urgency.REPLY, only_for=user)


def _one_by_one(unit: UnitOfWork, numbers: Collection[int]) -> Iterator[tuple[int, Case]]:
    for number in numbers:
        try:
            yield from unit.cases.several([number]).items()
        except (ValueError, TypeError, KeyError):
            continue


def _digest(rows: tuple[Say, ...], page: int, pages: int, all_rows: Sequence[Say]) -> Digest:
    body: Body = {"page": page, "pages": pages, "total": len(all_rows), **(_mentions(all_rows) if page == 1 else {})}
    key = f"digest:{rows[0].key}"
    urgency = min(say.urgency for say in all_rows)
    return Digest(Say(key, SayKind.DIGEST, rows[0].channel, urgency, body=body), rows)


def _mentions(rows: Sequence[Say]) -> Body:
    """Each region or person once, in the order in which they would have been called."""
    calling = [say.body for say in rows if say.body.get("mention") and say.body.get("audience", "triage") == "triage"]
    return {
        "mention": bool(calling),
        "on_call": any(not body.get("calls") for body in calling),
        "calls": _each_once(calling, "calls"),
        "away": _each_once(calling, "away"),
    }


def _each_once(bodies: Sequence[Body], key: str) -> str:
    return " ".join(dict.fromkeys(id for body in bodies for id in str(body.get(key) or "").split()))


def _place(say: Say, case: Case | None) -> tuple[bool, int, datetime, int]:
    """The higher priority first, and of one priority the earlier deadline; at the end what asks nothing any more."""
    if case is None:
        return False, 0, FAR, say.case or 0
    priority = case.promise.priority
    return _is_settled(say, case), NO_PRIORITY if priority is None else priority, _due(say, case), case.number


def _is_settled(say: Say, case: Case) -> bool:
    """Somebody was quicker than the message."""
    of_response = say.kind is SayKind.ESCALATION and say.body.get("clock", "response") == "response"
    return not case.waits_for_response if of_response else case.is_done


def _due(say: Say, case: Case) -> datetime:
    told = say.body.get("due_at")
    if isinstance(told, str):
        return datetime.fromisoformat(told).astimezone(UTC)
    first = deadline(case)
    return first.at if first else case.due_at
