"""Articles that may answer what somebody is about to ask: the closest few, offered in the form."""

from collections.abc import Iterable, Iterator
from functools import partial

from rapidfuzz import fuzz, utils
from slack_sdk.models.blocks import Block

from cases.articles import Article
from cases.queues import Json
from handlers import ids
from handlers.kit import button, section
from handlers.payloads import part, parts, word
from handlers.text import inline, link

MOST = 3
ALIKE = 85.0
"""Percent: a slip of the pen still counts, another word doesn't."""
SHORTEST = 3
"""Letters; a word of a title that says something has more."""


def closest(typed: str, articles: Iterable[Article]) -> list[Article]:
    """The articles that share most with what was typed, the closest first; none that shares nothing."""
    words = utils.default_process(typed)
    scored = [(_score(words, article), article) for article in articles] if words else []
    ranked = sorted(scored, key=lambda each: -each[0])
    return [article for score, article in ranked if score > 0][:MOST]


def suggested(typed: str, articles: Iterable[Article]) -> Iterator[Block]:
    """Each with a button that ends the form there; nothing where nothing is close."""
    found = closest(typed, articles)
    if found:
        yield section("*Perhaps this helps at once*")
    for article in found:
        answered = button("This answered it", ids.ANSWERED, article.id)
        yield section(link(article.link, inline(article.title)), accessory=answered)


def offered(view: Json) -> list[str]:
    """Ids of the articles that a view of the form offers now."""
    buttons = (part(block, "accessory") for block in parts(view, "blocks"))
    return [word(each, "value") for each in buttons if word(each, "action_id") == ids.ANSWERED]


def _score(typed: str, article: Article) -> float:
    """The keywords that stand there count whole, words of the title half: they may be anybody's."""
    keywords = dict.fromkeys(utils.default_process(word) for word in article.words)
    title = dict.fromkeys(word for word in utils.default_process(article.title).split() if len(word) > SHORTEST)
    like = partial(_likeness, typed)
    return sum(map(like, keywords)) + sum(map(like, title)) / 2


def _likeness(typed: str, word: str) -> float:
    """Of a word to the one most like it, of a phrase to any part as long; 0 where they aren't alike."""
    if " " in word:
        return fuzz.partial_ratio(word, typed, score_cutoff=ALIKE)
    return max(fuzz.ratio(word, each, score_cutoff=ALIKE) for each in typed.split())
