"""The command line: `caseclock`."""

import io
import os
import signal
import sys
import threading
from typing import Annotated, NoReturn

import structlog
import typer

from bot.cli_accounts import accounts_app
from bot.cli_backup import backup, restore
from bot.cli_db import db_app
from bot.cli_doctor import doctor
from bot.cli_erase import erase
from bot.cli_export import export
from bot.cli_installations import installations_app
from bot.cli_policy import policy_app
from bot.cli_report import report
from bot.cli_webhooks import webhooks_app
from bot.heap import GIVE_BACK_SECONDS, give_back, kept_for_good, share_heap
from bot.logs import configure_logs
from bot.settings import HttpSettings, Settings, SettingsError, SocketSettings, load_settings
from bot.starting import CAUSES, WRONG, not_started
from bot.web import address_of
from handlers.text import tidy
from policies.loader import load_policies
from scheduling.worker import Worker

app = typer.Typer(
    help="A Slack case bot that keeps the promises of a support policy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(policy_app, name="policy")
app.add_typer(accounts_app, name="accounts")
app.add_typer(db_app, name="db")
for command in (doctor, backup, restore, export, erase, report):
    app.command()(command)
app.add_typer(installations_app, name="installations")
app.add_typer(webhooks_app, name="webhooks")

LOOK_SECONDS = 1.0
"""The system may hand a signal to any thread: then nobody wakes the main one, which alone does what it asks for."""

log: structlog.stdlib.BoundLogger = structlog.get_logger("bot")


@app.command()
def run(
    http: Annotated[
        str | None,
        typer.Option(metavar="[HOST]:PORT", help="Hear Slack by signed HTTP requests here, not by Socket Mode."),
    ] = None,
) -> None:
    """Run the bot until it is told to stop: over Socket Mode, or with --http as Slack's Request URL."""
    share_heap()
    try:
        address = address_of(http) if http else None
        settings = load_settings(HttpSettings if http else SocketSettings)
    except ValueError as error:
        _fail(f"--http: {error}")
    except SettingsError as error:
        _fail(str(error))
    # The settings hold it now; Bolt would warn at each start that it stands in the environment too.
    # With the client's id and secret there, it would keep tokens in files of its own.
    for secret in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "INSTALL_KEYS"):
        os.environ.pop(secret, None)
    configure_logs(settings.log_level)
    run_with(settings, address)


def run_with(settings: Settings, http: tuple[str, int] | None = None) -> None:
    """Start the bot; stop it on SIGINT or SIGTERM, and take its policies, accounts and rotas anew on SIGHUP."""
    # The end of a terminal is told by the same signal: what was started in one ends with it.
    reloads = sys.stdin is None or not sys.stdin.isatty()
    if reloads:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with kept_for_good():
            from bot.wiring import Caseclock

            bot = Caseclock(settings, load_policies(settings.policy_dir), http=http)
        bot.start()
    except CAUSES as cause:
        failed = not_started(cause, settings, http=http is not None)
        _fail(failed.said, failed.code)
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    if reloads:
        signal.signal(signal.SIGHUP, lambda *_: bot.operating.reload())
    said = "connected" if bot.door.is_open() else "started_without_slack"
    Worker("heap", give_back, lambda: None, GIVE_BACK_SECONDS).start()
    log.info(said, programs_from=str(settings.policy_dir), log_level=settings.log_level)
    while not told.wait(LOOK_SECONDS):
        pass
    log.info("stopping")
    if reloads:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    bot.stop()


def _fail(line: str, code: int = WRONG) -> NoReturn:
    """One line, or one a problem, on stderr."""
    print(f"caseclock: {tidy(line)}", file=sys.stderr)
    raise typer.Exit(code)


def main() -> None:
    """Entry point of the `caseclock` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that can't show a character shows ? in its place.
            stream.reconfigure(errors="replace")
    app()
