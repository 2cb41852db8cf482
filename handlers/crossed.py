"""How messages look on the other side: the customer's in the triage thread, an engineer's in the customer's."""

import json
import re
from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from cases.case import Case
from cases.messages import Drawn
from cases.says import Body
from handlers.bodies import count, instant, text_of
from handlers.crossed_files import FILE_NAME, told_of
from handlers.kit import SECTION, context, drawn, section
from handlers.text import escape, fitting_length, inline, link, mention, more, paragraph, size, tidy
from handlers.times import date

NAME = 80
ADDRESS = re.compile(r"https?://[^\s<>|]+")
WORDLESS = "Something without words."


def line(case: Case, body: Body) -> Drawn:
    """What somebody wrote in the customer's thread, in the triage thread. Nobody is called by it."""
    name = inline(text_of(body, "name"), NAME)
    side = "support" if body.get("support") else inline(case.account_name)
    where = text_of(body, "link")
    head = f"💬 *{name}* ({side}) · {date(instant(body, 'at'))}"
    if body.get("deleted"):
        gone = "Deleted by its author."
        return drawn(f"{case.reference}: {name} deleted a message.", [context(head), section(f"_{gone}_")])
    edited = " · edited" if body.get("edited") else ""
    there = f" · {link(where, 'see it there')}" if where else ""
    words, files = text_of(body, "text"), list(_files(body, where))
    blocks: list[Block] = [context(f"{head}{edited}{there}")]
    if words.strip() or not files:
        blocks.append(section(paragraph(words, SECTION - 200, empty=WORDLESS) + _rest(count(body, "left_out"), where)))
    if files:
        blocks.append(context(*files))
    said = inline(words, 150, "a file" if files else WORDLESS)
    return drawn(f"{case.reference}: {name} wrote: {said}", blocks)


def reply(case: Case, body: Body) -> Drawn:
    """An engineer's reply, in the customer's thread; whole. Addresses in it can be followed, nobody is called."""
    name = inline(text_of(body, "name"), NAME) if text_of(body, "name") else mention(text_of(body, "who"))
    who = f"*{name}* (support)"
    if body.get("withdrawn"):
        gone = f"{who} took this message back."
        return drawn(gone, [context(gone)])
    first, *others = _pieces(text_of(body, "text"), f"{who}: ")
    blocks: list[Block] = [section(first), *map(section, others)]
    if body.get("edited"):
        blocks.append(context("edited"))
    return drawn(f"{who}: {inline(text_of(body, 'text'), 150)}", blocks)


def sent(case: Case, body: Body) -> Drawn:
    """To the triage thread: what became of a reply."""
    words = text_of(body, "text")
    name = inline(text_of(body, "name"), NAME)
    blocks: list[Block] = []
    if words:
        blocks += [context(f"↩️ *{name}* to the customer"), *map(section, _pieces(words))]
    said = FAILED if body.get("failed") else STATES[text_of(body, "state")]
    files = () if body.get("failed") else told_of(body.get("files"))
    blocks += [context(said), *([context(*files)] if files else [])]
    return drawn(f"{case.reference}: {said}", blocks)


STATES = {
    "sent": "✅ Sent to the customer.",
    "changed": "✅ Sent to the customer, and changed there too.",
    "withdrawn": "✅ Taken back: the customer's thread says so.",
}
FAILED = "⚠️ Slack refused this in the customer's channel, so they have not seen it. Am I still a member there?"


def _files(body: Body, where: str) -> Iterator[str]:
    for name, there in json.loads(text_of(body, "files") or "[]"):
        yield f"📎 {link(there or where, inline(name, FILE_NAME, 'a file'))}"


def _rest(left_out: int, where: str) -> str:
    return f"\n{link(where, more(left_out)) if where else more(left_out)}" if left_out else ""


def _pieces(text: str, before: str = "") -> Iterator[str]:
    """Over as many sections as it takes, cut between lines or words where there are any."""
    rest = tidy(text).strip()
    while rest:
        length = fitting_length(rest, SECTION - size(before), write=_written)
        piece = rest[:length] if length == len(rest) else _whole_words(rest[:length])
        yield before + _written(piece)
        rest, before = rest[len(piece) :].lstrip("\n"), ""


def _whole_words(piece: str) -> str:
    cut = max(piece.rfind("\n"), piece.rfind(" "))
    return piece[:cut] if cut > len(piece) // 2 else piece


def _written(text: str) -> str:
    """For mrkdwn, as `escape`, with addresses that can be followed."""
    done, last = "", 0
    for found in ADDRESS.finditer(text):
        done += escape(text[last : found.start()]) + f"<{found[0].replace('&', '&amp;')}>"
        last = found.end()
    return done + escape(text[last:])
