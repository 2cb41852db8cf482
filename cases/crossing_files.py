"""Files that follow a reply into the customer's thread: each a say of its own, after the reply's own.

What such a file was when it was written stands in its say; its content is read from Slack as it is sent, and kept
nowhere.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cases.announcements import Sending
from cases.case import Case
from cases.crossing import FILES, File
from cases.says import Say, SayKind, Urgency
from cases.telling import customer_thread

LARGEST = 20_000_000
"""Bytes: it is held in memory between two calls, and has to be through within a letter's lease."""
TOO_LARGE = "file_too_large"
AGAIN = "again"
"""It can't come by an edit: neither a file that was taken back, nor one of a reply that went without it."""
MARK, SENT, WITHDRAWN = ":file:", ":sent", ":withdrawn"


@dataclass(frozen=True, slots=True)
class Carried:
    """A file of a reply, for the team to read about."""

    name: str
    id: str = ""
    """Slack's, of the one that goes; empty: it stays."""
    why: str = ""
    """It stays because of this: a `File.obstacle`, a code of Slack's, or one of those here."""


def obstacle(file: File) -> str:
    """Why it can't go; empty: nothing keeps it."""
    return file.obstacle or (TOO_LARGE if file.size > LARGEST else "")


def carried(files: Sequence[File]) -> tuple[Carried, ...]:
    """Of a reply that is sent now."""
    return tuple(
        Carried(file.name, "", why) if (why := obstacle(file)) else Carried(file.name, file.id)
        for file in files[:FILES]
    )


def carried_before(files: Sequence[File], gone: Mapping[str, bool]) -> tuple[Carried, ...]:
    """Of a reply that was sent before. `gone`: the files that were with it, by id, and whether they were taken back."""
    return tuple(
        Carried(file.name, file.id) if gone.get(file.id) is False else Carried(file.name, "", obstacle(file) or AGAIN)
        for file in files[:FILES]
    )


def file_says(case: Case, reply: Say, files: Sequence[File]) -> tuple[Say, ...]:
    """One for each that can go, each after the one before it. body: id, title, name (with its ending), link (its
    content, for who has the bot's token), size (bytes); withdrawn (bool).
    """
    says, after = list[Say](), reply.key
    for file in files[:FILES]:
        if not obstacle(file):
            say = Say(
                key=f"{reply.key}{MARK}{file.id}",
                kind=SayKind.REPLY_FILE,
                channel=case.channel,
                urgency=Urgency.REPLY,
                case=case.number,
                body={
                    "id": file.id,
                    "title": file.name,
                    "name": file.filename,
                    "link": file.address,
                    "size": file.size,
                    "withdrawn": False,
                },
                thread=customer_thread(case),
                after=after,
            )
            says.append(say)
            after = say.key
    return tuple(says)


def is_of(file: Say, reply: str) -> bool:
    """Whether this say of a file follows the reply of this key."""
    return file.key.startswith(f"{reply}{MARK}")


def withdrawal(file: Say) -> Say:
    """Deletes what was shared, or keeps it from being shared."""
    body = {**file.body, "withdrawn": True}
    return replace(file, key=f"{file.key}{WITHDRAWN}", body=body, updates=file.key, thread=None, after=None)


def listed(files: Sequence[Carried]) -> str:
    """For `Say.body`: JSON, triples of name, id and why."""
    return json.dumps([[file.name, file.id, file.why] for file in files])


def unlisted(held: str | int | bool | None) -> tuple[Carried, ...]:
    """What `listed` wrote; anything else, such as what was kept before files followed: nothing."""
    return tuple(Carried(*each) for each in json.loads(held)) if isinstance(held, str) and held else ()


def reply_of(say: Say) -> str:
    """Key of the reply that a say of kind `SENT` or `REPLY_FILE` is about."""
    key = say.updates or say.key
    return key.partition(MARK)[0] if say.kind is SayKind.REPLY_FILE else key.partition(SENT)[0]


def keys_of_files(sent: Say) -> tuple[str, ...]:
    """Of the files that a say of kind `SENT` tells of as sent."""
    files = unlisted(sent.body.get("files"))
    return tuple(f"{reply_of(sent)}{MARK}{file.id}" for file in files if file.id)


def as_it_went(sent: Say, states: Mapping[str, Sending]) -> Say:
    """“Sent to the customer”, told of each file as Slack took it. `states`: of the reply and its files, by key."""
    reply = reply_of(sent)

    def told(file: Carried) -> Carried:
        state = states.get(f"{reply}{MARK}{file.id}") if file.id else None
        return Carried(file.name, "", state.refused) if state and state.refused else file

    files = unlisted(sent.body.get("files"))
    failed = bool((state := states.get(reply)) and state.refused)
    return replace(sent, body={**sent.body, "files": listed([told(file) for file in files]), "failed": failed})
