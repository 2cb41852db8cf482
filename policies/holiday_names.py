"""Public holidays by name, from the `holidays` library, with the days on which they are observed."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from holidays import country_holidays


def holiday_names(country: str) -> Callable[[date], str | None]:
    """From a local date to the holiday's name there; None on other days.

    `US` means federal holidays as observed: Saturday's on the Friday before, Sunday's on the Monday after. A
    subdivision adds its own: `US-CA`.

    Raises:
        ValueError: no such country or subdivision; the message is fit to be read.
    """
    _year(country, 2026)
    return lambda day: _year(country, day.year).get(day)


@lru_cache(maxsize=4096)
def _year(country: str, year: int) -> Mapping[date, str]:
    """One year at a time, never changed once made, so that threads can share it."""
    code, _, subdivision = country.partition("-")
    try:
        found = country_holidays(code, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        raise ValueError(f"no holidays are known for {country!r}; write a country as US, or US-CA for a part") from None
    return dict(found.items())
