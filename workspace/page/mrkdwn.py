"""Slack's mrkdwn as HTML: code blocks, quotes and list items, each line formatted by ``spans``."""

import re
from itertools import groupby

from markupsafe import Markup

from workspace.model import JsonDict
from workspace.page.reader import Reader
from workspace.page.spans import inline
from workspace.page.texts import BREAK, plain, typed, unescaped, with_marked_emoji, words

CODE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
QUOTE = re.compile(r"(?:>|&gt;) ?")
REST_QUOTED = re.compile(r"^(?:>|&gt;){3} ?", re.MULTILINE)
ITEM = re.compile(r" *(•|-|\d{1,3}\.) +(.*)")


def mrkdwn(reader: Reader, source: str) -> Markup:
    """Formatted text; may hold ``<pre>``, ``<blockquote>`` and ``<div class="item">``."""
    done, last = Markup(), 0
    for found in CODE.finditer(source):
        done += _text(reader, source[last : found.start()].removesuffix("\n"))
        done += Markup("<pre>{}</pre>").format(unescaped(found[1]))
        last = found.end()
        last += source.startswith("\n", last)
    return done + _text(reader, source[last:])


def text_html(reader: Reader, text: JsonDict) -> Markup:
    """A text object by its type: ``mrkdwn`` is formatted, ``plain_text`` is not."""
    return mrkdwn(reader, text["text"]) if text["type"] == "mrkdwn" else plain_html(text)


def phrase_html(reader: Reader, text: JsonDict) -> Markup:
    """``text_html`` where only a phrase may stand, as in a label: quotes and lists stay as typed."""
    return inline(reader, text["text"]) if text["type"] == "mrkdwn" else plain_html(text)


def plain_html(text: JsonDict) -> Markup:
    return plain(text["text"]) if text.get("emoji", True) else typed(unescaped(text["text"]))


def text_words(reader: Reader, text: JsonDict) -> str:
    """A text object in characters alone, on one line where it was formatted."""
    if text["type"] == "mrkdwn":
        return mrkdwn(reader, text["text"]).replace(BREAK, " ").striptags()
    return words(text["text"]) if text.get("emoji", True) else unescaped(text["text"])


def _text(reader: Reader, source: str) -> Markup:
    found = REST_QUOTED.search(source)
    if found is None:
        return _lines(reader, source)
    before = source[: found.start()]
    quoted = Markup("<blockquote>{}</blockquote>").format(_lines(reader, source[found.end() :], quotes=False))
    return _lines(reader, before.removesuffix("\n")) + quoted


def _lines(reader: Reader, source: str, quotes: bool = True) -> Markup:
    if not source:
        return Markup()
    done = Markup()
    for quoted, group in groupby(source.split("\n"), lambda line: bool(quotes and QUOTE.match(line))):
        run = list(group)
        if quoted:
            inside = "\n".join(QUOTE.sub("", line, count=1) for line in run)
            done += Markup("<blockquote>{}</blockquote>").format(_lines(reader, inside, quotes=False))
        else:
            done += _items(reader, run)
    return done


def _items(reader: Reader, run: list[str]) -> Markup:
    done = Markup()
    for is_item, group in groupby(run, lambda line: bool(ITEM.fullmatch(line))):
        lines = list(group)
        done += Markup().join(_item(reader, line) for line in lines) if is_item else inline(reader, "\n".join(lines))
    return done


def _item(reader: Reader, line: str) -> Markup:
    """One line of a list that was typed, with its mark apart so that what wraps hangs beside it."""
    found = ITEM.fullmatch(line)
    mark, rest = found.groups() if found else ("", line)
    item = Markup('<div class="item"><span class="item-mark">{}</span><span>{}</span></div>')
    return item.format(with_marked_emoji(mark), inline(reader, rest))
