"""A plan's designated team in words: whose day it is, where each region works, and whom a message asked."""

from collections.abc import Sequence
from datetime import datetime

from cases.case import Case
from cases.policy import Region
from cases.regions import region_at
from cases.says import Body
from handlers.bodies import text_of
from handlers.text import clip, escape, inline, some
from handlers.times import TIME, date, hours

LABEL = 75
NAMED = 12
"""Regions on a card; the plan's answer tells of more."""


def calls(ids: str) -> str:
    """Mentions of Slack ids, given by spaces: of user groups and of people; mrkdwn."""
    return " ".join(f"<!subteam^{id}>" if id.startswith("S") else f"<@{id}>" for id in ids.split())


def asked(body: Body) -> str:
    """The region that a message asked when it was told; empty without a designated team. mrkdwn."""
    region = inline(text_of(body, "region"), LABEL, empty="")
    if not region:
        return ""
    return f"🌍 At work now: *{region}*." if body.get("at_work") else f"🌍 Between days; next at work: *{region}*."


def asked_plain(body: Body) -> str:
    """The same for a notification; with a blank before it, or empty."""
    return f" {asked(body).removeprefix('🌍 ').replace('*', '')}" if asked(body) else ""


def designated(case: Case, now: datetime) -> str:
    """The case's designated team, and whose day it is; empty without one, or once the case is done. mrkdwn."""
    turn = region_at(case.promise.team, now)
    if turn is None or case.is_done:
        return ""
    regions = some([clip(region.label, LABEL) for region in case.promise.team], NAMED, " · ")
    whose = "at work" if turn.at_work else "next at work"
    return f"Designated team: {regions}; {whose} {date(now, TIME)}: {clip(turn.region.label, LABEL)}."


def listed(team: Sequence[Region]) -> list[str]:
    """A line each, for whoever asks what the plan brings; mrkdwn."""
    return [f"*{escape(region.label)}*: {escape(hours(region.hours))}" for region in team]
