"""What is typed after `/case report`, in either order and in people's own words; anything else is asked about."""

from datetime import UTC, datetime

import pytest

from cases.errors import Refused
from cases.periods import Period, last_whole
from cases.report import By
from handlers.report_words import of_span
from handlers.reports import wanted


@pytest.mark.parametrize(
    ("typed", "period", "by"),
    [
        ("", Period.WEEK, By.PROGRAMME),
        ("month", Period.MONTH, By.PROGRAMME),
        ("engineer", Period.WEEK, By.ENGINEER),
        ("Quarter ACCOUNT", Period.QUARTER, By.ACCOUNT),
        ("by customer, last month", Period.MONTH, By.ACCOUNT),
        ("weekly per program", Period.WEEK, By.PROGRAMME),
        ("week weekly", Period.WEEK, By.PROGRAMME),
    ],
)
def test_what_is_understood(typed: str, period: Period, by: By) -> None:
    assert wanted(typed) == (period, by)


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
    told = [of_span(last_whole(now, period, "UTC"), whole=True) for period in Period]
    assert told == ["the week from 26 Oct to 1 Nov 2026", "October 2026", "quarter 3 of 2026"]
