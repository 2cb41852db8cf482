"""`python -m workspace`: the local Slack, with the bot in it."""

import signal
import sys
from threading import Event

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)


@app.callback()
def about() -> None:
    """A local Slack to try Caseclock in, without tokens and without a network."""


@app.command()
def demo() -> None:
    """From Thursday to Monday with three customers, told in the terminal while the bot lives it."""
    try:
        _tell()
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        raise typer.Exit(130) from None


def _tell() -> None:
    """Imports what it needs only now, when Ctrl-C is heard already."""
    from rich.console import Console

    from bot.logs import configure_logs
    from workspace.demo import demo as tell

    configure_logs("WARNING")
    tell(Console(), _interrupted())


def _interrupted() -> Event:
    """Set by the first Ctrl-C, so that the bot may come to its end; a second one doesn't wait."""
    heard = Event()

    def hear(*_: object) -> None:
        heard.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, hear)
    return heard


if __name__ == "__main__":
    app(prog_name="python -m workspace")
