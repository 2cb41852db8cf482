"""The doctor: looks at everything that a promise rests on, changes nothing, and says what to do."""

import shutil
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.diagnosis import Finding, error, ok
from bot.doctor_database import Database, databases_clock, examined_database
from bot.doctor_files import files
from bot.doctor_here import disk, policies, zones
from bot.doctor_people import people
from bot.doctor_places import places
from bot.doctor_slack import app_token, bot_token, client_of, clock, scopes, signing_secret
from bot.settings import HttpSettings, Settings, SettingsError, SocketSettings, load_settings

Free = Callable[[Path], int]
"""Bytes that are free where this folder is."""


def examine(
    *,
    http: bool,
    now: Callable[[], datetime],
    free: Free = lambda folder: shutil.disk_usage(folder).free,
    zone_folders: Sequence[str] = zoneinfo.TZPATH,
) -> Iterator[Finding]:
    """All findings, one after the other. `http`: as for `caseclock run --http`; `now` is aware UTC."""
    wrong, settings = _settings(http=http)
    yield from wrong
    if settings is None:
        return
    database = examined_database(settings.database_url)
    yield from database.findings
    yield from policies(settings.policy_dir, database.accounts)
    yield from files(settings, database, now())
    yield from zones(zone_folders, [account.timezone for account in database.accounts], now())
    yield from disk(database.folder, free)
    yield from _slack(settings, database, http=http, now=now)


def _slack(settings: Settings, database: Database, *, http: bool, now: Callable[[], datetime]) -> Iterator[Finding]:
    found, answer = bot_token(settings, now)
    yield found
    yield from signing_secret(settings) if http else app_token(settings)
    if answer is None:
        return
    yield from scopes(answer)
    yield clock(answer)
    yield from databases_clock(settings.database_url, now)
    client = client_of(settings)
    yield from places(client, settings, database.kept.accounts if database.kept else None)
    yield from people(client, settings)


def _settings(*, http: bool) -> tuple[list[Finding], Settings | None]:
    """What is wrong with them; and those that there are, if the rest can be looked at by them."""
    to_do = "Set it in .env or in the environment; .env.example says what it is."
    try:
        settings = load_settings(HttpSettings if http else SocketSettings)
        settings.installs()
    except SettingsError as problem:
        found = [error("settings", each, to_do) for each in str(problem).split("; ")]
        try:
            return found, load_settings()
        except SettingsError:
            return found, None
    return [ok("settings", "complete")], settings
