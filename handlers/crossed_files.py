"""An engineer's files on their way to the customer, and what the team reads of it."""

import re
from collections.abc import Iterator

from cases.crossing_files import AGAIN, TOO_LARGE, Carried, unlisted
from cases.messages import Attachment, Drawn, Source
from cases.says import Body
from handlers.bodies import count, text_of
from handlers.download import UNREADABLE
from handlers.text import inline, tidy

FILE_NAME = 100
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\n\t]+')
"""What some computer takes for something else than a name."""

YOURSELF = "put it into the customer's thread yourself"
WHY = {
    TOO_LARGE: f"it is too large for me to carry (20 MB at most): {YOURSELF}",
    AGAIN: "send it with a new reply if they should have it",
    UNREADABLE: f"Slack doesn't let me read it any more: {YOURSELF}",
    "external": "it isn't kept in Slack: give them a link that they can open",
    "hidden": f"Slack doesn't let me read it: {YOURSELF}",
}


def reply_file(body: Body) -> Drawn:
    """`body` as `cases.crossing_files.file_says` writes it."""
    title = _named(text_of(body, "title"))
    name = _named(text_of(body, "name") or title)
    return Drawn(title, (), Attachment(name, title, source=Source(text_of(body, "link"), count(body, "size"))))


def told_of(files: str | int | bool | None) -> tuple[str, ...]:
    """A line on those that went and one on each that did not, as mrkdwn; `files` as `cases.crossing_files.listed`."""
    return tuple(_lines(unlisted(files)))


def _lines(files: tuple[Carried, ...]) -> Iterator[str]:
    went = [inline(file.name, FILE_NAME, "a file") for file in files if file.id]
    if went:
        yield f"📎 With {', '.join(went)}."
    for file in files:
        if not file.id:
            why = WHY.get(file.why, f"Slack refused it ({inline(file.why, FILE_NAME)}): {YOURSELF}")
            yield f"⚠️ Without {inline(file.name, FILE_NAME, 'a file')}: {why}."


def _named(name: str) -> str:
    """As a file may be called: on one line, its ending kept where it is cut."""
    clean = " ".join(NOT_IN_NAMES.sub("_", tidy(name)).split()).strip(". ") or "file"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) <= FILE_NAME or not dot or len(ending) > 10:
        return clean[:FILE_NAME]
    return f"{stem[: FILE_NAME - len(ending) - 1]}.{ending}"
