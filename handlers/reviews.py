"""Asking for a ticket review: by command, button or mention, and from a customer's Home. Answered in private."""

import re

from slack_bolt import Ack
from slack_sdk.models.blocks import Block

from cases.errors import Refused
from cases.messages import Drawn
from cases.people import Actor
from cases.queues import Json
from cases.reviewing import USUAL_DAYS
from cases.reviews import Asker, Made, NotHere
from handlers import ids
from handlers.answering import actor_of, later, whisper
from handlers.front import Front
from handlers.home_parts import place
from handlers.kit import actions, button, context, drawn, section
from handlers.payloads import Interaction, interaction
from handlers.review_message import span
from handlers.text import inline, inline_plain, link

USAGE = f"/case review {USUAL_DAYS}"
OFFERED = 5
"""Buttons, for as many accounts of one channel."""


def asked(front: Front, seen: Interaction, rest: str) -> None:
    """`/case review [days]`.

    Raises:
        Refused: what follows is no number of days.
    """
    days = _days(rest)
    later(front, seen, lambda: whisper(front, seen, _answer(front, actor_of(front, seen), seen.channel, days)))


def by_button(front: Front, ack: Ack, body: Json) -> None:
    """Ask for a ticket review, under what a plan brings."""
    ack()
    seen = interaction(body)

    def answer() -> Drawn:
        return _answer(front, actor_of(front, seen), seen.channel, USUAL_DAYS, seen.number)

    later(front, seen, lambda: whisper(front, seen, answer()))


def in_private(front: Front, ack: Ack, body: Json) -> None:
    """Send it to me: for who looks after the account, where others share the channel."""
    ack()
    seen = interaction(body)
    account, _, days = seen.value.partition(":")

    def answer() -> Drawn:
        asker, now = _asker(front, actor_of(front, seen)), front.clock.now()
        return _said(front, front.reviews.ask_in_private(asker, _number(account), _number(days), now), "")

    later(front, seen, lambda: whisper(front, seen, answer()))


def at_home(front: Front, seen: Interaction) -> str:
    """From a customer's Home; what came of it, in mrkdwn.

    Raises:
        Refused: not theirs, or no place for it.
    """
    asker = _asker(front, actor_of(front, seen))
    return _said(front, front.reviews.ask_at_home(asker, seen.number, front.clock.now()), "").text


def review_asked(text: str) -> int | None:
    """Days that a mention with the word `review` asks for; None: it asks for something else."""
    found = re.fullmatch(
        r"\W*(?:ticket\s+)?review(?:\s+(\d{1,3})(?:\s+days)?)?\W*", re.sub(r"<[^<>]*>", "", text), re.I
    )
    if found is None:
        return None
    return int(found[1]) if found[1] else USUAL_DAYS


def by_mention(front: Front, actor: Actor, channel: str, days: int) -> Drawn:
    """The answer to who mentioned the bot with `review`."""
    try:
        return _answer(front, actor, channel, days)
    except Refused as refusal:
        return Drawn(str(refusal), ())


def _answer(front: Front, actor: Actor, channel: str, days: int, account: int | None = None) -> Drawn:
    try:
        made = front.reviews.ask(_asker(front, actor), channel, front.clock.now(), days, account)
    except NotHere as refusal:
        return in_private_offer(refusal)
    return _said(front, made, channel)


def in_private_offer(refusal: NotHere) -> Drawn:
    """Not in this channel, but by direct message, of one account or another."""
    blocks: list[Block] = [section(str(refusal))]
    for each in refusal.accounts[:OFFERED]:
        words = f"Send me {inline_plain(each.name, 50)}'s"
        blocks.append(actions(button(words, ids.REVIEW_PRIVATE, f"{each.id}:{refusal.days}")))
    if len(refusal.accounts) > OFFERED:
        blocks.append(context(f"… and {len(refusal.accounts) - OFFERED} more: ask in a channel of theirs alone."))
    return drawn(str(refusal), blocks)


def _said(front: Front, made: Made, here: str) -> Drawn:
    in_private = made.channel.startswith(("U", "W"))
    where = "to you by direct message" if in_private else "here" if made.channel == here else f"in <#{made.channel}>"
    if made.is_new:
        name = f" of *{inline(made.account.name, 80)}*"
        return Drawn(
            f"📋 The ticket review{name}, {span(made.days)}, comes {where} in a moment, its file in its thread.", ()
        )
    there = link(place(front.directory.identity.url, made.post), "there already") if made.post else "on its way"
    return Drawn(f"📋 Today's ticket review, {span(made.days)}, is {there}. Tomorrow there can be a new one.", ())


def _asker(front: Front, actor: Actor) -> Asker:
    return Asker(actor, actor.person.team in front.directory.identity.teams)


def _days(typed: str) -> int:
    words = typed.split()
    if not words:
        return USUAL_DAYS
    if len(words) > 2 or words[1:] not in ([], ["days"]) or not _number(words[0]):
        raise Refused(f"Over how many days? Like this: `{USAGE}`.")
    return _number(words[0])


def _number(text: str) -> int:
    """0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
