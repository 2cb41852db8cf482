"""The next place: where an alarm goes that Slack refuses for good, until one takes it; each place has it once.

A channel of the team leads on to the next of these, and from the last to those before it: escalations, triage,
managers' channel, each manager in person, operators' channel, each engineer in person. A person leads to the managers'
channel, and on from there; so does the operators' channel. A customer's channel is no place for an alarm, ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from cases.case import Case
from cases.change import Places
from cases.says import Body, Say, SayKind, Urgency, card_key
from cases.telling import TRIAGE

MANAGERS = 2
"""Where the managers' channel stands in the order."""
AT = ":instead:"
"""Between the key of a say and the place that it goes to instead."""
PLAIN = ":plain"
UNTOLD = ":untold"

ALARMS = frozenset(
    {
        SayKind.CARD,
        SayKind.ESCALATION,
        SayKind.NAMING,
        SayKind.CHECK_IN,
        SayKind.REOPENED,
        SayKind.LEASE,
        SayKind.WISH,
        SayKind.LINE,
        SayKind.SENT,
        SayKind.REVIEW_TOLD,
        SayKind.ASSIGNED,
        SayKind.ADD_ON,
        SayKind.HAND_OVER,
        SayKind.LEFT_REQUEST,
        SayKind.MEETING,
        SayKind.CALLED_FOR,
        SayKind.TROUBLE,
        SayKind.UNTOLD,
    }
)
"""What somebody of the team has to hear, wherever it is; a case's first card in triage is how it is seen at all."""
FOR_CUSTOMERS = frozenset(
    {SayKind.CARD, SayKind.NOTE, SayKind.SOLUTION, SayKind.WAITING, SayKind.CHECK_IN, SayKind.NAMING}
)
"""What the team believes that the customer has read. Replies say so themselves (`SayKind.SENT`), their edits don't."""
BESIDES = frozenset({"audience", "mention", "away", "where", "instead", "refused", "waits_since"})
"""What may differ between two messages that tell the same."""


class Refusal(StrEnum):
    """What it is that Slack will never take."""

    PLACE = "place"
    PERSON = "person"
    MESSAGE = "message"
    """Its content."""
    NOT_HERE = "not-here"
    """Our own rule: others read there now."""


def is_alarm(say: Say) -> bool:
    """Somebody of the team has to hear it. Not a redrawing; nor that nothing is asked of its reader any more."""
    let_go = say.kind is SayKind.ASSIGNED and (say.body.get("step"), say.body.get("where")) == ("queue", "direct")
    return say.kind in ALARMS and say.updates is None and not let_go


def is_person(channel: str) -> bool:
    """A user id rather than a channel's."""
    return channel.startswith(("U", "W"))


def root(key: str) -> str:
    """Of the say as it was meant at first."""
    return key.partition(AT)[0]


def stops(
    channel: str, places: Places, managers: Sequence[str], engineers: Sequence[str] = ()
) -> tuple[tuple[str, ...], ...]:
    """The places after this one, in order; of those that stand together, each is told."""
    channels = ((places.escalations,), (places.triage,), (places.managers,))
    ring = (*channels, tuple(managers), (places.for_operators,), tuple(engineers))
    places_before = [places.escalations, places.triage, places.managers]
    start = len(places_before) - places_before[::-1].index(channel) if channel in places_before else MANAGERS
    ordered = (*ring[start:], *ring[:start])
    return tuple(stop for stop in (tuple(place for place in stop if place != channel) for stop in ordered) if stop)


def same(say: Say, others: Iterable[Say]) -> tuple[Say, ...]:
    """Those of the others that tell the same as this one, to somebody else."""
    return tuple(other for other in others if other.kind is say.kind and _told(other.body) == _told(say.body))


def keys_elsewhere(say: Say, ring: Iterable[Sequence[str]]) -> Mapping[str, str]:
    """Under which key it goes to each place of the ring: place by key."""
    return {f"{root(say.key)}{AT}{place}": place for stop in ring for place in stop}


def instead(say: Say, reason: str, ring: Iterable[Sequence[str]], told: Mapping[str, bool]) -> tuple[Say, ...]:
    """The alarm for the next place; nothing where one has it, or has it before it, or where none is left (then see
    `cases.roaming`).

    `told`: to which places the same was said, and whether it stands there or is still on its way (False: refused).
    """
    for stop in ring:
        if any(told.get(place) for place in stop):
            return ()
        free = [place for place in stop if place not in told]
        if free:
            return tuple(_to(say, place, reason) for place in free)
    return ()


def _to(say: Say, place: str, reason: str) -> Say:
    meant = say.body.get("instead") or say.channel
    body: Body = {**say.body, "instead": meant, "refused": say.body.get("refused") or reason}
    return replace(say, key=f"{root(say.key)}{AT}{place}", channel=place, body=body, thread=None, updates=None)


def untold(say: Say, case: Case, reason: str, places: Places) -> Say | None:
    """To the case's triage thread: its customer has not read this. None: nobody believes that they have.

    body: alarm (bool: of the team's own), what (a `SayKind`), note (a `Note` or ""), redraw (bool), channel,
    refused (Slack's code); after_all (bool) once they have.
    """
    redraw = say.updates is not None
    if say.kind not in ({SayKind.REPLY, SayKind.REPLY_FILE} if redraw else FOR_CUSTOMERS):
        return None
    return Say(
        key=f"{say.key}{UNTOLD}",
        kind=SayKind.UNTOLD,
        channel=places.triage,
        urgency=Urgency.CHECK_IN,
        case=case.number,
        body={**_of(say, reason), "alarm": False, "redraw": redraw},
        thread=f"post:{card_key(case.number, TRIAGE)}",
    )


def plain(say: Say, reason: str) -> Say:
    """In the same place, in few words: there is something that could not be shown. body: as of `untold`."""
    return replace(
        say,
        key=f"{say.key}{PLAIN}",
        kind=SayKind.UNTOLD,
        body={**_of(say, reason), "alarm": True, "redraw": False},
        after=None,
    )


def _of(say: Say, reason: str) -> dict[str, str | int | bool | None]:
    note = str(say.body.get("note") or "")
    return {"what": say.kind.value, "note": note, "channel": say.channel, "refused": reason}


def _told(body: Body) -> dict[str, str | int | bool | None]:
    return {name: held for name, held in body.items() if name not in BESIDES}
