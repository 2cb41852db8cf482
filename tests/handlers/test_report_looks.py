"""How a report reads: with very many rows, with nothing to tell, with hostile names; and its picture and tables."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from PIL import Image

from cases.facts import Facts
from cases.measuring import promised_by
from cases.outcomes import Cause, Happened
from cases.people import Person
from cases.periods import Period, Span
from cases.policy import ClockKind
from cases.report import By, Report
from cases.report_says import BREACHES, ENGINEERS, GROUPS, report_says
from cases.reported import reported
from cases.says import Body
from handlers.report_file import report_file
from handlers.report_message import report_message
from tests.builders import ALWAYS, NOON, calendar, case
from tests.faults.surfaces.for_team import whole_report as hostile
from tests.handlers.looks import seen

WEEK = Span(
    Period.WEEK,
    "America/New_York",
    NOON - timedelta(days=9),
    NOON - timedelta(days=2),
    NOON + timedelta(days=5),
    whole=True,
)


def lines(cases: int, name: str = "x" * 200) -> Iterator[Happened]:
    """Each case of another plan and engineer; each third one is answered ten minutes late."""
    for number in range(cases):
        promised = replace(promised_by(case()), plan_name=f"{name} {number}", calendar=ALWAYS)
        who = Person(f"U{number:03}", "T0HOST", f"{name} {number}")
        yield Happened(number, number % 7, NOON, who, "opened", Facts(promised, True))
        yield Happened(number, number % 7, NOON + timedelta(minutes=1), who, "claimed")
        late = NOON + timedelta(minutes=70 if number % 3 == 0 else 10)
        yield Happened(number, number % 7, late, who, "responded", Facts(runs=False))


def made(cases: int, by: By = By.PROGRAMME) -> Report:
    return reported(list(lines(cases)), dict.fromkeys(range(7), "Acme"), calendar, WEEK, by)


def bodies(report: Report) -> dict[str, Body]:
    message, *files = report_says("r", "C0MANAGERS", report)
    return {"message": message.body} | {str(say.body["part"]): say.body for say in files}


def table(body: Body) -> list[list[str]]:
    attachment = report_file(body).attachment
    assert attachment is not None
    return list(csv.reader(StringIO(attachment.content.decode("utf-8-sig"), newline="")))


def test_very_many_rows_are_cut_within_slacks_limits_and_all_of_them_stand_in_the_tables() -> None:
    told = bodies(made(400))
    drawn = report_message(told["message"])
    assert len(drawn.blocks) <= 50
    assert sum(len(str(block)) for block in drawn.blocks) < 13_000
    text = seen(drawn)
    for shown, of in ((GROUPS, 400), (ENGINEERS, 400), (BREACHES, 134)):
        assert f"… and {of - shown:,} more in the CSV." in text
    assert len(table(told["cases"])) == 401
    assert len(table(told["figures"])) == 1 + 1 + 400 + 400


def test_the_figures_and_what_was_missed_and_why() -> None:
    text = seen(report_message(bodies(made(3))["message"]))
    assert "the week from 28 Feb to 7 Mar 2026" in text
    assert "*66 %* in time, 2 of 3" in text
    assert "half within 10 min, nine of ten within 1 h 10 min" in text
    assert "answered 10 min late; nobody had taken it" in text


def test_another_clocks_missed_deadline_says_whose_case_it_was() -> None:
    taken, nobodys = ((*lines(1, "Erin"),), (*lines(1),)[:1])
    missed = Happened(0, 0, NOON + timedelta(hours=2), None, "breached", Facts(clock=ClockKind.UPDATE))
    for history, why in ((taken, "Erin 0 had it"), (nobodys, "nobody had it")):
        told = bodies(reported([*history, missed], {0: "Acme"}, calendar, WEEK, By.PROGRAMME))
        text = seen(report_message(told["message"])).translate({0x2068: None, 0x2069: None})
        assert f"|2 Mar 2026, 14:00 UTC>; {why}" in text
        header, *rows = table(told["cases"])
        assert [row[-1] for row in rows if row[header.index("Clock")] == "update"] == [why]


def test_nothing_to_tell_is_told() -> None:
    told = bodies(reported([], {}, calendar, WEEK, By.ACCOUNT))
    assert "*First answers*: none was due." in seen(report_message(told["message"]))
    assert picture(told["chart"]).width > 1000


def test_the_tables_tell_the_same_bytes_each_time() -> None:
    told = bodies(made(5))
    assert report_file(told["cases"]) == report_file(told["cases"])
    header, first, *_ = table(told["cases"])
    row = dict(zip(header, first, strict=True))
    assert (row["In time"], row["Support seconds"], row["Cause"]) == ("yes", "600", "")
    assert (row["Due (UTC)"], row["Target"]) == ("2026-03-02T13:00:00Z", "1h")
    assert Cause.NOBODY in {each.cause for each in made(5).breaches}


def picture(body: Body) -> Image.Image:
    from io import BytesIO

    attachment = report_file(body).attachment
    assert attachment is not None
    return Image.open(BytesIO(attachment.content))


@pytest.mark.parametrize(
    "name", ["a_{b}^$x$ \\frac $", "東京株式会社 🏢", "‮שלום עולם", "<!channel> =1+1", "x" * 3000, "\n"]
)
def test_the_picture_stands_any_name_on_a_ground_of_its_own(name: str) -> None:
    drawn = picture(bodies(hostile(name))["chart"])
    corner = drawn.convert("RGBA").getpixel((2, 2))
    assert corner == (0xF8, 0xF8, 0xF7, 0xFF), "it reads on a dark theme as on a light one"


def test_a_bot_that_draws_no_report_loads_no_plotting() -> None:
    import subprocess

    code = "import bot.wiring, bot.cli, sys; print('matplotlib' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
