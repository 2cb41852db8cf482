"""`/case` and what may follow it. Whatever is typed gets an answer, seen by that person alone."""

from collections.abc import Callable

from slack_bolt import Ack, BoltResponse

from cases.errors import Refused
from cases.messages import Drawn
from cases.ports import Json
from handlers import answers, buttons, opening, setup
from handlers.answering import actor_of, later
from handlers.failures import sentence
from handlers.front import Front
from handlers.kit import jsons, section
from handlers.payloads import Interaction, interaction, typed, word
from handlers.text import inline
from handlers.words import case_number, nearest, split, words_of

PRIORITY_USAGE = "/case priority C-12 3 why it changes"

Answer = Callable[[Front, Interaction, str], Drawn | None]
"""What is shown at once; None: something follows after the ack."""


def case(front: Front, ack: Ack, body: Json) -> BoltResponse:
    """Every `/case …`."""
    seen = interaction(body)
    asked = words_of(typed(word(body, "text")))
    try:
        drawn = ANSWERS[asked.word](front, seen, asked.rest)
    except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person hears of it
        drawn = Drawn(sentence(error), ())
    if drawn is None:
        return ack()
    return ack(text=drawn.text, blocks=[dict(block) for block in drawn.blocks], response_type="ephemeral")


def _open(front: Front, seen: Interaction, rest: str) -> None:
    later(front, seen, lambda: opening.by_command(front, seen, rest))


def _list(front: Front, seen: Interaction, rest: str) -> Drawn:
    return answers.listing(front.lookup.listing(actor_of(front, seen), seen.channel), front.clock.now())


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


def _setup(front: Front, seen: Interaction, rest: str) -> None:
    later(front, seen, lambda: setup.ask(front, seen))


def _help(front: Front, seen: Interaction, rest: str) -> Drawn:
    support = actor_of(front, seen).is_support
    return answers.help_for(support=support, claim=front.emoji.claim, resolve=front.emoji.resolve)


def _unknown(front: Front, seen: Interaction, text: str) -> Drawn:
    """Help, with what was perhaps meant above it."""
    shown, near = _help(front, seen, ""), nearest(text)
    meant = (
        f"Did you mean `/case {near}`?" if near else "To open a case with your words, write `/case open` before them."
    )
    said = f"I don't know `/case` {inline(split(text)[0], 60)}. {meant}"
    return Drawn(said, [*jsons([section(said)]), *shown.blocks])


ANSWERS: dict[str, Answer] = {
    "": _unknown,
    "open": _open,
    "list": _list,
    "show": _show,
    "resolve": _resolve,
    "priority": _priority,
    "setup": _setup,
    "help": _help,
}
