"""Linking an account to its channels: what must hold where two customers share one, and the welcome in each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cases.accounts import Account
from cases.errors import Invalid
from cases.ports import Policies
from cases.says import Body, Say, SayKind, Urgency
from cases.zones import zone

NAME_LENGTH = 80
MANAGERS_LINK = "Linking a channel is for support managers. One of them can do it here with `/case setup`."
WELCOME_VERSION = 2
"""Rises with what the welcome says; the first one had no button for the plan."""


@dataclass(frozen=True, slots=True)
class LinkProblem:
    """Why an account can't be linked as it is."""

    field: Literal["channels", "teams"]
    """The field to change."""
    what: str
    """For the person who links it."""


def check_account(account: Account, policies: Policies) -> None:
    """Raises Invalid: by field, what the policies or the time zones don't know."""
    wrong: dict[str, str] = {}
    if not account.name.strip():
        wrong["name"] = "What is the customer called?"
    elif len(account.name) > NAME_LENGTH:
        wrong["name"] = f"The name has {len(account.name)} characters; {NAME_LENGTH} fit."
    program = policies.get(account.program)
    if program is None:
        wrong["program"] = f"Choose one of: {', '.join(policies)}."
    elif account.plan not in program.plans:
        wrong["plan"] = f"{program.name} has these plans: {', '.join(program.plans)}."
    try:
        zone(account.timezone)
    except ValueError as error:
        wrong["timezone"] = f"{error}."
    if wrong:
        raise Invalid(wrong)


def check_links(account: Account, others: Iterable[Account]) -> tuple[LinkProblem, ...]:
    """What is wrong with this account's channels beside those of `others`; its own name among them is passed over.

    Whose case it is in a shared channel, the person's Slack team decides: both accounts must name theirs, and none
    may be on both lists.
    """
    return tuple(problem for other in others if other.name != account.name for problem in _clash(account, other))


def welcomes(account: Account) -> tuple[Say, ...]:
    """The message with the Open a case button, once for each channel of a stored account, however often linked."""
    body: Body = {"account": account.name, "version": WELCOME_VERSION}
    return tuple(
        Say(f"welcome:{account.id}:{channel}", SayKind.WELCOME, channel, Urgency.WELCOME, body=body)
        for channel in account.channels
    )


def _clash(account: Account, other: Account) -> Iterator[LinkProblem]:
    shared = [channel for channel in account.channels if channel in other.channels]
    if not shared:
        return
    where = f"{shared[0]} is shared with {other.name}"
    common = [team for team in account.teams if team in other.teams]
    if not account.teams:
        yield LinkProblem("teams", f"{where}: name this customer's Slack teams, so that each case finds its account")
    elif not other.teams:
        yield LinkProblem("channels", f"{where}, which names no Slack teams: give it some first")
    elif common:
        yield LinkProblem("teams", f"{where}, and so is the team {common[0]}: a team can belong to only one of them")
