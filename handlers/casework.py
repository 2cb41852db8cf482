"""`/case link`, `/case note` and `/case find`: keeping cases in order, and finding them again."""

import re
from dataclasses import replace
from typing import Literal

from cases.errors import Refused
from cases.finding import ME, NOBODY, Search, search_of
from cases.messages import Drawn
from handlers import answers
from handlers.answering import actor_of
from handlers.front import Front
from handlers.payloads import Interaction
from handlers.text import inline
from handlers.words import case_number, split

LINK_USAGE = "/case link C-12 duplicate-of C-7"
UNLINK_USAGE = "/case unlink C-12 C-7"
KINDS: dict[str, Literal["duplicate", "related"]] = {
    "duplicate-of": "duplicate",
    "duplicate": "duplicate",
    "related": "related",
    "related-to": "related",
}
USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
NOTE_USAGE = "/case note C-12 they test it on Monday"


def link(front: Front, seen: Interaction, rest: str) -> Drawn:
    """Two cases belong together, or one was opened for what the other is about already."""
    number, following = case_number(rest, LINK_USAGE)
    word, after = split(following)
    kind = KINDS.get(word.lower())
    if kind is None:
        raise Refused(f"How do they belong together? `{LINK_USAGE}`, or `/case link C-12 related C-7`.")
    if split(after)[0].lower() in {"of", "to"}:
        after = split(after)[1]
    other, _ = case_number(after, LINK_USAGE)
    linked = front.casework.link(number, other, kind, actor_of(front, seen), front.clock.now())
    if kind == "related":
        return Drawn(f"{linked.reference} and C-{other} are related now; both cards say so.", ())
    said = f"{linked.reference} is a duplicate of C-{other} now. Its clocks have ended; its customer reads why."
    return Drawn(said, ())


def unlink(front: Front, seen: Interaction, rest: str) -> Drawn:
    """Two cases don't belong together after all."""
    number, following = case_number(rest, UNLINK_USAGE)
    word, after = split(following)
    other, _ = case_number(after if word.lower() in {"from", "and"} else following, UNLINK_USAGE)
    case = front.casework.unlink(number, other, actor_of(front, seen), front.clock.now())
    stays = f" {case.reference} {case.how_done} all the same." if case.is_done else ""
    return Drawn(f"{case.reference} and C-{other} aren't linked any more; both cards say so.{stays}", ())


def note(front: Front, seen: Interaction, rest: str) -> Drawn:
    """Words for the team."""
    number, words = case_number(rest, NOTE_USAGE)
    noted = front.casework.note(number, words, actor_of(front, seen), front.clock.now())
    return Drawn(f"Noted on {noted.reference}, for the team alone: in its triage thread and in `/case show`.", ())


def find(front: Front, seen: Interaction, rest: str) -> Drawn:
    """Cases by words and filters."""
    actor = actor_of(front, seen)
    search = _with_assignee(front, search_of(rest))
    found = front.lookup.find(search, actor, seen.channel)
    return answers.found(found, front.clock.now(), support=actor.is_support)


def _with_assignee(front: Front, search: Search) -> Search:
    """The assignee as they are stored: by Slack id."""
    typed = search.assignee
    if typed is None or typed.lower() in {ME, NOBODY}:
        return replace(search, assignee=typed.lower() if typed else None)
    if mentioned := USER.fullmatch(typed):
        return replace(search, assignee=mentioned[1])
    user = front.directory.support_named(typed.removeprefix("@"))
    if user is None:
        known = "`assignee:` takes `me`, `nobody` or `@name`."
        raise Refused(f"I know nobody of the support team called {inline(typed, 60)}. {known}")
    return replace(search, assignee=user)
