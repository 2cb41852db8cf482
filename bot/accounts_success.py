"""What an accounts file says of an account's success manager: who it is, and how often they meet the customer."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, cast

from pydantic import AfterValidator, ValidationInfo

from cases.policy import Plan, Program
from cases.ports import Policies
from cases.success import MeetingRule, SuccessRule
from policies.fields import Day, Months

PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
FIRST_YEAR, LAST_YEAR = 2000, 2100


def _person(value: str) -> str:
    if not PERSON.fullmatch(value):
        raise ValueError(f"{value!r} is not a Slack id such as U0123456789")
    return value


def _csm(value: str, info: ValidationInfo) -> str:
    bought = _bought(info)
    if bought and bought[1].success is None:
        name = f"{bought[0].name} {bought[1].name}"
        raise ValueError(f"{name} comes without a success manager, so there is none to name; remove it")
    if value in info.data.get("contacts", ()):
        raise ValueError(f"{value} is among the customer's own contacts; the success manager is one of our people")
    return value


def _term(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"expected a day from {FIRST_YEAR} to {LAST_YEAR}, found {value}")
    return value


def _meeting(words: str, of: Callable[[SuccessRule], MeetingRule | None]) -> AfterValidator:
    def check(value: int, info: ValidationInfo) -> int:
        bought = _bought(info)
        if bought and (bought[1].success is None or of(bought[1].success) is None):
            raise ValueError(f"{bought[0].name} {bought[1].name} brings no {words}; remove it")
        return value

    return AfterValidator(check)


def _bought(info: ValidationInfo) -> tuple[Program, Plan] | None:
    """None: what is wrong with the programme or the plan is said already."""
    program = cast(Policies, info.context).get(info.data.get("program", ""))
    plan = program.plans.get(info.data.get("plan", "")) if program else None
    return (program, plan) if program and plan else None


SlackPerson = Annotated[str, AfterValidator(_person)]
"""A Slack user id."""
Csm = Annotated[SlackPerson, AfterValidator(_csm)]
"""Where the plan has a success manager; stands after the program, the plan and the contacts."""
TermStart = Annotated[Day, AfterValidator(_term)]
MeetingEvery = Annotated[Months, _meeting("success meetings", lambda rule: rule.meeting)]
"""Stands after the program and the plan, as the next."""
ReviewEvery = Annotated[Months, _meeting("business reviews", lambda rule: rule.review)]
