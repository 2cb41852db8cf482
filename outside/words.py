"""What an alarm says outside Slack: which case, its priority, by when, and where to look. Nobody's own words."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cases.case import Case
from cases.plain import Json
from cases.policy import ClockKind
from cases.reaching import Alarm

LATE_FROM_SECONDS = 60
MOST_LINES = 10
WHAT = {
    ClockKind.RESPONSE: "answer",
    ClockKind.NEXT_RESPONSE: "next answer",
    ClockKind.UPDATE: "update",
    ClockKind.SOLUTION: "solution",
}


def message(alarms: Sequence[Alarm], zone: ZoneInfo, slack: str, now: datetime) -> tuple[str, str]:
    """Title and text of one call for all of these. `slack` is the workspace's address."""
    if len(alarms) == 1:
        return _one(alarms[0], zone, slack, now)
    lines = [f"{_head(each)}: {_due(each, zone, now)} {_link(each, slack)}".rstrip() for each in alarms[:MOST_LINES]]
    more = [f"and {len(alarms) - MOST_LINES} more, in Slack."] if len(alarms) > MOST_LINES else []
    return f"{len(alarms)} cases wait for us", "\n".join([*lines, *more, _once(alarms)])


def _one(alarm: Alarm, zone: ZoneInfo, slack: str, now: datetime) -> tuple[str, str]:
    share, late = alarm.taken.parcel.body["share"], _late(alarm, now)
    passed = "The time promised is over." if share == 100 else f"{share} % of the time allowed has passed."
    lines = [f"{_head(alarm)}. {passed}", f"{_due(alarm, zone, now)}.", late, _link(alarm, slack), _once([alarm])]
    return f"{_head(alarm)}: {_due(alarm, zone, now)}", "\n".join(line for line in lines if line)


def _head(alarm: Alarm) -> str:
    case: Case = alarm.case
    return f"{case.reference}, {case.promise.label}"


def _due(alarm: Alarm, zone: ZoneInfo, now: datetime) -> str:
    body: Json = alarm.taken.parcel.body
    due_at = datetime.fromisoformat(str(body["due_at"]))
    seconds = (due_at - now).total_seconds()
    when = f"in {_length(seconds)}" if seconds > 0 else f"{_length(-seconds)} ago"
    return f"{WHAT[ClockKind(str(body['clock']))]} due {due_at.astimezone(zone):%a %d %b %H:%M} {zone.key}, {when}"


def _late(alarm: Alarm, now: datetime) -> str:
    seconds = (now - alarm.taken.parcel.at).total_seconds()
    return f"Told {_length(seconds)} late." if seconds >= LATE_FROM_SECONDS else ""


def _link(alarm: Alarm, slack: str) -> str:
    card = alarm.card
    return f"{slack.rstrip('/')}/archives/{card.channel}/p{card.ts.replace('.', '')}" if card else ""


def _once(alarms: Sequence[Alarm]) -> str:
    """Where an answer was lost the same call comes again: whoever reads it can tell."""
    return f"Call {alarms[0].taken.token[:8]}; the same number again is the same call."


def _length(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return "less than a minute"
    days, hours = minutes // 1440, minutes % 1440 // 60
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else "", f"{minutes % 60} min" if minutes % 60 else ""]
    return " ".join(part for part in parts if part)
