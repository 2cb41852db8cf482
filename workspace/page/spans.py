"""Formatting inside one line of mrkdwn: bold, italic, struck out and code, at word borders alone, as Slack has it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from markupsafe import Markup, escape

from workspace.page.emoji_names import SHORTCODE
from workspace.page.entities import entity
from workspace.page.reader import Reader
from workspace.page.texts import emoji_html, lines, unescaped

AFTER_WORD = r"(?<![^\W_])(?<!\u200b)"
BEFORE_WORD = r"(?![^\W_])"
ATOM = re.compile(
    rf"{AFTER_WORD}`(?P<code>[^`\n]*[^`\n\u200b])`{BEFORE_WORD}|<(?P<entity>[^<>\n]+)>|{SHORTCODE.pattern}"
)
MARKS = {"*": Markup("<b>{}</b>"), "_": Markup("<i>{}</i>"), "~": Markup("<s>{}</s>")}
CLOSING = {mark: re.compile(rf"(?<![\s\u200b]){re.escape(mark)}{BEFORE_WORD}") for mark in MARKS}
STAND_IN = "\ufffc"


def inline(reader: Reader, source: str) -> Markup:
    """mrkdwn without what takes whole lines; lines kept."""
    return lines(Markup("\n").join(_line(reader, line) for line in source.split("\n")))


def _line(reader: Reader, source: str) -> Markup:
    """Code, entities and emoji are drawn first; one character stands for each while the marks around are found."""
    parts: list[str] = []
    atoms: dict[int, Markup] = {}
    length = last = 0
    for found in ATOM.finditer(source):
        parts += [unescaped(source[last : found.start()]), STAND_IN]
        length += len(parts[-2])
        atoms[length] = _atom(reader, found)
        length += 1
        last = found.end()
    return Spans("".join(parts) + unescaped(source[last:]), atoms).drawn()


def _atom(reader: Reader, found: re.Match[str]) -> Markup:
    if found["code"] is not None:
        return Markup("<code>{}</code>").format(unescaped(found["code"]))
    if found["entity"] is not None:
        return entity(reader, found["entity"])
    return emoji_html(found["emoji"])


class Spans:
    """A line whose atoms are drawn already, each at its place in ``text``."""

    def __init__(self, text: str, atoms: dict[int, Markup]) -> None:
        self._text, self._atoms, self._places = text, atoms, sorted(atoms)

    def drawn(self) -> Markup:
        return Markup().join(self._marked(0, len(self._text), frozenset(MARKS)))

    def _marked(self, start: int, end: int, marks: frozenset[str]) -> Iterator[Markup]:
        """The stretch with these marks in force; inside a mark the same one is only a character."""
        while marks and (opened := _opening(marks).search(self._text, start, end)):
            mark = opened[1]
            closed = CLOSING[mark].search(self._text, opened.end() + 1, end)
            if closed is None:
                # No later one of this line can be closed either.
                marks -= {mark}
                continue
            yield from self._plain(start, opened.start())
            inside = Markup().join(self._marked(opened.end(), closed.start(), marks - {mark}))
            yield MARKS[mark].format(inside)
            start = closed.end()
        yield from self._plain(start, end)

    def _plain(self, start: int, end: int) -> Iterator[Markup]:
        last = start
        for at in self._places[bisect_left(self._places, start) : bisect_left(self._places, end)]:
            yield escape(self._text[last:at])
            yield self._atoms[at]
            last = at + 1
        yield escape(self._text[last:end])


@cache
def _opening(marks: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"{AFTER_WORD}([{''.join(sorted(marks))}])(?![\s\u200b])(?!\1)")
