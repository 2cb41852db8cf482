"""`/case report`: what was typed, read kindly, and a report for who asks."""

from difflib import get_close_matches

from cases.errors import Refused
from cases.messages import Drawn
from cases.periods import Period
from cases.report import Asked, By
from handlers.answering import actor_of, later, whisper
from handlers.front import Front
from handlers.payloads import Interaction
from handlers.report_words import BY, of_span
from handlers.text import inline

USAGE = "/case report month account"
PERIODS = {
    **dict.fromkeys(("week", "weekly", "weeks"), Period.WEEK),
    **dict.fromkeys(("month", "monthly", "months"), Period.MONTH),
    **dict.fromkeys(("quarter", "quarterly", "quarters"), Period.QUARTER),
}
BYS = {
    **dict.fromkeys(("programme", "program", "programmes", "programs"), By.PROGRAMME),
    **dict.fromkeys(("account", "accounts", "customer", "customers"), By.ACCOUNT),
    **dict.fromkeys(("engineer", "engineers"), By.ENGINEER),
}
OVER = frozenset({"last", "previous"})
"""The one that is over."""
BESIDES = frozenset({"by", "the", "for", "per"})
"""Words that people put between."""


def asked(front: Front, seen: Interaction, rest: str) -> None:
    """`/case report [last] [week|month|quarter] [account|programme|engineer]`.

    Raises:
        Refused: not a support manager, or a word that says neither.
    """
    front.reporting.check(actor_of(front, seen))
    found = wanted(rest)
    later(front, seen, lambda: whisper(front, seen, _answer(front, seen, found)))


def wanted(typed: str) -> Asked:
    """In any order; a week up to now, by programme, where nothing else is said.

    Raises:
        Refused: a word that says neither, or two that say the same.
    """
    periods, bys = list[Period](), list[By]()
    words = typed.lower().replace(",", " ").split()
    for word in words:
        if word in PERIODS:
            periods.append(PERIODS[word])
        elif word in BYS:
            bys.append(BYS[word])
        elif word not in BESIDES | OVER:
            raise Refused(_unknown(word))
    for found in (periods, bys):
        if len(set(found)) > 1:
            raise Refused(f"One of these at a time, please: {' or '.join(dict.fromkeys(found))}. Like this: `{USAGE}`.")
    return Asked((periods or [Period.WEEK])[0], (bys or [By.PROGRAMME])[0], not OVER.isdisjoint(words))


def _unknown(word: str) -> str:
    near = next(iter(get_close_matches(word, [*PERIODS, *BYS, "last"], n=1)), None)
    meant = f" Did you mean `{near}`?" if near else ""
    periods, bys = ", ".join(f"`{each}`" for each in Period), ", ".join(f"`{each}`" for each in By)
    return (
        f"A report knows no {inline(word, 60)}.{meant} It looks back over a {periods} up to now, or with `last` over "
        f"the one that is over, by {bys}: `{USAGE}`."
    )


def _answer(front: Front, seen: Interaction, found: Asked) -> Drawn:
    actor, zone = actor_of(front, seen), front.directory.zone(seen.user)
    place, span = front.reporting.ask(actor, seen.channel, found, zone, front.clock.now())
    where = "here" if place == seen.channel else "to you by direct message"
    said = f"📊 The report on {of_span(span)}, by {BY[found.by]}, comes {where} in a moment."
    return Drawn(f"{said} Its picture and its tables are in its thread.", ())
