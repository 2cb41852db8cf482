"""The modal of `/case setup`: it links a channel to a customer's contract."""

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cases.policy import Program
from cases.ports import Policies
from cases.queues import Json
from handlers import fields, ids
from handlers.fields import metadata, values, word, words
from handlers.kit import context, modal, option
from handlers.open_words import fitting

HOURS_HINT = "Leave the hours empty where the plan's own apply. Days as mon-fri or mon,tue,thu; times as 09:00."


@dataclass(frozen=True, slots=True)
class Setup:
    """What the form holds, as typed and chosen; empty strings and tuples where nothing is."""

    channel: str
    name: str = ""
    program: str = ""
    plan: str = ""
    timezone: str = ""
    teams: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    days: str = ""
    opens: str = ""
    closes: str = ""
    holidays: str = ""


def setup_view(policies: Policies, setup: Setup) -> View:
    """The form as it stands; redrawn when the program is chosen, so that its plans can be."""
    blocks: list[Block] = [
        _text("name", "Customer", setup.name, "Acme", optional=False),
        *_contract(policies, setup),
        _text("timezone", "Time zone", setup.timezone, "America/New_York", optional=False),
        _text(
            "teams",
            "The customer's Slack team ids",
            ", ".join(setup.teams),
            "T0ACME, T0ACMEEU",
            hint="Separated by commas. Needed only where several customers share this channel.",
        ),
        _people("contacts", "Contacts at the customer", setup.contacts),
        _people("managers", "Support managers of this customer", setup.managers),
        context("*Support hours of their own*", HOURS_HINT),
        _text("days", "Days", setup.days, "mon-fri"),
        _text("opens", "From", setup.opens, "09:00"),
        _text("closes", "To", setup.closes, "18:00"),
        _text("holidays", "Holidays", setup.holidays, "US, or US-CA"),
    ]
    return modal(ids.SETUP_FORM, "Link this channel", blocks, "Link it", "Cancel", setup.channel)


def _contract(policies: Policies, setup: Setup) -> Iterator[Block]:
    programs = [option(program.name, program.id) for program in policies.values()]
    if not programs:
        return
    menu = fields.menu(ids.SETUP_CHANGED, programs, setup.program)
    yield fields.asked(_id("program"), "Programme", menu, redraws=True)
    program = policies.get(setup.program)
    if program is None:
        yield context("Choose the programme, and its plans follow here.")
    else:
        yield _plan(program, setup)


def _plan(program: Program, setup: Setup) -> Block:
    plans = [option(plan.name, plan.id) for plan in program.plans.values()]
    only = next(iter(program.plans)) if len(plans) == 1 else None
    return fields.asked(_id("plan", program.id), "Plan", fields.menu(ids.SETUP_VALUE, plans, setup.plan or only))


def read_setup(view: Json) -> Setup:
    """From the `view` of a view_submission or of a block action in it."""
    held = values(view)
    program = word(held.get(_id("program")))
    return Setup(
        channel=metadata(view),
        name=word(held.get(_id("name"))).strip(),
        program=program,
        plan=word(held.get(_id("plan", program))),
        timezone=word(held.get(_id("timezone"))).strip(),
        teams=_listed(word(held.get(_id("teams")))),
        contacts=words(held.get(_id("contacts"))),
        managers=words(held.get(_id("managers"))),
        days=word(held.get(_id("days"))).strip(),
        opens=word(held.get(_id("opens"))).strip(),
        closes=word(held.get(_id("closes"))).strip(),
        holidays=word(held.get(_id("holidays"))).strip(),
    )


def _listed(typed: str) -> tuple[str, ...]:
    return tuple(part for part in typed.replace(",", " ").split() if part)


def _text(field: str, label: str, value: str, example: str, *, optional: bool = True, hint: str = "") -> Block:
    element = fields.text(ids.SETUP_VALUE, fitting(value), placeholder=example)
    return fields.asked(_id(field), label, element, optional=optional, hint=hint)


def _people(field: str, label: str, users: tuple[str, ...]) -> Block:
    return fields.asked(_id(field), label, fields.people(ids.SETUP_VALUE, users), optional=True)


def _id(field: str, *variant: str) -> str:
    return ":".join((ids.SETUP_BLOCK, field, *variant))
