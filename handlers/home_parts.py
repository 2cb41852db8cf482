"""What every App Home is made of: a list of cases with its pages, a case on one line, and the frame around."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, HeaderBlock, PlainTextObject, SectionBlock
from slack_sdk.models.views import View

from cases.case import Case
from cases.homes import ShelfPage, Shown
from cases.people import Actor
from cases.queues import Post
from handlers import facts, ids
from handlers.home_pages import written
from handlers.kit import actions, button, context, section
from handlers.text import inline, link
from handlers.times import TIME, date

TITLE = 120
ACCOUNT = 60
"""Slack takes 250 kB a view, and an emoji may cost twelve bytes of it: titles are shorter here than on cards."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, when, and what they should hear first."""

    actor: Actor
    now: datetime
    url: str
    """Of our workspace, for links to messages; empty: not known."""
    notice: str = ""
    """mrkdwn."""


Line = Callable[[Shown], SectionBlock]


def home(reader: Reader, greeting: str, shelves: Iterable[ShelfPage], blocks: Sequence[Block]) -> View:
    """The frame, with the pages that its lists are at."""
    top: list[Block] = [section(reader.notice)] if reader.notice else []
    top.append(section(greeting, f"As of {date(reader.now, TIME)}; opened anew, this page is drawn anew."))
    pages = {shelf.shelf: shelf.page for shelf in shelves}
    return View(type="home", blocks=[*top, *blocks], private_metadata=written(pages))


def sorry_home(said: str) -> View:
    """Nothing could be read just now; `said` is mrkdwn."""
    return View(type="home", blocks=[section(said), context("Open this tab again to see your cases.")])


def title(words: str) -> Block:
    """The heading of a part."""
    return HeaderBlock(text=PlainTextObject(text=words, emoji=True))


def listed(shelf: ShelfPage, words: str, empty: str, line: Line) -> list[Block]:
    """One list: its heading with how many there are, a page of it, and the buttons to turn it; or that it is empty."""
    if not shelf.total:
        return [section(f"*{words}*: {empty}")]
    blocks: list[Block] = [title(f"{words} ({shelf.total:,})")]
    blocks += [line(shown) for shown in shelf.shown]
    return [*blocks, *_turning(shelf)]


def reference(case: Case, card: Post | None, reader: Reader, thread: str = "") -> str:
    """`*C-12* · title`, the number a link to the case's card or thread; mrkdwn."""
    where = place(reader.url, card, thread) if card else ""
    return f"*{link(where, case.reference)}* · {inline(case.title, TITLE, 'no title')}"


def place(url: str, post: Post, thread: str = "") -> str:
    """The address of a message, as Slack writes it, so that Slack need not be asked; for mrkdwn."""
    if not url:
        return ""
    there = f"{url.rstrip('/')}/archives/{post.channel}/p{post.ts.replace('.', '')}"
    return f"{there}?thread_ts={thread}&amp;cid={post.channel}" if thread else there


def account(case: Case) -> str:
    """Whose it is, and by which plan; mrkdwn."""
    return f"{inline(case.account_name, ACCOUNT)} · {inline(case.promise.program_name, ACCOUNT)} {_plan(case)}"


def claim_button(case: Case) -> ButtonElement:
    """On a line of App Home."""
    return button("Claim", ids.HOME_CLAIM, str(case.number), "primary")


def late(case: Case) -> str:
    """That the answer came too late, where it did; mrkdwn."""
    return " · answered late" if case.response is not None and facts.late(case) else ""


def _plan(case: Case) -> str:
    return inline(case.promise.plan_name, ACCOUNT)


def _turning(shelf: ShelfPage) -> list[Block]:
    if shelf.pages < 2:
        return []
    buttons = []
    if shelf.page > 0:
        buttons.append(button("Previous", ids.HOME_PREVIOUS, f"{shelf.shelf}:{shelf.page - 1}"))
    if shelf.page < shelf.pages - 1:
        shown = f"Next ({shelf.page + 2} of {shelf.pages})"
        buttons.append(button(shown, ids.HOME_NEXT, f"{shelf.shelf}:{shelf.page + 1}"))
    return [actions(*buttons)]
