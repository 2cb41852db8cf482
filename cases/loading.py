"""What an operator changes while the bot runs: policies, accounts, rotas. Told once, whichever replica saw it first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cases.accounts import Account
from cases.change import Places
from cases.policy import Program
from cases.queues import OutboxStore
from cases.says import Say, SayKind, Urgency
from cases.troubles import Trouble, TroubleKind, TroubleStore, begins, ends

POLICIES = "policies"
ACCOUNTS = "accounts"
ROTAS = "rotas"
KINDS = {POLICIES: TroubleKind.POLICIES, ACCOUNTS: TroubleKind.ACCOUNTS, ROTAS: TroubleKind.ROTAS}
SHOWN = 12
"""Lines of what is wrong, or was changed, that fit into a message."""


@dataclass(frozen=True, slots=True)
class Reload:
    """Something was loaded that is not what was loaded before."""

    before: Mapping[str, str] | None
    """Versions by name; None: nothing was, ever."""
    number: int


class LoadedStore(Protocol):
    """What was loaded last, for all replicas."""

    def put(self, what: str, versions: Mapping[str, str]) -> Reload | None:
        """Held until the transaction ends. None: it is the same as before, so nothing is to be told."""
        ...


class Watched(Protocol):
    """What of a unit of work this needs."""

    @property
    def troubles(self) -> TroubleStore: ...
    @property
    def outbox(self) -> OutboxStore: ...


def right(
    uow: Watched, places: Places, what: str, now: datetime, reload: Reload | None, changed: Iterable[str]
) -> None:
    """It could be loaded: whatever was wrong with it is over, and what changed is told, unless it is all new."""
    _over(uow, places, KINDS[what], now, but="")
    lines = tuple(changed)
    if reload is not None and reload.before is not None and lines:
        body = {"trouble": "loaded", "about": what, "reason": _fitting(lines)}
        key = f"loaded:{what}:{reload.number}"
        uow.outbox.add(Say(key, SayKind.TROUBLE, places.for_operators, Urgency.CHECK_IN, body=body))


def wrong(uow: Watched, places: Places, what: str, content: str, problems: Iterable[str], now: datetime) -> None:
    """It can't be used. `content`: what tells these files from others, so that the same ones are told of once."""
    _over(uow, places, KINDS[what], now, but=content)
    begins(uow, places, Trouble(KINDS[what], now, content, _fitting(tuple(problems))))


def versions_of(policies: Mapping[str, Program]) -> Mapping[str, str]:
    return {id: program.version for id, program in policies.items()}


def changes(before: Mapping[str, str], policies: Mapping[str, Program]) -> Iterator[str]:
    """In words, a line each."""
    for id, program in policies.items():
        if id not in before:
            yield f"new: {program.name} ({program.version})"
        elif before[id] != program.version:
            yield f"changed: {program.name} (from {before[id]} to {program.version})"
    yield from (f"gone: {id}" for id in before if id not in policies)


def homeless(accounts: Iterable[Account], policies: Mapping[str, Program]) -> Iterator[str]:
    """Accounts that would have no plan by these policies: nobody could open a case of theirs."""
    for account in accounts:
        program = policies.get(account.program)
        if program is None or account.plan not in program.plans:
            yield f"the account {account.name} has {account.program} with the plan {account.plan}, which would be gone"


def _over(uow: Watched, places: Places, kind: TroubleKind, now: datetime, *, but: str) -> None:
    for lasting in uow.troubles.all():
        trouble = lasting.trouble
        if trouble.kind is kind and trouble.about != but:
            ends(uow, places, trouble.key, now)


def _fitting(lines: tuple[str, ...]) -> str:
    more = len(lines) - SHOWN
    return "\n".join((*lines[:SHOWN], *((f"and {more} more",) if more > 0 else ())))
