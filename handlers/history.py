"""A case's history as a person reads it."""

import re
from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block

from cases.case import Entry
from handlers.kit import context, packed
from handlers.text import clip, escape, mention
from handlers.times import local, wall

SHOWN = 40
WHY = 400
NOTE = 1000

WORDS = {
    "opened": "opened it",
    "answered": "answered a guiding question",
    "recommended": "saw the recommendation",
    "started": "set the start of the clock",
    "committed": "named who is reachable",
    "typed": "wrote with the command",
    "nobody-named": "asked again who can be reached",
    "claimed": "claimed it",
    "assigned": "assigned to the dedicated engineer",
    "released": "open to the whole team again",
    "given-back": "gave it back",
    "responded": "answered",
    "wrote": "wrote to the customer",
    "wrote-after": "wrote under the solution",
    "wrote-in": "wrote, and waits for the next response",
    "reprioritised": "changed the priority",
    "adopted": "moved to today's policy",
    "escalated": "escalated",
    "breached": "deadline missed",
    "check-in": "check-in",
    "confirmed": "confirmed that they are available",
    "handed-over": "handed over",
    "manager-asked": "asked for their success manager",
    "wished": "asked for another priority",
    "wish-granted": "granted that",
    "wish-refused": "kept the priority as it was",
    "linked": "linked it",
    "unlinked": "took a link back",
    "noted": "noted for the team",
    "detected": "noticed it before anyone reported it",
    "resolved": "resolved it",
    "asked": "asked the customer",
    "reminded": "the customer was reminded",
    "offered-close": "the customer was offered to close it",
    "came-back": "came back to it",
    "taken-back": "went on without an answer",
    "asked-engineer": "asked whether its engineer is still on it",
    "on-it": "is on it",
    "lapsed": "went back to the queue",
    "nobody-has-it": "told again that nobody has it",
    "offered": "offered a solution",
    "helped": "said that it helps",
    "reopened": "reopened it",
    "rated": "rated our help",
    "closed": "closed",
}
INSIDE = frozenset(
    {
        "adopted",
        "escalated",
        "breached",
        "check-in",
        "linked",
        "unlinked",
        "noted",
        "asked-engineer",
        "on-it",
        "lapsed",
        "nobody-has-it",
    }
)
"""The support team's own affair; a customer sees the rest."""
WITH_PEOPLE = frozenset({"committed", "check-in", "handed-over", "lapsed", "assigned", "released"})
"""Their reason is written by the bot and names people by Slack id."""
USER = re.compile(r"\b[UW][A-Z0-9]{2,}\b")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def history(entries: Sequence[Entry], zone: str, support: bool) -> list[Block]:
    """The latest entries, oldest first, in the reader's zone; says how many earlier ones are left out."""
    told = [entry for entry in entries if support or entry.what not in INSIDE]
    lines = [_line(entry, zone) for entry in told[-SHOWN:]]
    blocks: list[Block] = []
    if len(told) > len(lines):
        blocks.append(context(f"{len(told) - len(lines)} earlier entries are not shown."))
    return [*blocks, *packed(lines)]


def _line(entry: Entry, zone: str) -> str:
    who = f"{mention(entry.who.user)} " if entry.who else ""
    why = f": {_why(entry, zone)}" if entry.why else ""
    return f"{wall(entry.at, zone)} · {who}{WORDS.get(entry.what, escape(entry.what))}{why}"


def _why(entry: Entry, zone: str) -> str:
    words = clip(" ".join(entry.why.split()), NOTE if entry.what == "noted" else WHY)
    if entry.what in WITH_PEOPLE:
        return USER.sub(lambda found: mention(found[0]), words)
    if entry.who is None:
        return INSTANT.sub(lambda found: local(datetime.fromisoformat(found[0]), zone), words)
    return words
