"""An account's add-ons in words: their person arrives, the term comes to its end; and the button of the renewal."""

from datetime import date

from slack_sdk.models.blocks import Block

from cases.messages import Drawn
from cases.reminders import ReminderKind
from cases.says import Body
from handlers import ids
from handlers.answering import actor_of
from handlers.bodies import count, instant, text_of
from handlers.escalations import LATE_FROM_SECONDS
from handlers.front import Front
from handlers.kit import actions, button, context, drawn, section
from handlers.payloads import Interaction
from handlers.text import inline, mention
from handlers.times import date as shown
from handlers.times import exactly

NAME = 80


def add_on(body: Body) -> Drawn:
    """A reminder; `body` as `cases.add_on_reminders` writes."""
    if text_of(body, "what") == ReminderKind.ARRIVAL:
        said = {"person": _welcome, "customer": _to_customer, "team": _to_team}[text_of(body, "to")](body)
        return drawn(said, [section(said), *_late(body)])
    return _renewal(body)


def asked_again(front: Front, seen: Interaction) -> None:
    """Asked for again: of an account's id and a renewal, `3:renewal:…`."""
    account, _, renewal = seen.value.partition(":")
    id = int(account) if account.isdecimal() and len(account) <= 9 else 0
    front.renewing.asked(id, renewal, actor_of(front, seen), front.clock.now())


def _welcome(body: Body) -> str:
    begin = " Cases of their named contacts are assigned to you from now on." if body.get("mission_critical") else ""
    return (
        f"Hello {mention(text_of(body, 'person'))}, from today you are there for *{_account(body)}* as their "
        f"{_title(body)}.{begin} `/case off` takes your days off."
    )


def _to_customer(body: Body) -> str:
    who = mention(text_of(body, "person"))
    what = "a case that one of your named contacts opens comes straight to them, on weekdays in their business hours"
    if not body.get("mission_critical"):
        what = "they advise you and speak for you, on weekdays in their business hours"
    return f"👋 Please meet {who}, your {_title(body)}. From today {what}. Welcome, and here's to a good time together!"


def _to_team(body: Body) -> str:
    return f"{mention(text_of(body, 'person'))} is there for *{_account(body)}* from today, as their {_title(body)}."


def _renewal(body: Body) -> Drawn:
    who, by = mention(text_of(body, "person")), _day(body, "last_day")
    head = (
        f"*{_account(body)}*'s {inline(text_of(body, 'name'), NAME)} with {who} ends on {_day(body, 'ends')}. To keep "
        f"{who} for another term, it must be asked for by *{by}*."
    )
    if body.get("asked_by"):
        when = f"{mention(text_of(body, 'asked_by'))} {shown(instant(body, 'asked_at'))}"
        said = f"✅ {who} was asked for again for *{_account(body)}*, says {when}. Thank you!"
        return drawn(said, [section(said)])
    value = f"{count(body, 'account_id')}:{text_of(body, 'renewal')}"
    blocks: list[Block] = [section(head), *_late(body), actions(button("Asked for again", ids.ASKED_AGAIN, value))]
    return drawn(head, blocks)


def _late(body: Body) -> list[Block]:
    seconds = count(body, "late_seconds")
    if seconds < LATE_FROM_SECONDS:
        return []
    return [context(f"This comes {exactly(seconds // 60 * 60)} late: I was away. I'm sorry.")]


def _account(body: Body) -> str:
    return inline(text_of(body, "account"), NAME)


def _title(body: Body) -> str:
    return inline(text_of(body, "title"), NAME)


def _day(body: Body, key: str) -> str:
    return date.fromisoformat(text_of(body, key)).strftime("%A %-d %B %Y")
