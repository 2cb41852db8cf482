"""`/case` and what may follow it. Whatever is typed gets an answer, seen by that person alone."""

from collections.abc import Callable

from slack_bolt import Ack, BoltResponse

from cases.errors import Refused
from cases.messages import Drawn
from cases.queues import Json
from handlers import (
    announcing,
    answers,
    away,
    buttons,
    casework,
    days_off,
    named_contacts,
    opening,
    plans,
    reports,
    reviews,
    setup,
)
from handlers.answering import actor_of, later, whisper
from handlers.failures import sentence
from handlers.front import Front
from handlers.kit import jsons, section
from handlers.payloads import Interaction, interaction, typed, word
from handlers.text import inline
from handlers.words import case_number, nearest, split, words_of

WAIT_USAGE = "/case wait C-12 what you need from them"
PRIORITY_USAGE = "/case priority C-12 3 why it changes"

Look = Callable[[Front, Interaction, str], Drawn]
"""Changes nothing, so it is acknowledged first: whoever else asks need not wait while it reads and draws."""
Deed = Callable[[Front, Interaction, str], Drawn | None]
"""Done before the ack, which shows what came of it; None: something follows after the ack."""


def case(front: Front, ack: Ack, body: Json) -> BoltResponse:
    """Every `/case …`."""
    seen = interaction(body)
    asked = words_of(typed(word(body, "text")))
    looks = LOOKS.get(asked.word)
    if looks is not None:
        later(front, seen, lambda: whisper(front, seen, looks(front, seen, asked.rest)))
        return ack()
    try:
        drawn = DEEDS[asked.word](front, seen, asked.rest)
    except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person hears of it
        drawn = Drawn(sentence(error), ())
    if drawn is None:
        return ack()
    return ack(text=drawn.text, blocks=[dict(block) for block in drawn.blocks], response_type="ephemeral")


def _open(front: Front, seen: Interaction, rest: str) -> None:
    later(front, seen, lambda: opening.by_command(front, seen, rest))


def _list(front: Front, seen: Interaction, rest: str) -> Drawn:
    actor, now = actor_of(front, seen), front.clock.now()
    away = front.presence.away(now) if actor.is_support else ()
    return answers.listing(front.lookup.listing(actor, seen.channel), now, away)


def _show(front: Front, seen: Interaction, rest: str) -> Drawn:
    number, _ = case_number(rest, "/case show C-12")
    actor = actor_of(front, seen)
    found, history = front.lookup.case(number, actor, seen.channel)
    zone = front.directory.zone(seen.user)
    return answers.show(found, history, front.clock.now(), zone, support=actor.is_support)


def _resolve(front: Front, seen: Interaction, rest: str) -> None:
    number, _ = case_number(rest, "/case resolve C-12")
    later(front, seen, lambda: buttons.ask_resolve(front, seen, number))


def _priority(front: Front, seen: Interaction, rest: str) -> Drawn | None:
    number, following = case_number(rest, PRIORITY_USAGE)
    priority, reason = split(following)
    if not priority:
        later(front, seen, lambda: buttons.ask_priority(front, seen, number))
        return None
    if not (priority.isascii() and priority.isdigit() and len(priority) < 4):
        raise Refused(f"Which priority? A number stands after the case: `{PRIORITY_USAGE}`.")
    changed = front.desk.reprioritise(number, int(priority), reason, actor_of(front, seen), front.clock.now())
    return Drawn(f"{changed.reference} is at {inline(changed.promise.label)} now. The customer reads why.", ())


def _wait(front: Front, seen: Interaction, rest: str) -> Drawn | None:
    number, question = case_number(rest, WAIT_USAGE)
    if not question.strip():
        later(front, seen, lambda: buttons.ask_customer(front, seen, number))
        return None
    asked = front.asking.ask(number, question, actor_of(front, seen), front.clock.now())
    return Drawn(f"The customer reads it in the thread of {asked.reference}, which waits for their answer.", ())


def _setup(front: Front, seen: Interaction, rest: str) -> None:
    later(front, seen, lambda: setup.ask(front, seen))


def _help(front: Front, seen: Interaction, rest: str) -> Drawn:
    actor = actor_of(front, seen)
    here = plans.of_channel(front, actor, seen.channel)
    emoji = front.emoji
    return answers.help_for(
        support=actor.is_support, claim=emoji.claim, resolve=emoji.resolve, prefix=front.reply_prefix, here=here
    )


def _unknown(front: Front, seen: Interaction, text: str) -> Drawn:
    """Help, with what was perhaps meant above it."""
    shown, near = _help(front, seen, ""), nearest(text)
    meant = (
        f"Did you mean `/case {near}`?" if near else "To open a case with your words, write `/case open` before them."
    )
    said = f"I don't know `/case` {inline(split(text)[0], 60)}. {meant}"
    return Drawn(said, [*jsons([section(said)]), *shown.blocks])


LOOKS: dict[str, Look] = {
    "": _unknown,
    "list": _list,
    "show": _show,
    "plan": plans.asked,
    "find": casework.find,
    "help": _help,
}

DEEDS: dict[str, Deed] = {
    "open": _open,
    "resolve": _resolve,
    "priority": _priority,
    "link": casework.link,
    "unlink": casework.unlink,
    "note": casework.note,
    "wait": _wait,
    "away": away.away,
    "off": days_off.off,
    "contacts": named_contacts.contacts,
    "announce": announcing.asked,
    "review": reviews.asked,
    "report": reports.asked,
    "setup": _setup,
}
