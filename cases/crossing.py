"""What crosses between the customer's thread and the triage thread: a person's message, as it stands in Slack now."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import category

from cases.case import Case
from cases.change import Places
from cases.errors import Refused
from cases.instants import iso, slack_time
from cases.people import Person
from cases.says import Body, Say, SayKind, Urgency, card_key
from cases.telling import TRIAGE, customer_thread

SHOWN = 2500
"""Characters of a customer's message that its copy keeps; the link leads to all of it."""
REPLY_LENGTH = 3000
"""Characters of a reply: the customer gets all of it, or nothing."""
FILES = 10
VISIBLE = frozenset("LNPS")
"""Kinds of characters that there is something to see of: letters, numbers, punctuation, symbols."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a message. Slack names none of another organisation's: both are empty then."""

    name: str = ""
    link: str = ""
    id: str = field(default="", compare=False)
    filename: str = field(default="", compare=False)
    """With its ending; `name` may be a title."""
    address: str = field(default="", compare=False)
    """Of its content, for who has the bot's token."""
    size: int = field(default=0, compare=False)
    """Bytes."""
    obstacle: str = field(default="", compare=False)
    """Why its content is not ours to carry: external | hidden; empty: nothing is in the way."""


@dataclass(frozen=True, slots=True)
class Line:
    """A person's message in a thread."""

    channel: str
    ts: str
    thread: str
    """The ts of the thread's first message, which may be this one."""
    author: Person
    text: str
    """As it reads: no markup of Slack's, nobody called."""
    files: tuple[File, ...] = ()
    link: str = ""
    """To the message itself; empty where Slack doesn't say."""
    edited: str = ""
    """Slack's time of the latest edit, as a ts; empty: never."""
    deleted: bool = False

    @property
    def at(self) -> datetime:
        """When it was written."""
        return slack_time(self.ts)

    @property
    def version(self) -> str:
        """Names how it stands now among all that it was."""
        return "deleted" if self.deleted else self.edited

    def is_newer_than(self, body: Body) -> bool:
        """Whether this is news to a copy with this body: events overtake one another, and a deletion is the end."""
        return (self.deleted, self.edited) > (bool(body.get("deleted")), str(body.get("edited") or ""))


def line_key(line: Line) -> str:
    """Key of its copy in the triage thread."""
    return f"line:{line.channel}:{line.ts}"


def reply_key(line: Line) -> str:
    """Key of the reply that it became."""
    return f"reply:{line.channel}:{line.ts}"


def line_say(case: Case, line: Line, by_support: bool, places: Places) -> Say:
    """The copy of a message of the customer's thread. body: user, name, support (bool), at (ISO), text (its beginning),
    left_out (characters), files (JSON: pairs of name and link), link, edited, deleted. Of a deleted one: no words.
    """
    text, files = ("", ()) if line.deleted else (line.text, line.files)
    return Say(
        key=line_key(line),
        kind=SayKind.LINE,
        channel=places.triage,
        urgency=Urgency.REPLY,
        case=case.number,
        body={
            "user": line.author.user,
            "name": line.author.name or line.author.user,
            "support": by_support,
            "at": iso(line.at),
            "text": text[:SHOWN],
            "left_out": max(0, len(text) - SHOWN),
            "files": json.dumps([[file.name, file.link] for file in files[:FILES]]),
            "link": line.link,
            "edited": line.edited,
            "deleted": line.deleted,
        },
        thread=_triage_thread(case),
    )


def reply_say(case: Case, key: str, person: Person, text: str | None, edited: str = "", deleted: bool = False) -> Say:
    """A reply in the customer's thread. body: who, name, text, edited, deleted, withdrawn; text None: withdrawn."""
    return Say(
        key=key,
        kind=SayKind.REPLY,
        channel=case.channel,
        urgency=Urgency.REPLY,
        case=case.number,
        body={
            "who": person.user,
            "name": person.name,
            "text": text or "",
            "edited": edited,
            "deleted": deleted,
            "withdrawn": text is None,
        },
        thread=customer_thread(case),
    )


def sent_say(case: Case, reply: Say, text: str, files: str, places: Places, after: str | None = None) -> Say:
    """To the triage thread, once the reply stands in the customer's and its files (the last has the key `after`) are
    through. body: who, name, text (of a form, else empty), files (`cases.crossing_files.listed`), state = sent |
    changed | withdrawn."""
    return Say(
        key=f"{reply.key}:sent",
        kind=SayKind.SENT,
        channel=places.triage,
        urgency=Urgency.REPLY,
        case=case.number,
        body={"who": reply.body["who"], "name": reply.body["name"], "text": text, "files": files, "state": "sent"},
        thread=_triage_thread(case),
        after=after or reply.key,
    )


def check_reply(text: str, files: bool = False) -> str:
    """What the customer will read.

    Raises:
        Refused: nothing is left of it, or it is too long to reach them whole.
    """
    words = text.strip()
    if not any(category(char)[0] in VISIBLE for char in words):
        alone = " Edit your message to say what the file is, and both go." if files else ""
        raise Refused(f"There are no words for the customer, so nothing was sent.{alone}")
    if len(words) > REPLY_LENGTH:
        raise Refused(
            f"This has {len(words):,} characters and {REPLY_LENGTH:,} fit into a reply, so nothing was sent. "
            "Write it in the customer's thread, or in several replies."
        )
    return words


def in_order(earlier: Iterator[Say], say: Say) -> str | None:
    """Key of the say that it must follow: what was said in sequence arrives in sequence."""
    return next((one.key for one in reversed(list(earlier)) if one.channel == say.channel), None)


def _triage_thread(case: Case) -> str:
    return f"post:{card_key(case.number, TRIAGE)}"
