"""All past cases under an edited policy, page by page: nothing is written, and nobody is kept waiting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.case import Case
from cases.past import NotReplayable, Past
from cases.policy import Program
from cases.ports import UnitsOfWork
from cases.replaying import Calendars
from cases.what_if import Compared, compared

PAGE = 100


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that can't be run again."""

    case: Case
    why: str


def replays(
    units: UnitsOfWork,
    today: Mapping[str, Program],
    new: Mapping[str, Program],
    calendars: Calendars,
    since: datetime,
    until: datetime,
) -> Iterator[Compared | LeftOut]:
    """Each case opened since then that is kept whole, in the order of their numbers, up to now (`until`)."""
    after = 0
    with units.reading() as uow:
        accounts = {account.id: account for account in uow.accounts.all()}
    while True:
        with units.reading() as uow:
            page = uow.cases.past(since, after, PAGE)
        for case, history in page:
            try:
                past = Past(case, history, until)
                yield compared(past, accounts[case.account], today, new, calendars)
            except NotReplayable as error:
                yield LeftOut(case, str(error))
        if len(page) < PAGE:
            return
        after = page[-1][0].number
