"""`/case off`: a dedicated person's days off, taken, taken back, and how many administrative ones are left."""

import re
from collections.abc import Iterator
from datetime import date

from cases.add_ons import DayOffKind
from cases.errors import Refused
from cases.messages import Drawn
from cases.time_off import Balance, TimeOff
from handlers.answering import actor_of
from handlers.front import Front
from handlers.kit import drawn, packed
from handlers.payloads import Interaction
from handlers.text import inline, mention

USAGE = (
    "Like this: `/case off 2026-12-01`, `/case off 2026-12-01..2026-12-05 administrative`, "
    "`/case off 2026-12-01 back`; a manager adds `for @name`."
)
DATE = r"\d{4}-\d\d-\d\d"
TYPED = re.compile(rf"({DATE})(?:\.\.({DATE}))?(?:\s+(administrative|leave|back))?", re.IGNORECASE)
WHOSE = re.compile(r"(?:^|\s+)for\s+(\S.*)$", re.IGNORECASE)
ID = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>|([UW][A-Z0-9]{2,})")
SHOWN = 40


def off(front: Front, seen: Interaction, rest: str) -> Drawn:
    """What was typed after `/case off`."""
    actor, now = actor_of(front, seen), front.clock.now()
    words, user = _whose(front, rest.strip(), seen.user)
    if not words:
        return listed(front.days_off.listing(user, actor, now), "Days off from today on")
    found = TYPED.fullmatch(words)
    if found is None:
        raise Refused(f"Which days? {USAGE}")
    first = _day(found[1])
    last = _day(found[2]) if found[2] else first
    word = (found[3] or "leave").lower()
    if word == "back":
        return listed(front.days_off.take_back(user, first, last, actor), "Taken back")
    taken = front.days_off.take(user, first, last, DayOffKind(word), actor, now)
    return listed(taken, "Off")


def person_typed(front: Front, typed: str) -> str | None:
    """Slack user id of who was named: by mention, by member id, or as one of support is called; None: nobody."""
    if found := ID.fullmatch(typed.strip()):
        return found[1] or found[2]
    return front.directory.support_named(typed.strip().removeprefix("@"))


def _whose(front: Front, rest: str, own: str) -> tuple[str, str]:
    found = WHOSE.search(rest)
    if found is None:
        return rest, own
    user = person_typed(front, found[1])
    if user is None:
        raise Refused(f"I don't know anybody of support called {inline(found[1], 80)}. {USAGE}")
    return rest[: found.start()].strip(), user


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused(f"No calendar has {typed}. {USAGE}") from None


def listed(found: TimeOff, head: str) -> Drawn:
    """The days, and how many administrative ones are left; `head` says what they are."""
    days = [f"• {_written(each.day)}, {each.kind}" for each in found.days[:SHOWN]]
    lines = [f"*{head}* ({mention(found.user)})", *days]
    if not days:
        lines.append("None.")
    if len(found.days) > SHOWN:
        lines.append(f"… and {len(found.days) - SHOWN} more.")
    lines += [*_balances(found)]
    if found.freed:
        lines.append(f"{found.freed} case{'s' if found.freed > 1 else ''} not begun yet went to the whole team.")
    return drawn(f"{head}: {len(found.days)} day{'' if len(found.days) == 1 else 's'}", packed(lines))


def _balances(found: TimeOff) -> Iterator[str]:
    for balance in found.balances:
        yield f"{_left(balance)} for {inline(balance.account, 80)}, to {_written(balance.term.ends)}."


def _written(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _left(balance: Balance) -> str:
    days = balance.term.administrative_days
    return f"{balance.left} of {days} administrative day{'' if days == 1 else 's'} left"
