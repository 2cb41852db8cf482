"""`caseclock doctor`: everything that a promise rests on, line by line."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from bot.diagnosis import Finding

STYLES = {"ok": "green", "warning": "yellow", "error": "bold red"}


def doctor(
    http: Annotated[bool, typer.Option("--http", help="For a bot that hears Slack by HTTP.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Look at tokens, channels, people, database, policies, clocks and disk, and say what to do. Changes nothing.

    Exit 1 if there is an error; warnings alone leave it 0.
    """
    from bot.clock import SystemClock
    from bot.diagnosis import Level, summary
    from bot.doctor import examine

    findings = list(examine(http=http, now=SystemClock().now))
    if as_json:
        typer.echo(
            json.dumps({"summary": summary(findings), "findings": [asdict(each) for each in findings]}, indent=2)
        )
    else:
        _print(findings, summary(findings))
    if any(each.level is Level.ERROR for each in findings):
        raise typer.Exit(1)


def _print(findings: "Sequence[Finding]", summed_up: str) -> None:
    from bot.terminal import Terminal

    terminal = Terminal()
    terminal.print(_table(findings))
    terminal.print(summed_up)


def _table(findings: "Sequence[Finding]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for each in findings:
        said = each.said if not each.to_do else f"{each.said}\n→ {each.to_do}"
        table.add_row(Text(each.level.value, STYLES[each.level]), each.what, said)
    return table
