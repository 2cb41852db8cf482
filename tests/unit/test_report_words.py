"""What is typed after `/case report`, in either order and in people's own words; anything else is asked about."""

from datetime import UTC, datetime

import pytest

from cases.errors import Refused
from cases.outcomes import MarkKind
from cases.periods import Period, last_whole
from cases.report import Asked, By
from cases.report_figures import Figures
from handlers.report_words import before_it, besides, between, of_span
from handlers.reports import wanted


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Asked(Period.WEEK, By.PROGRAMME)),
        ("month", Asked(Period.MONTH)),
        ("engineer", Asked(by=By.ENGINEER)),
        ("Quarter ACCOUNT", Asked(Period.QUARTER, By.ACCOUNT)),
        ("by customer, last month", Asked(Period.MONTH, By.ACCOUNT, whole=True)),
        ("the previous quarter", Asked(Period.QUARTER, whole=True)),
        ("weekly per program", Asked(Period.WEEK)),
        ("week weekly", Asked(Period.WEEK)),
    ],
)
def test_what_is_understood(typed: str, asked: Asked) -> None:
    assert wanted(typed) == asked


def test_what_is_not_understood_is_answered_with_what_was_perhaps_meant() -> None:
    with pytest.raises(Refused, match="Did you mean `quarter`"):
        wanted("quater")
    with pytest.raises(Refused, match=r"knows no .*7.*`week`, `month`, `quarter`.*`/case report month account`"):
        wanted("7")
    with pytest.raises(Refused, match="One of these at a time, please: week or month"):
        wanted("week month")
    with pytest.raises(Refused, match="account or engineer"):
        wanted("account engineer")


def test_whole_periods_have_names() -> None:
    now = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
    told = [of_span(last_whole(now, period, "UTC")) for period in Period]
    assert told == ["the week from 26 Oct to 1 Nov 2026", "October 2026", "quarter 3 of 2026"]


def test_its_time_is_named_to_the_minute_on_the_clock_it_goes_by() -> None:
    monday = datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
    now, over = (Asked(whole=whole).span(monday, "America/New_York") for whole in (False, True))
    assert of_span(now) == "the 7 days up to 2 Nov 2026"
    assert between(now) == "Mon 26 Oct 2026, 08:30 to Mon 2 Nov 2026, 08:30, New York time"
    assert between(over) == "Mon 26 Oct 2026, 00:00 to Mon 2 Nov 2026, 00:00, New York time"
    assert (before_it(now), before_it(over)) == ("the 7 days before", "the week before")
    quarter = Asked(Period.QUARTER).span(monday, "UTC")
    assert (of_span(quarter), before_it(quarter)) == ("the three months up to 2 Nov 2026", "the three months before")


def test_what_happened_besides_stands_beside_what_it_was_and_what_never_did_is_left_out() -> None:
    now = Figures(counts={MarkKind.RAISED: 2, MarkKind.RATED: 2}, stars=9)
    before = Figures(counts={MarkKind.LOWERED: 1, MarkKind.MISSED: 3})
    assert dict(besides(now, before)) == {
        "Priorities": "2 raised (0), 0 lowered (1), 0 as the customer wished (0)",
        "Customers' 24x7 check-ins": "0 confirmed in time (0), 0 not (3)",
        "Ratings": "4.5 of 5 stars, from 2 (none)",
    }
    assert list(besides(Figures(), Figures())) == []
