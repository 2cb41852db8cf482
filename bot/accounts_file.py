"""Accounts as an operator writes them in YAML: read whole, or every problem at once by file and field."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, cast
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails

from bot.accounts_success import Csm, MeetingEvery, ReviewEvery, SlackPerson, TermStart
from cases.accounts import Account
from cases.errors import CaseclockError
from cases.linking import check_links
from cases.named_contacts import add_on_problems
from cases.ports import Policies
from policies.add_ons import AddOnModel
from policies.contacts import ContactModel
from policies.hours import HoursModel
from policies.lines import line_at
from policies.problems import expectation
from policies.yaml_text import read_yaml


class AccountsFileErrors(CaseclockError):
    """Every problem in the file; `problems` are whole sentences that begin with the field."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _ids(prefixes: str, example: str) -> AfterValidator:
    def check(value: tuple[str, ...]) -> tuple[str, ...]:
        for id in value:
            if not re.fullmatch(f"[{prefixes}][A-Z0-9]{{2,}}", id):
                raise ValueError(f"{id!r} is not a Slack id such as {example}")
            if value.count(id) > 1:
                raise ValueError(f"{id} is there twice")
        return value

    return AfterValidator(check)


def _one_of(word: str, value: str, known: Collection[str], otherwise: str) -> str:
    """The value itself. Raises ValueError, with the likeliest one meant or else a hint, where it is not known."""
    if value not in known:
        close = difflib.get_close_matches(value, known, 1)
        raise ValueError(f"{value!r} is not a {word}; {f'try {close[0]}' if close else otherwise}")
    return value


def _zone(value: str) -> str:
    return _one_of("time zone", value, available_timezones(), "names look like America/New_York")


def _program(value: str, info: ValidationInfo) -> str:
    programs = _policies(info)
    return _one_of("program", value, programs, f"there are {', '.join(programs)}")


def _plan(value: str, info: ValidationInfo) -> str:
    program = _policies(info).get(info.data.get("program", ""))
    if program is None:
        return value
    return _one_of(f"plan of {program.id}", value, program.plans, f"there are {', '.join(program.plans)}")


def _policies(info: ValidationInfo) -> Policies:
    return cast(Policies, info.context)


class AccountModel(BaseModel):
    """One account of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=75)]
    program: Annotated[str, AfterValidator(_program)]
    plan: Annotated[str, AfterValidator(_plan)]
    channels: Annotated[tuple[str, ...], Field(min_length=1), _ids("CG", "C0123456789")]
    teams: Annotated[tuple[str, ...], _ids("TE", "T0123456789")] = ()
    timezone: Annotated[str, AfterValidator(_zone)]
    business_hours: HoursModel | None = None
    contacts: Annotated[tuple[str, ...], _ids("UW", "U0123456789")] = ()
    managers: Annotated[tuple[str, ...], _ids("UW", "U0123456789")] = ()
    contact_methods: tuple[ContactModel, ...] = ()
    csm: Csm | None = None
    tam: SlackPerson | None = None
    term_starts: TermStart | None = None
    success_meeting_every: MeetingEvery | None = None
    business_review_every: ReviewEvery | None = None
    add_ons: tuple[AddOnModel, ...] = ()

    def account(self) -> Account:
        """As a value, not stored yet."""
        hours = self.business_hours.to_spec() if self.business_hours else None
        methods = tuple(method.to_contact() for method in self.contact_methods)
        add_ons = tuple(add_on.to_add_on() for add_on in self.add_ons)
        plain = self.model_dump(exclude={"business_hours", "contact_methods", "add_ons"})
        return Account(id=0, business_hours=hours, contact_methods=methods, add_ons=add_ons, **plain)


MODELS = (AccountModel, ContactModel, AddOnModel)
KNOWN = ("accounts", *(name for model in MODELS for name in model.model_fields), "days", "from", "to", "holidays")


def read_accounts(
    content: bytes, policies: Policies, stored: Sequence[Account], moved: Mapping[str, str] = MappingProxyType({})
) -> tuple[Account, ...]:
    """The accounts of a file, checked against each other and against those stored already (which they may replace).

    `moved`: new ids of channels by the old ones, which the file may still call them by.

    Raises:
        AccountsFileErrors: anything is wrong; it carries every problem.
    """
    entries, problems = _entries(content)
    found: dict[int, Account] = {}
    for number, entry in enumerate(entries):
        try:
            account = AccountModel.model_validate(entry, context=policies).account()
            channels = dict.fromkeys(moved.get(channel, channel) for channel in account.channels)
            found[number] = replace(account, channels=tuple(channels))
        except ValidationError as error:
            problems += [_sentence(number, each) for each in error.errors()]
    problems += [*_same_names(found), *_clashes(found, stored), *_add_ons(found, policies)]
    if problems:
        raise AccountsFileErrors(problems)
    return tuple(found.values())


def with_lines(name: str, content: bytes, problems: Iterable[str]) -> tuple[str, ...]:
    """`accounts.yml:12: accounts[1].plan: …`."""
    text = content.decode("utf-8", "replace")
    lines = ((line_at(text, problem.partition(":")[0]), problem) for problem in problems)
    return tuple(f"{name}{f':{line}' if line else ''}: {problem}" for line, problem in lines)


def _entries(content: bytes) -> tuple[list[Any], list[str]]:
    data, problems = read_yaml(content)
    said = [f"{where}: {what}" for where, what in problems]
    if said:
        return [], said
    if not isinstance(data, dict) or not isinstance(data.get("accounts"), list) or not data["accounts"]:
        return [], ["accounts: expected a list of accounts under this name"]
    return data["accounts"], [f"{key}: is not a known field here; remove it" for key in data if key != "accounts"]


def _sentence(number: int, error: ErrorDetails) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"])
    return f"accounts[{number}]{path}: {expectation(error, KNOWN)}"


def _same_names(found: dict[int, Account]) -> Iterator[str]:
    first: dict[str, int] = {}
    for number, account in found.items():
        earlier = first.setdefault(account.name, number)
        if earlier != number:
            yield f"accounts[{number}].name: {account.name!r} is the name of accounts[{earlier}] already"


def _add_ons(found: dict[int, Account], policies: Policies) -> Iterator[str]:
    for number, account in found.items():
        for index, field, what in add_on_problems(account, policies[account.program]):
            yield f"accounts[{number}].add_ons[{index}].{field}: {what}"


def _clashes(found: dict[int, Account], stored: Sequence[Account]) -> Iterator[str]:
    named = {account.name for account in found.values()}
    others = [*found.values(), *(account for account in stored if account.name not in named)]
    for number, account in found.items():
        for problem in check_links(account, others):
            yield f"accounts[{number}].{problem.field}: {problem.what}"
