"""An announcement to the channels of a programme: what it says, whom it reaches, and how far it has come."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from unicodedata import category

from cases.accounts import Account
from cases.errors import Invalid
from cases.people import Person
from cases.says import Body, Say, SayKind, Urgency

TITLE_LENGTH = 140
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Kinds of characters: control, formatting (what turns the direction of writing around is among it), halves of one."""
LINK = re.compile(r"https?://[^\s<>|]{1,500}")
STEP = 25
"""Its receipt is drawn anew each time so many more channels are settled, and when all are."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is announced; raw, as the manager wrote it."""

    program: str = ""
    """Id of the programme."""
    title: str = ""
    text: str = ""
    link: str = ""
    """Address of the release notes, or ""."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Stored before its form is shown, so that whatever is pressed twice is sent once."""

    id: str
    by: Person
    begun_at: datetime
    words: Words = Words()
    channels: tuple[str, ...] = ()
    """Whom it was sent to, in order."""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """A channel, and the names of the programme's accounts in it."""

    channel: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of one say so far."""

    sent: bool
    refused: str
    """Slack's code, where it refuses it for good; else ""."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Who received an announcement."""

    sent: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    """Channel, and Slack's code."""
    waiting: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.settled + len(self.waiting)

    @property
    def settled(self) -> int:
        """Channels of which it is known what became."""
        return len(self.sent) + len(self.refused)

    @property
    def is_worth_telling(self) -> bool:
        """Not one edit of the receipt for each channel."""
        return not self.waiting or self.settled % STEP == 0


def receivers(accounts: Iterable[Account], program: str) -> tuple[Receiver, ...]:
    """Channels of a programme's accounts as they are linked now, each once."""
    names: dict[str, list[str]] = {}
    for account in accounts:
        if account.program == program:
            for channel in account.channels:
                names.setdefault(channel, []).append(account.name)
    return tuple(Receiver(channel, tuple(found)) for channel, found in names.items())


def check(words: Words) -> None:
    """Raises Invalid: by field, what is missing or too long."""
    wrong: dict[str, str] = {}
    if not words.program:
        wrong["program"] = "Whose customers is it for?"
    if not words.title.strip():
        wrong["title"] = "A few words for the title, please."
    elif len(words.title.strip()) > TITLE_LENGTH:
        wrong["title"] = f"The title has {len(words.title.strip()):,} characters; {TITLE_LENGTH} fit."
    if not words.text.strip():
        wrong["text"] = "What changes, and from when?"
    if words.link and not LINK.fullmatch(words.link):
        wrong["link"] = "One address that begins with https://, please; or leave it empty."
    elif any(category(char) in UNSEEN for char in words.link):
        wrong["link"] = "There is a character in it that nobody sees, and that may make it look like another address."
    if wrong:
        raise Invalid(wrong)


def stamp(words: Words, to: Iterable[Receiver]) -> str:
    """Changes with every word and every channel: what is sent is what was previewed."""
    seen = (words.program, words.title, words.text, words.link, *(each.channel for each in to))
    return sha256(repr(seen).encode()).hexdigest()[:16]


def body_of(words: Words, program: str) -> dict[str, str]:
    """What customers read; `program` is the programme's name."""
    return {"program": program, "title": words.title, "text": words.text, "link": words.link}


def says_of(announcement: Announcement, program: str, managers: str) -> tuple[Say, ...]:
    """To each channel, after its card and receipt in the managers' channel. `program` is the programme's name."""
    id, said = announcement.id, body_of(announcement.words, program)
    card: Body = {**said, "part": "card", "by": announcement.by.user, "total": len(announcement.channels)}
    nobody = Tally((), (), announcement.channels)
    return (
        Say(card_key(id), SayKind.ANNOUNCED, managers, Urgency.REPLY, body=card),
        Say(receipt_key(id), SayKind.ANNOUNCED, managers, Urgency.CARD, body=receipt(id, nobody), thread=_under(id)),
        *(
            Say(key_to(id, channel), SayKind.ANNOUNCEMENT, channel, Urgency.ANNOUNCEMENT, body=said | {"of": id})
            for channel in announcement.channels
        ),
    )


def receipt(id: str, tally: Tally) -> Body:
    """How far it has come, for drawing."""
    return {
        "part": "receipt",
        "announcement": id,
        "received": " ".join(tally.sent),
        "total": tally.total,
        "refused": " ".join(f"{channel}:{reason}" for channel, reason in tally.refused),
        "waiting": " ".join(tally.waiting),
    }


def receipt_again(id: str, tally: Tally, managers: str) -> Say:
    """The receipt drawn anew, once for each number of channels settled."""
    key = receipt_key(id)
    return Say(
        f"{key}:{tally.settled}", SayKind.ANNOUNCED, managers, Urgency.CARD, body=receipt(id, tally), updates=key
    )


def tally_of(channels: Iterable[str], sendings: Mapping[str, Sending], id: str) -> Tally:
    """From what became of the says, by key."""
    found = {channel: sendings.get(key_to(id, channel), Sending(False, "")) for channel in channels}
    return Tally(
        tuple(channel for channel, sending in found.items() if sending.sent),
        tuple((channel, sending.refused) for channel, sending in found.items() if sending.refused),
        tuple(channel for channel, sending in found.items() if not (sending.sent or sending.refused)),
    )


def key_to(id: str, channel: str) -> str:
    """Key of the say to one channel."""
    return f"announcement:{id}:{channel}"


def card_key(id: str) -> str:
    """Key of its card in the managers' channel."""
    return f"announced:{id}"


def receipt_key(id: str) -> str:
    """Key of the receipt under the card."""
    return f"announced:{id}:receipt"


def _under(id: str) -> str:
    return f"post:{card_key(id)}"
