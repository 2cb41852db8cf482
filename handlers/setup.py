"""`/case setup`: a support manager links a channel to a customer's account, or changes what is linked."""

import re
from dataclasses import replace

from slack_bolt import Ack, BoltResponse

from cases.accounts import Account
from cases.errors import Refused
from cases.hours import CalendarSpec
from cases.linking import MANAGERS_LINK
from cases.queues import Json
from cases.room import managers_only
from handlers.answering import actor_of, later, redraw_modal, show_modal
from handlers.closing import message_view
from handlers.failures import form_errors
from handlers.front import Front
from handlers.payloads import Interaction, interaction
from handlers.setup_form import Setup, read_setup, setup_view
from handlers.text import inline

CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def ask(front: Front, seen: Interaction) -> None:
    """The form, after the ack; filled where exactly one account is linked to the channel."""
    managers_only(actor_of(front, seen), MANAGERS_LINK)
    with front.units.reading() as uow:
        linked = uow.accounts.in_channel(seen.channel)
    preset = _setup_of(linked[0], seen.channel) if len(linked) == 1 else Setup(seen.channel)
    show_modal(front, seen, setup_view(front.policies, preset))


def changed(front: Front, ack: Ack, body: Json) -> None:
    """The programme was chosen: its plans follow."""
    seen = interaction(body)
    front.clicks.note(str(seen.view.get("id")), seen.acted_at)
    ack()
    later(front, seen, lambda: _redraw(front, seen))


def _redraw(front: Front, seen: Interaction) -> None:
    managers_only(actor_of(front, seen), MANAGERS_LINK)
    redraw_modal(front, seen, setup_view(front.policies, read_setup(seen.view)))


def submitted(front: Front, ack: Ack, body: Json) -> BoltResponse:
    """The form was sent: the account is stored and welcomed in its channel."""
    seen = interaction(body)
    try:
        actor = actor_of(front, seen)
        managers_only(actor, MANAGERS_LINK)
        linked = front.reception.link(_account(front, read_setup(seen.view)), actor)
    except Exception as error:  # noqa: BLE001,RUF100 - the form stays open and says why
        return ack(response_action="errors", errors=form_errors(error, seen.view))
    said = f"This channel belongs to *{inline(linked.name)}*. Its people open cases with the button that I pin here."
    return ack(response_action="update", view=message_view("Linked", said))


def _account(front: Front, setup: Setup) -> Account:
    """What was typed, on top of the account of that name. Raises Invalid for the hours; `link` checks the rest.

    Raises:
        Refused: the form carries no channel.
    """
    if not CHANNEL.fullmatch(setup.channel):
        raise Refused("This form has lost its channel. Please start again with `/case setup` there.")
    with front.units.reading() as uow:
        known = uow.accounts.by_name(setup.name)
    account = known or Account(0, setup.name, setup.program, setup.plan, setup.timezone, ())
    typed = (setup.days, setup.opens, setup.closes, setup.holidays)
    return replace(
        account,
        program=setup.program,
        plan=setup.plan,
        timezone=setup.timezone,
        channels=tuple(dict.fromkeys((*account.channels, setup.channel))),
        teams=setup.teams,
        business_hours=front.business_hours(*typed) if any(typed) else None,
        contacts=setup.contacts,
        managers=setup.managers,
    )


def _setup_of(account: Account, channel: str) -> Setup:
    days, opens, closes, holidays = _typed(account.business_hours) if account.business_hours else ("", "", "", "")
    return Setup(
        channel=channel,
        name=account.name,
        program=account.program,
        plan=account.plan,
        timezone=account.timezone,
        teams=account.teams,
        contacts=account.contacts,
        managers=account.managers,
        days=days,
        opens=opens,
        closes=closes,
        holidays=holidays,
    )


def _typed(hours: CalendarSpec) -> tuple[str, str, str, str]:
    """An account's own hours as they are typed; they are the same on each of their days."""
    days = ", ".join(WEEK[window.day] for window in hours.windows)
    first = hours.windows[0]
    closes = first.closes if first.closes <= 24 * 60 else first.closes - 24 * 60
    return days, _clock(first.opens), _clock(closes), hours.holidays or ""


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
