"""What every stage begins with, made once a process: the programmes, and a database with accounts in it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine

from bot.accounts_import import import_accounts
from cases.ports import Policies
from policies.loader import load_policies
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork

ACCOUNTS = b"""
accounts:
  - name: Acme
    program: okta
    plan: premier
    channels: [C0ACME, C0BOTH]
    teams: [T0ACME]
    timezone: America/New_York
  - name: Bolt
    program: auth0
    plan: enterprise
    channels: [C0BOLT, C0BOTH]
    teams: [T0BOLT]
    timezone: Asia/Jerusalem
  - name: Orchard
    program: oko
    plan: standard
    channels: [C0ORCHARD]
    teams: [T0ORCHARD]
    timezone: America/Chicago
"""


@cache
def shipped() -> Policies:
    """The programmes that are shipped."""
    return load_policies()


@cache
def prepared() -> bytes:
    """The content of a SQLite file, migrated, with the accounts in it."""
    with TemporaryDirectory(prefix="caseclock-") as folder:
        path = Path(folder) / "prepared.db"
        upgrade(f"sqlite:///{path}")
        engine = create_engine(f"sqlite:///{path}")
        import_accounts(ACCOUNTS, shipped(), SqlUnitsOfWork(engine))
        engine.dispose()
        return path.read_bytes()
