"""`caseclock webhooks`: what could not be brought to other systems, and another try."""

import base64
import json
import secrets
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli_db import DatabaseUrl, fail, print_plain
from bot.clock import SystemClock
from bot.database_opened import opened
from cases.instants import iso
from cases.parcels import Dead

webhooks_app = typer.Typer(
    help="Webhooks to other systems: what was given up, and the secrets that sign them.", no_args_is_help=True
)
SECRET_BYTES = 32


@webhooks_app.command("new-secret")
def new_secret() -> None:
    """Print a new secret for an endpoint in ADDRESSES_FILE. It is kept nowhere else."""
    typer.echo(f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}")


@webhooks_app.command("dead")
def dead(database_url: DatabaseUrl, as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """List what was given up after its last try."""
    with opened(database_url) as units, units.reading() as uow:
        found = uow.parcels.dead()
    if as_json:
        typer.echo(json.dumps([_plain(each) for each in found], indent=2))
    elif found:
        Console(markup=False, highlight=False, emoji=False).print(_table(found))
    else:
        print_plain("Nothing was given up.")


@webhooks_app.command("retry")
def retry(
    database_url: DatabaseUrl,
    id: Annotated[int | None, typer.Argument(metavar="ID", help="As `webhooks dead` lists it.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Everything that was given up.")] = False,
) -> None:
    """Try again what was given up, from the beginning. A running bot begins within five seconds."""
    if (id is None) is not all_:
        fail("Say which: an ID as `caseclock webhooks dead` lists it, or --all.")
    now = SystemClock().now()
    with opened(database_url) as units, units() as uow:
        ids = [each.id for each in uow.parcels.dead()] if id is None else [id]
        revived = sum(uow.parcels.revive(each, now) for each in ids)
    if id is not None and not revived:
        fail(f"Nothing with the id {id} was given up: `caseclock webhooks dead` lists what was.")
    print_plain(f"{revived} will be tried again." if revived else "Nothing was given up.")


def _plain(dead: Dead) -> dict[str, object]:
    parcel = dead.parcel
    return {
        "id": dead.id,
        "webhook_id": f"msg_{dead.token}",
        "endpoint": parcel.address,
        "case": parcel.case,
        "happened_at": iso(parcel.at),
        "tries": dead.attempts,
        "error": dead.error,
        "given_up_at": iso(dead.given_up_at),
    }


def _table(found: Sequence[Dead]) -> Table:
    table = Table("Id", "Endpoint", "Case", "Happened", "Tries", "Last error", box=None)
    for each in found:
        parcel = each.parcel
        happened = f"{parcel.at:%Y-%m-%d %H:%M} UTC"
        table.add_row(str(each.id), parcel.address, f"C-{parcel.case}", happened, str(each.attempts), each.error)
    return table
