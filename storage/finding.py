"""Searching cases: each word somewhere in what people wrote, and the filters."""

from collections.abc import Collection, Iterator

from sqlalchemy import JSON, ColumnElement, and_, exists, false, or_, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from cases.case import DONE
from cases.finding import NOBODY, Search
from storage.tables import CaseRow, ParticipantRow

READ = (CaseRow.title, CaseRow.details, CaseRow.account_name, CaseRow.tenant)


def fitting(search: Search, accounts: Collection[int] | None) -> Iterator[ColumnElement[bool]]:
    """What a case must hold; `accounts` None: of any account."""
    if accounts is not None:
        yield CaseRow.account.in_(accounts)
    for word in search.words:
        yield or_(*(_holds(column, word) for column in READ))
    if search.states or search.reopened:
        back = and_(CaseRow.reopened > 0, CaseRow.state.not_in(DONE)) if search.reopened else false()
        yield or_(CaseRow.state.in_(search.states), back)
    if search.account is not None:
        yield _holds(CaseRow.account_name, search.account)
    if search.priority is not None:
        yield type_coerce(CaseRow.promise, JSON)["priority"].as_integer() == search.priority
    if search.assignee is not None:
        yield _assigned(search.assignee)


def _holds(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Upper or lower case. A database may know only A to Z so: for other letters the usual ways to write the word."""
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(column.icontains(way, autoescape=True) for way in sorted(ways)))


def _assigned(assignee: str) -> ColumnElement[bool]:
    part = (ParticipantRow.case_number == CaseRow.number, ParticipantRow.part == "assignee")
    if assignee == NOBODY:
        return ~exists().where(*part)
    return exists().where(*part, ParticipantRow.user_id == assignee)
