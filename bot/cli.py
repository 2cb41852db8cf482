"""The command line: `caseclock`."""

import io
import os
import signal
import sys
import threading
from typing import NoReturn

import structlog
import typer
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.cli_accounts import accounts_app
from bot.cli_db import db_app
from bot.cli_policy import policy_app
from bot.logs import configure_logs
from bot.settings import Settings, SettingsError, load_settings
from cases.ports import StorageUnavailable
from policies.loader import load_policies
from policies.problems import PolicyErrors
from storage.database import UnknownDatabase

app = typer.Typer(
    help="A Slack case bot that keeps the promises of a support policy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(policy_app, name="policy")
app.add_typer(accounts_app, name="accounts")
app.add_typer(db_app, name="db")

log: structlog.stdlib.BoundLogger = structlog.get_logger("bot")


@app.command()
def run() -> None:
    """Run the bot over Socket Mode until it is told to stop."""
    try:
        settings = load_settings()
    except SettingsError as error:
        _fail(str(error))
    # The settings hold it now; Bolt would warn at each start that it stands in the environment too.
    os.environ.pop("SLACK_BOT_TOKEN", None)
    configure_logs(settings.log_level)
    run_with(settings)


def run_with(settings: Settings) -> None:
    """Start the bot, and stop it on SIGINT or SIGTERM."""
    from bot.wiring import Caseclock

    try:
        bot = Caseclock(settings, load_policies(settings.policy_dir))
        bot.start()
    except PolicyErrors as error:
        _fail(str(error))
    except UnknownDatabase as error:
        _fail(f"DATABASE_URL: {error}")
    except StorageUnavailable as error:
        _fail(f"DATABASE_URL: the database can't be used now: {' '.join(str(error).split())}")
    except SlackApiError as error:
        _fail(f"Slack answered “{error.response['error']}”: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN.")
    except (SlackClientError, OSError) as error:
        _fail(f"SLACK_API_URL: Slack can't be reached at {settings.slack_api_url} ({error}).")
    log.info("connected", programs_from=str(settings.policy_dir), log_level=settings.log_level)
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    told.wait()
    log.info("stopping")
    bot.stop()


def _fail(line: str) -> NoReturn:
    """One line, or one a problem, on stderr; exit 2: it can't start so."""
    print(f"caseclock: {line}", file=sys.stderr)
    raise typer.Exit(2)


def main() -> None:
    """Entry point of the `caseclock` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that can't show a character shows ? in its place.
            stream.reconfigure(errors="replace")
    app()
