"""The cases of a ticket review as a table for spreadsheets: words of customers in it stay words, and never formulas."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from pydantic import TypeAdapter

from cases.instants import iso
from cases.messages import Attachment, Drawn
from cases.overview import CUSTOMERS_STATES
from cases.reviewing import Line
from cases.says import Body
from handlers.bodies import count, instant, text_of
from handlers.review_message import STATES, span
from handlers.text import tidy

TICKETS = TypeAdapter(tuple[Line, ...])
HEADER = (
    "Case",
    "Title",
    "Priority",
    "State",
    "Opened (UTC)",
    "Open for (days)",
    "First answer due (UTC)",
    "First answer (UTC)",
    "In time",
    "Solution",
    "Stars",
)
IN_TIME = {True: "yes", False: "no", None: ""}
BEGINS_A_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""As spreadsheets read it, full-width signs and what they skip before a sign included."""


def review_file(body: Body) -> Drawn:
    """`body` as listed at `SayKind.REVIEW_FILE`; the same bytes however often it is drawn."""
    until = instant(body, "until")
    written = StringIO(newline="")
    table = csv.writer(written)
    table.writerow(HEADER)
    table.writerows(_row(line, until) for line in TICKETS.validate_json(text_of(body, "tickets")))
    name = f"ticket-review-{_slug(text_of(body, 'name'))}-{until:%Y-%m-%d}.csv"
    title = f"Ticket review, {span(count(body, 'days'))}"
    # The mark in front makes spreadsheets read it as UTF-8.
    return Drawn(title, (), Attachment(name, title, written.getvalue().encode("utf-8-sig", "replace")))


def cell(text: str) -> str:
    """Words that a spreadsheet shows and doesn't carry out: what looks like a formula has a quote in front."""
    plain = tidy(text)
    return f"'{plain}" if BEGINS_A_FORMULA.match(text) or BEGINS_A_FORMULA.match(plain) else plain


def _row(line: Line, until: datetime) -> Iterator[str]:
    yield f"C-{line.number}"
    yield cell(line.title)
    yield cell(line.label)
    yield STATES[line.state]
    yield iso(line.opened_at)
    yield str((until - line.opened_at).days) if line.state in CUSTOMERS_STATES else ""
    yield iso(line.due_at)
    yield iso(line.responded_at) if line.responded_at else ""
    yield IN_TIME[line.in_time]
    yield cell(line.solution)
    yield "" if line.stars is None else str(line.stars)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "account"
