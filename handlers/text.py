"""What people typed, made safe to show: it pings nobody, breaks no card, and is never cut without saying so."""

import re
from collections.abc import Callable, Sequence
from unicodedata import category

Tell = Callable[[int], str]
"""From the number of characters left out to the words that say so; plain text of our own."""

ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of a character, and what turns the direction of writing around."""
ZERO_WIDTH = "\u200b"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

FORMATTING = re.compile(r"(?<!\w)([*_~])(?=\S)|(?<=\S)([*_~])(?!\w)|(`)|^([>•])", re.MULTILINE)
"""What Slack would read as the start or end of bold, italic, struck out, code or a quotation."""
TOKENS = re.compile(r":(?=[\w+-]{1,100}:)(?!\d+:)|(?<=@)(?=channel\b|here\b|everyone\b)")
"""Emoji codes, and the words that call a whole channel together."""


def escape(text: str) -> str:
    """For mrkdwn: shown as typed, with no mention, link, formatting or emoji code in force."""
    broken = FORMATTING.sub(lambda found: f"{ZERO_WIDTH}{found[0]}", tidy(text))
    return TOKENS.sub(lambda found: f"{found[0]}{ZERO_WIDTH}", broken).translate(ENTITIES)


def tidy(text: str) -> str:
    """Without the invisible characters that turn a card around or break it; lines stay lines."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNFIT.sub("", unified)


def size(text: str) -> int:
    """Length as Slack's own clients count it: UTF-16 units, so that an emoji is 2. Never less than `len`."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def more(left_out: int) -> str:
    """How a cut is told: `… (1,234 more characters)`."""
    return f"… ({left_out:,} more character{'' if left_out == 1 else 's'})"


def clip(text: str, limit: int, tell: Tell = more, write: Callable[[str], str] = escape) -> str:
    """`text` as `write` makes it, in at most `limit` units; what doesn't fit is counted by `tell`, at the end.

    The cut is made in what was typed, so it never splits an entity or an emoji's code points.
    """
    text = tidy(text)
    # Every character takes at least one unit, so more than `limit` of them need not be looked at.
    if len(text) <= limit and size(whole := write(text)) <= limit:
        return whole
    kept = _kept(text, fitting_length(text, limit, tell, write))
    return write(kept) + tell(len(text) - len(kept))


def fitting_length(text: str, limit: int, tell: Tell = lambda _: "", write: Callable[[str], str] = escape) -> int:
    """How many characters of `text` fit into `limit` units once written, beside what tells of the rest."""
    low, high = 0, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        fits = size(write(_kept(text, middle)) + tell(len(text) - middle)) <= limit
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _kept(text: str, length: int) -> str:
    """The first characters, without half of a joined emoji at the end."""
    kept = text[:length]
    while kept and (kept[-1] == "\u200d" or text[len(kept) : len(kept) + 1] in {"\u200d", "\ufe0f"}):
        kept = kept[:-1]
    return kept


def inline(text: str, limit: int = 300, empty: str = "—") -> str:
    """One line inside our own words, for mrkdwn: isolated, so that right-to-left text can't reorder what is around."""
    return isolated(clip(" ".join(tidy(text).split()), limit - 2), empty)


def inline_plain(text: str, limit: int = 300, empty: str = "—") -> str:
    """`inline`, for plain_text."""
    return isolated(clip(" ".join(tidy(text).split()), limit - 2, write=tidy), empty)


def isolated(text: str, empty: str = "—") -> str:
    """`text` in its own direction; `empty` where there is nothing to see."""
    visible = any(category(char) not in {"Cf", "Zs", "Mn", "Cn"} and not char.isspace() for char in text)
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if visible else empty


def paragraph(text: str, limit: int, tell: Tell = more, empty: str = "—") -> str:
    """Several lines on their own, for mrkdwn: a section of nothing else."""
    return clip(text.strip(), limit, tell) or empty


def some(parts: Sequence[str], most: int, between: str = ", ") -> str:
    """The first of them, and how many more there are: `Ann, Bob and 3 more`."""
    told = between.join(parts[:most])
    return f"{told} and {len(parts) - most:,} more" if len(parts) > most else told


def mention(user: str) -> str:
    """A person by Slack id, as a mention; ids come from Slack, and anything else is shown as text."""
    return f"<@{user}>" if re.fullmatch(r"[A-Z0-9]+", user) else inline(user)


def link(url: str, words: str) -> str:
    """A link to a place in Slack; nothing but its words when it isn't one."""
    fit = re.fullmatch(r"https?://[^\s<>|]+", url) and not UNFIT.search(url)
    return f"<{url}|{words}>" if fit else words
