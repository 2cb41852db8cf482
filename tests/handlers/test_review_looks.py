"""How a ticket review reads, and what a spreadsheet makes of its file: words, whatever a customer wrote."""

import csv
import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from cases.case import State
from cases.hours import CalendarSpec
from cases.instants import iso
from cases.reviewing import Ticket, listed, reviewed
from cases.says import Body
from handlers.review_file import cell, review_file
from handlers.review_message import review_message, review_told
from handlers.reviews import review_asked
from tests.builders import NOON, calendar
from tests.handlers.looks import seen

ALWAYS = CalendarSpec("always")
HOSTILE = "<!channel> *x* <https://evil.example|here>"


def ticket(number: int, title: str = "Nobody can log in", **more: object) -> Ticket:
    opened = NOON - timedelta(days=number)
    plain = Ticket(number, title, "Severity 1 (Urgent)", 1, State.OPEN, opened, opened, opened, None, False, ALWAYS)
    return replace(plain, **more)  # type: ignore[arg-type]


def written(value: object) -> str:
    return json.dumps(value, default=lambda each: iso(each) if isinstance(each, datetime) else str(each))


def bodies(*tickets: Ticket, name: str = "Acme", days: int = 90) -> tuple[Body, Body]:
    """As they are said: the message's, and the file's."""
    review = reviewed(tickets, calendar, days, NOON)
    told = [asdict(each) for each in listed(tickets, review)]
    common: Body = {"account": 1, "name": name}
    return (
        {**common, "who": "U0DANA", "tam": "U0TOM", "review": written(asdict(review))},
        {**common, "until": iso(NOON), "days": days, "tickets": written(told)},
    )


def table(body: Body) -> list[list[str]]:
    attachment = review_file(body).attachment
    assert attachment is not None
    return list(csv.reader(StringIO(attachment.content.decode("utf-8-sig"), newline="")))


def test_a_review_without_cases_says_so() -> None:
    message, file = bodies()
    told = seen(review_message(message))
    assert "0 cases opened" in told
    assert "as many as in the 90 days before" in told
    assert "*Still open*: none." in told
    assert len(table(file)) == 1, "the header stands all the same"


def test_more_open_cases_than_fit_are_counted() -> None:
    told = seen(review_message(bodies(*(ticket(number, "x" * 400) for number in range(1, 41)))[0]))
    assert "*Still open*: 40" in told
    assert told.index("C-40") < told.index("C-31")
    assert "C-30" not in told
    assert "30 more, in the file" in told


def test_the_file_tells_how_long_each_has_been_open() -> None:
    done = ticket(3, state=State.CLOSED)
    header, *rows = table(bodies(ticket(2), done, ticket(40, state=State.OFFERED))[1])
    ages = [row[header.index("Open for (days)")] for row in rows]
    assert ages == ["2", "", "40"]


def test_solutions_ratings_and_the_trend_are_told() -> None:
    done: dict[str, Any] = {"state": State.CLOSED, "solution": "It is fixed", "responded_at": NOON - timedelta(days=1)}
    cases = [ticket(1, stars=5, **done), ticket(2, stars=4, **done), ticket(100, **done), ticket(101), ticket(102)]
    told = seen(review_message(bodies(*cases)[0]))
    assert "1 fewer than in the 90 days before (3)" in told
    assert "It is fixed\u2069: 2" in told
    assert "4.5 of 5 stars, from 2" in told


def test_whatever_a_customer_wrote_has_no_effect() -> None:
    message, _ = bodies(ticket(1, HOSTILE, label=HOSTILE, solution=HOSTILE), name=HOSTILE)
    told = seen(review_message(message))
    assert "<!channel>" not in told
    assert "<https://evil" not in told
    assert "<!channel>" not in seen(review_told({**message, "days": 90, "channel": "C0ACME"}))


def test_the_same_bytes_each_time_and_a_name_that_is_one() -> None:
    _, file = bodies(ticket(1, "Señor's login — 日本"), name="../Acme & Söhne/")
    first, second = review_file(file).attachment, review_file(file).attachment
    assert first == second
    assert first is not None
    assert first.name == "ticket-review-acme-s-hne-2026-03-02.csv"
    assert table(file)[1][1] == "Señor's login — 日本"


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\x00=1",
        "\ufeff=1",
        "\u200b=1",
        "\uff1d1",
        "=cmd|'/c calc'!A0",
    ],
)
def test_what_looks_like_a_formula_is_quoted(typed: str) -> None:
    assert cell(typed).startswith("'")
    (_, row) = table(bodies(ticket(1, typed))[1])
    assert row[1].startswith("'")


@pytest.mark.parametrize("typed", ["Login = broken", 'a, b; "c"\nd', "1+1", "C-1"])
def test_other_words_stay_as_they_are(typed: str) -> None:
    assert cell(typed) == typed
    assert table(bodies(ticket(1, typed))[1])[1][1] == typed


def test_every_row_has_a_cell_for_each_column() -> None:
    cases = [ticket(1, responded_at=NOON), ticket(2, state=State.CLOSED, stars=3, solution="It is fixed")]
    rows = table(bodies(*cases)[1])
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("<@U0BOT> review", 90),
        ("review <@U0BOT>!", 90),
        ("<@U0BOT> Ticket Review", 90),
        ("<@U0BOT> review 30", 30),
        ("<@U0BOT> review 30 days", 30),
        ("<@U0BOT> please review our login page", None),
        ("<@U0BOT> reviews", None),
        ("<@U0BOT> status", None),
    ],
)
def test_a_mention_asks_for_a_review_with_that_word_alone(text: str, days: int | None) -> None:
    assert review_asked(text) == days
