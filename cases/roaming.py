"""An alarm that every place refused: one message that goes round them for as long as it takes, until one lets it in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from cases.change import Places
from cases.detours import AT, root, stops
from cases.instants import iso
from cases.says import Body, Say

ANYWHERE = f"{AT}anywhere"
"""How its key ends: of each alarm there is one at most."""
SHORTEST, LONGEST = timedelta(seconds=1), timedelta(minutes=1)


def is_roaming(say: Say) -> bool:
    """It goes round since no place was left."""
    return say.key.endswith(ANYWHERE)


def round_of(places: Places, managers: Sequence[str], engineers: Sequence[str]) -> tuple[str, ...]:
    """All places in their order, each once."""
    ordered = stops("", places, managers, engineers)
    return tuple(dict.fromkeys(place for stop in ordered for place in stop if place))


def sent_round(say: Say, reason: str, places: Sequence[str], now: datetime) -> Say:
    """The alarm that no place is left for. body: also waits_since (ISO). Where it was meant for is tried first."""
    meant = str(say.body.get("instead") or say.channel)
    body: Body = {**say.body, "instead": meant, "refused": say.body.get("refused") or reason, "waits_since": iso(now)}
    first = meant if meant in places else places[0]
    return replace(
        say, key=f"{root(say.key)}{ANYWHERE}", channel=first, body=body, thread=None, updates=None, after=None
    )


def next_try(say: Say, places: Sequence[str], now: datetime) -> tuple[str, datetime]:
    """Where it goes from the place that refused it, and when. Once round, it pauses for as long as it has waited: a
    second at least, a minute at most.
    """
    following = (places.index(say.channel) + 1) % len(places) if say.channel in places else 0
    if following:
        return places[following], now
    waited = now - datetime.fromisoformat(str(say.body["waits_since"]))
    return places[0], now + min(max(waited, SHORTEST), LONGEST)
