"""When a first response is due: one question, or a stream of them as JSON lines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from cases.accounts import Account
from cases.calendars import Calendar
from cases.errors import CaseclockError
from cases.instants import iso, utc
from cases.policy import Program
from cases.ports import Calendars, Policies
from cases.promise import Promise, promise_for
from cases.zones import zone
from policies.problems import expectation, field_of

Json = dict[str, object]
T = TypeVar("T")


class NotAnswered(CaseclockError):
    """The question can't be answered as it is put; the sentence says what was expected."""


class DueRequest(BaseModel):
    """A question, in the fields of a JSON line."""

    model_config = ConfigDict(strict=True)

    program: str
    plan: str
    product: str
    priority: int | None = None
    """None for a program without priorities."""
    opened_at: str
    """ISO 8601, with `Z` or an offset."""
    timezone: str
    """The account's IANA zone."""


@dataclass(frozen=True, slots=True)
class Due:
    """An answer."""

    promise: Promise
    opened_at: datetime
    due_at: datetime
    timezone: str
    calendar: Calendar


def due(policies: Policies, calendars: Calendars, request: DueRequest) -> Due:
    """The deadline of a case like this, were it opened then.

    Raises:
        NotAnswered: an unknown program, plan, product, priority or zone; or an instant that can't be told.
    """
    program = one_of(policies, "program", request.program)
    one_of(program.plans, "plan", request.plan)
    one_of(program.products, "product", request.product)
    _check_priority(program, request)
    try:
        zone(request.timezone)
        account = Account(0, "", program.id, request.plan, request.timezone, channels=())
        promise = promise_for(program, account, request.product, request.priority)
        opened_at, calendar = _instant(request.opened_at), calendars(promise.calendar)
        return Due(promise, opened_at, calendar.add(opened_at, promise.target_seconds), request.timezone, calendar)
    except ValueError as error:
        raise NotAnswered(str(error)) from None


def batch(policies: Policies, calendars: Calendars, lines: Iterable[bytes]) -> Iterator[Json]:
    """Each line that is not blank, given back with `due_at`, or with `error` where it can't be answered."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answered(policies, calendars, number, line)


def one_of(known: Mapping[str, T], what: str, id: str) -> T:
    """Of that id.

    Raises:
        NotAnswered: there is none; it says which there are.
    """
    if id not in known:
        raise NotAnswered(f"there is no {what} {id!r} here; expected {_or(known)}")
    return known[id]


def _answered(policies: Policies, calendars: Calendars, number: int, line: bytes) -> Json:
    try:
        data = json.loads(line, parse_constant=_no_number)
        json.dumps(data, allow_nan=False)
    except (ValueError, RecursionError) as error:
        return {"line": number, "error": f"expected JSON: {error}"}
    if not isinstance(data, dict):
        return {"line": number, "error": "expected a JSON object with program, plan, product and so on"}
    asked = {key: value for key, value in data.items() if key not in ("due_at", "error")}
    try:
        answer = due(policies, calendars, DueRequest.model_validate(asked))
    except ValidationError as error:
        return {**asked, "error": "; ".join(f"{field_of(e)} {expectation(e, ())}" for e in error.errors())}
    except NotAnswered as error:
        return {**asked, "error": str(error)}
    return {**asked, "due_at": iso(answer.due_at)}


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _check_priority(program: Program, request: DueRequest) -> None:
    priorities = [priority.number for priority in program.products[request.product].priorities]
    if priorities and request.priority not in priorities:
        found = "none" if request.priority is None else str(request.priority)
        raise NotAnswered(f"expected a priority of {program.name}, {_or(map(str, priorities))}; found {found}")
    if not priorities and request.priority is not None:
        raise NotAnswered(f"{program.name} has no priorities: leave the priority out, found {request.priority}")


def _instant(text: str) -> datetime:
    try:
        return utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise ValueError(
            f"expected opened_at as a date and time with Z or an offset, 2026-03-27T00:30:00Z; found {text!r}"
        ) from None


def _or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
