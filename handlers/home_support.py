"""App Home of the support team: an engineer's part first, then a manager's; the hours between greeting and lists."""

import datetime as dt
from collections.abc import Iterator

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.homes import Hours, SupportHome
from handlers.home_engineer import ENGINEERS, engineer_part
from handlers.home_manager import manager_part
from handlers.home_parts import ACCOUNT, Reader, home
from handlers.kit import packed
from handlers.text import inline
from handlers.times import date, place

HOURS_SHOWN = 12


def support_home(found: SupportHome, reader: Reader) -> View:
    """For one of support: the parts that their roles give."""
    engineers = [shelf for shelf in found.shelves if shelf.shelf in ENGINEERS]
    managers = [shelf for shelf in found.shelves if shelf.shelf not in ENGINEERS]
    blocks: list[Block] = [*packed(_hours(found, reader))]
    blocks += engineer_part(engineers, reader)
    if reader.actor.is_manager:
        blocks += manager_part(managers, found, reader)
    return home(reader, "*The cases and their clocks*", found.shelves, blocks)


def _hours(found: SupportHome, reader: Reader) -> Iterator[str]:
    if not found.hours:
        yield "*Support hours*: no customer is linked yet; `/case setup` in their channel links one."
        return
    yield "*Support hours now*"
    for hours in found.hours[:HOURS_SHOWN]:
        yield f"• {_hours_line(hours)}"
    if len(found.hours) > HOURS_SHOWN:
        yield f"… and {len(found.hours) - HOURS_SHOWN} more calendars, in other zones."


def _hours_line(hours: Hours) -> str:
    name = f"*{inline(hours.program, ACCOUNT)}*"
    if hours.calendar.always:
        return f"{name}: 🟢 open round the clock"
    where = f"{inline(hours.calendar.name, ACCOUNT)}, {place(hours.calendar.timezone or 'UTC')}"
    until = f" until {date(hours.now.until)}" if hours.now.until else ""
    state = f"🟢 open{until}" if hours.now.is_open else f"⚪ closed{until}"
    holiday = f" · next holiday: {inline(hours.holiday[1], 80)}, {_day(hours.holiday[0])}" if hours.holiday else ""
    return f"{name} ({where}): {state}{holiday}"


def _day(day: dt.date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
