"""The files that settings name beside the policies: read by the bot's own readers, and nothing of them is taken."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.accounts_file import AccountsFileErrors, read_accounts, with_lines
from bot.accounts_import import outdated
from bot.diagnosis import Finding, error, ok, warning
from bot.doctor_database import Database, Kept
from bot.rota_file import RotaError, load_rotas, rotas_for
from bot.rotas import calendar_of
from bot.settings import Settings
from cases.ports import Policies
from cases.reaching import unnamed
from outside.addresses import Addresses, AddressesError, load_addresses
from outside.calendars import Unreadable
from outside.reach import Reach
from policies.loader import load_policies
from policies.problems import PolicyErrors

ROTA, ADDRESSES, ACCOUNTS = "ROTA_FILE", "ADDRESSES_FILE", "ACCOUNTS_FILE"
CORRECT = "Correct it; the guide for operators says what stands there."
LET_IT_BE_READ = "Correct the path, or let the user that the bot runs as read it."
POLICIES_FIRST = "Correct the policies first."
READABLE_BY_ALL = 0o004


def files(settings: Settings, database: Database, now: datetime) -> Iterator[Finding]:
    """Of each that there is; and of addresses that a ladder reaches, where no file names any."""
    try:
        policies = load_policies(settings.policy_dir)
    except PolicyErrors:
        policies = None
    if settings.rota_file is not None:
        yield from _rota(settings.rota_file, policies, now)
    yield from _addresses(settings.addresses_file, policies)
    if settings.accounts_file is not None:
        yield from _accounts(settings.accounts_file, policies, database.kept)


def _rota(file: Path, policies: Policies | None, now: datetime) -> Iterator[Finding]:
    try:
        rotas = load_rotas(file) if policies is None else rotas_for(file, policies)
    except RotaError as problem:
        yield error(ROTA, str(problem), _to_do(file))
        return
    named, wrong = ", ".join(sorted(rotas)) or "no programme is in it", False
    for program, rota in rotas.items():
        try:
            if rota.calendar is not None:
                calendar_of(rota, file.parent).shifts(now)
        except Unreadable as problem:
            wrong = True
            to_do = "See to the calendar, or its entry; until then the whole on-call group is called."
            yield warning(ROTA, f"the calendar of {program} can't be read: {problem}", to_do)
    if policies is None:
        yield warning(ROTA, f"{named}; whether there are such programmes isn't known", POLICIES_FIRST)
    elif not wrong:
        yield ok(ROTA, named)


def _addresses(file: Path | None, policies: Policies | None) -> Iterator[Finding]:
    """No word of an address itself: it may hold a password."""
    try:
        addresses = load_addresses(file)
    except AddressesError as problem:
        yield error(ADDRESSES, str(problem), _to_do(file))
        return
    wrong = [*_unreachable(addresses), *unnamed(policies or {}, addresses.reach)]
    yield from (error(ADDRESSES, each, CORRECT) for each in wrong)
    if file is None or wrong:
        return
    named = ", ".join([*addresses.webhooks, *addresses.reach]) or "no address is in it"
    if policies is None:
        yield warning(ADDRESSES, f"{named}; whether a ladder reaches others isn't known", POLICIES_FIRST)
    elif file.stat().st_mode & READABLE_BY_ALL:
        to_do = f"chmod o= {file}; the user that the bot runs as has to read it still."
        yield warning(ADDRESSES, f"{file} holds secrets, and anybody on this machine can read it", to_do)
    else:
        yield ok(ADDRESSES, named)


def _to_do(file: Path | None) -> str:
    return CORRECT if file is None or os.access(file, os.R_OK) else LET_IT_BE_READ


def _unreachable(addresses: Addresses) -> Iterator[str]:
    for name, place in addresses.reach.items():
        try:
            Reach(name, place, "")
        except AddressesError as problem:
            yield str(problem)


def _accounts(file: Path, policies: Policies | None, kept: Kept | None) -> Iterator[Finding]:
    try:
        content = file.read_bytes()
    except OSError as problem:
        yield error(ACCOUNTS, f"{file} can't be read: {problem.strerror}", _to_do(file))
        return
    if policies is None:
        yield warning(ACCOUNTS, f"{file.name} is there; what is in it isn't looked at", POLICIES_FIRST)
        return
    known = kept or Kept()
    try:
        accounts = read_accounts(content, policies, known.accounts, known.moved)
    except AccountsFileErrors as errors:
        to_do = "Correct it: until all of the file is right, nothing of it is taken."
        yield from (error(ACCOUNTS, each, to_do) for each in with_lines(file.name, content, errors.problems))
        return
    old = [warning(ACCOUNTS, f"{file.name}, {each}", "When you can.") for each in outdated(content, known.moved)]
    if kept is None:
        said = f"{len(accounts)}, each right by itself; not held against those in the database"
        yield warning(ACCOUNTS, said, "See what is said of the database.")
    else:
        yield from old or [ok(ACCOUNTS, f"accounts: {len(accounts)}")]
