"""What other systems are told of a change: how the case stands after it, and not a word that somebody wrote."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from cases.case import Case, Entry
from cases.clocks import paused, running
from cases.instants import iso
from cases.parcels import Parcel, ParcelKind
from cases.plain import Json


def changed(case: Case, entries: Sequence[Entry], endpoints: Sequence[str]) -> Iterator[Parcel]:
    """One parcel an endpoint for a change that was just stored; none where nothing entered the history."""
    if not entries:
        return
    body = snapshot(case, entries)
    for endpoint in endpoints:
        key = f"case:{case.number}:{case.revision}:webhook:{endpoint}"
        yield Parcel(key, ParcelKind.WEBHOOK, endpoint, case.number, entries[0].at, body)


def snapshot(case: Case, entries: Sequence[Entry]) -> Json:
    """The case as it is stored now. No title, no text, nobody's name or id: what people wrote stays here."""
    promise = case.promise
    clocks = [(clock, False) for clock in running(case)] + [(clock, True) for clock in paused(case)]
    return {
        "revision": case.revision,
        "changes": [{"what": entry.what, "at": iso(entry.at)} for entry in entries],
        "program": promise.program,
        "plan": promise.plan,
        "product": promise.product,
        "priority": promise.priority,
        "label": promise.label,
        "state": case.state.value,
        "opened_at": iso(case.opened_at),
        "due_at": iso(case.due_at),
        "deadlines": [
            {"clock": clock.kind.value, "due_at": iso(clock.due_at), "paused": rests} for clock, rests in clocks
        ],
        "claimed_at": _iso(case.claimed_at),
        "responded_at": _iso(case.response.at if case.response else None),
        "breached_at": _iso(case.breached_at),
        "closed_at": _iso(case.closed_at),
        "reopened": case.reopened,
        "solution": case.solution.kind if case.solution else None,
    }


def payload(parcel: Parcel, case: Case) -> Json:
    """What is sent: type, timestamp and data, as Standard Webhooks 1.0 recommends.

    `case` as it is now: only its account is read from it, so that one that was erased meanwhile is not named.
    """
    account: Json = {"id": case.account, "name": case.account_name}
    return {
        "type": f"case.{_first(parcel.body).replace('-', '_')}",
        "timestamp": iso(parcel.at),
        "data": {"case": case.reference, "number": case.number, "account": account, **parcel.body},
    }


def _first(body: Json) -> str:
    changes = body["changes"]
    first = changes[0] if isinstance(changes, list) else {}
    return str(first["what"])


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None
