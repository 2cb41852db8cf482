"""`caseclock policy`: check the programmes, read them, ask when a response is due; try an edited one on past cases."""

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn

import typer
from rich.console import RenderableType

from bot.cli_policy_adopt import adopt
from bot.cli_policy_try import diff, replay
from bot.policy_due import DueRequest, Json, batch, due, one_of
from bot.policy_due_page import due_json, due_page
from bot.policy_folder import PolicyFolder, policies_of
from bot.policy_pages import checked_json, checked_page, problems_json, problems_page, program_json, program_page
from bot.terminal import Terminal
from cases.calendars import CalendarBook
from cases.errors import CaseclockError
from cases.ports import Policies
from cases.reaching import unnamed
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from policies.problems import PolicyErrors

policy_app = typer.Typer(
    help="The support programmes: check them, read them, ask when a response is due.", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@policy_app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Policy files; else POLICY_DIR, else the shipped ones.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say every problem in the policy files at once (exit 1), or that all is well and what is assumed."""
    settings = PolicyFolder()
    folder = folder or settings.policy_dir
    try:
        policies = load_policies(folder, strict=True)
    except PolicyErrors as error:
        if as_json:
            _print_json(problems_json(folder, error.problems))
        else:
            _console(stderr=True).print(problems_page(error.problems))
        raise typer.Exit(1) from None
    if settings.addresses_file is not None:
        _addressed(policies, settings.addresses_file)
    _show(checked_page(policies), checked_json(folder, policies), as_json)


def _addressed(policies: Policies, file: Path) -> None:
    """Whoever a ladder reaches outside Slack has to be named in the operator's file."""
    from outside.addresses import AddressesError, load_addresses

    try:
        unknown = unnamed(policies, load_addresses(file).reach)
    except AddressesError as error:
        unknown = [str(error)]
    if unknown:
        _fail(f"ADDRESSES_FILE: {'; '.join(unknown)}")


@policy_app.command()
def show(
    program: Annotated[str, typer.Argument(help="The program: oko, okta, auth0.")],
    plan: Annotated[str | None, typer.Option(help="Only this plan.")] = None,
    product: Annotated[str | None, typer.Option(help="Only this product.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a programme as a person reads it."""
    try:
        shown = one_of(policies_of(), "program", program)
        plans = [one_of(shown.plans, "plan", plan)] if plan else list(shown.plans.values())
        products = [one_of(shown.products, "product", product)] if product else list(shown.products.values())
    except CaseclockError as error:
        _fail(str(error))
    _show(program_page(shown, plans, products), program_json(shown, plans, products), as_json)


@policy_app.command("due")
def due_command(
    program: Annotated[str | None, typer.Option()] = None,
    plan: Annotated[str | None, typer.Option()] = None,
    product: Annotated[str | None, typer.Option()] = None,
    priority: Annotated[int | None, typer.Option(help="Its number; leave it out where there are none.")] = None,
    opened_at: Annotated[str | None, typer.Option(help="With Z or an offset: 2026-03-27T00:30:00Z.")] = None,
    timezone: Annotated[str | None, typer.Option(help="The account's zone: Asia/Jerusalem.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Each stretch of time, counted or skipped.")] = False,
    lines: Annotated[
        str | None, typer.Option("--batch", metavar="FILE|-", help="JSON lines with these fields; - reads stdin.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say when a first response is due.

    With --batch each JSON line comes back with due_at or, where that can't be told, with error: that is an answer
    too, so the exit code stays 0.
    """
    fields = {
        "program": program,
        "plan": plan,
        "product": product,
        "opened_at": opened_at,
        "timezone": timezone,
    }
    if lines is not None:
        if explain or priority is not None or any(value is not None for value in fields.values()):
            raise typer.BadParameter("the lines say it all; leave the other options out", param_hint="--batch")
        _due_batch(lines)
        return
    for name, value in fields.items():
        if value is None:
            raise typer.BadParameter("is needed, unless --batch is given", param_hint=f"--{name.replace('_', '-')}")
    _due_once(DueRequest.model_validate({**fields, "priority": priority}), explain, as_json)


def _due_once(request: DueRequest, explain: bool, as_json: bool) -> None:
    try:
        answer = due(policies_of(), CalendarBook(holiday_names), request)
        stretches = answer.calendar.explain(answer.opened_at, answer.due_at) if explain else None
    except (CaseclockError, ValueError) as error:
        _fail(str(error))
    _show(due_page(answer, stretches or ()), due_json(answer, stretches), as_json)


def _due_batch(name: str) -> None:
    policies = policies_of()
    with _opened(name) as lines:
        for answer in batch(policies, CalendarBook(holiday_names), lines):
            _print_json(answer, indent=None)


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        if sys.stdin is None:
            _fail("there is no stdin to read; name a file instead")
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        _fail(f"{name} can't be read: {error.strerror}")


def _show(page: RenderableType, values: Json, as_json: bool) -> None:
    if as_json:
        _print_json(values)
    else:
        _console().print(page)


def _print_json(values: Json, indent: int | None = 2) -> None:
    typer.echo(json.dumps(values, indent=indent))


def _console(stderr: bool = False) -> Terminal:
    return Terminal(stderr=stderr)


def _fail(sentence: str) -> NoReturn:
    _console(stderr=True).print(sentence)
    raise typer.Exit(1)


for command in (diff, replay, adopt):
    policy_app.command()(command)
