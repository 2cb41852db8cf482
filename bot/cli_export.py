"""`caseclock export`: cases with their history, or all that is kept of one person; page by page."""

import csv
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from bot.cli_db import DatabaseUrl, fail
from bot.cli_erase import pause
from bot.database_opened import opened
from cases.erasing_people import paged, traces
from cases.instants import iso
from cases.ports import UnitsOfWork
from cases.traces import Row, Value
from handlers.review_file import cell

HEADER = ("Of", "Id", "Column", "Value")


def export(
    database_url: DatabaseUrl,
    account: Annotated[str | None, typer.Option(metavar="NAME", help="Only this account's cases.")] = None,
    person: Annotated[str | None, typer.Option(metavar="U…", help="All that names this Slack user.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only cases opened since: 2026-03-01.")] = None,
    format: Annotated[Literal["jsonl", "csv"], typer.Option(help="A row a line, or a value a line.")] = "jsonl",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Else stdout.")] = None,
) -> None:
    """Write cases with their history, or all that is kept of one person, for whoever asks for it."""
    if person is not None and (account is not None or since is not None):
        raise typer.BadParameter("is all that is kept of them: leave --account and --since out", param_hint="--person")
    try:
        first = datetime.fromisoformat(since).replace(tzinfo=UTC) if since else None
    except ValueError:
        raise typer.BadParameter("expected a day such as 2026-03-01", param_hint="--since") from None
    with opened(database_url) as units:
        if account is not None:
            with units() as uow:
                if uow.accounts.by_name(account) is None:
                    fail(f"No account is called {account!r}; caseclock accounts list shows them all.")
        rows = traces(units, person, person, pause) if person else _cases(units, account, first)
        try:
            with _written(out) as to:
                _write(rows, format, to)
        except OSError as error:
            fail(f"{out or 'stdout'} can't be written: {error.strerror}")


def _cases(units: UnitsOfWork, account: str | None, since: datetime | None) -> Iterator[tuple[str, Row]]:
    for row in paged(units, "cases", "", pause):
        opened_at = row["opened_at"]
        recent = since is None or (isinstance(opened_at, datetime) and opened_at >= since)
        if recent and account in (None, row["account_name"]):
            yield "cases", row
            with units() as uow:
                lines = uow.traces.of_case("history", int(str(row["number"])))
            yield from (("history", line) for line in lines)


def _write(rows: Iterator[tuple[str, Row]], format: str, to: TextIO) -> None:
    if format == "jsonl":
        for table, row in rows:
            to.write(json.dumps({"of": table, **_plain_row(row)}, ensure_ascii=False) + "\n")
        return
    table_of = csv.writer(to)
    table_of.writerow(HEADER)
    for table, row in rows:
        id = str(row.get("number", row.get("id", "")))
        for column, value in _plain_row(row).items():
            if value not in (None, "", [], {}):
                words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                table_of.writerow((table, cell(id), column, cell(words)))


def _plain_row(row: Row) -> Mapping[str, Value]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Value) -> Value:
    if isinstance(value, datetime):
        return iso(value)
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def _written(out: Path | None) -> Iterator[TextIO]:
    """Readable by its owner alone: it holds what customers wrote."""
    if out is None:
        yield sys.stdout
        return
    opener = os.open(out, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(opener, "w", encoding="utf-8", newline="") as to:
        yield to
