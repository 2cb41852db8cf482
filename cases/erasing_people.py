"""One person's data: what is kept of them, what stands in the way of erasing it, and the erasure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cases.case import State
from cases.erasing import Erasure
from cases.errors import PrunedCase
from cases.ports import UnitOfWork, UnitsOfWork
from cases.says import SayKind
from cases.traces import Row, Value

OF_CASES = {"cases": "number", "history": "case_number", "participants": "case_number", "outbox": "case_number"}
GONE = frozenset({"away", "days_off", "lines"})
"""Rows that say nothing but that somebody is there."""
LISTED = 12


@dataclass(frozen=True)
class Kept:
    """What is kept of a person."""

    user: str
    rows: Counter[str]
    """Rows in which their id stands, by table."""
    names: frozenset[str]
    teams: frozenset[str]
    cases: tuple[int, ...]
    """Numbers of those that they had a part in."""
    open_cases: tuple[int, ...]
    roles: tuple[tuple[str, str], ...]
    """Account, and what they are to it: those that somebody counts on."""
    under_way: int
    """Events not handled and messages not sent yet."""
    accounts: frozenset[int] = field(default=frozenset())
    """Of their cases."""

    def in_the_way(self) -> Iterator[str]:
        """Why it can't be erased now, and what to do first."""
        if self.open_cases:
            named = ", ".join(f"C-{number}" for number in self.open_cases[:LISTED])
            more = f" and {len(self.open_cases) - LISTED} more" if len(self.open_cases) > LISTED else ""
            yield f"{named}{more} not closed yet: they have a part in it. Resolve it, and let it close."
        for account, role in self.roles:
            yield f"{self.user} is {role} of {account}: name somebody else there first (caseclock accounts import)."
        if self.under_way:
            yield "Something of theirs is being handled or sent just now: try again in a minute."


def kept_of(units: UnitsOfWork, user: str, pause: Callable[[], None]) -> Kept:
    """Looks through every table, in short transactions."""
    rows: Counter[str] = Counter()
    names, teams, numbers, under_way = set[str](), set[str](), set[int](), 0
    roles: list[tuple[str, str]] = []
    for table, row in traces(units, user, user, pause):
        rows[table] += 1
        for name, team in _known_as(table, row, user):
            names.add(name)
            teams.add(team)
        number = row.get(OF_CASES.get(table, ""))
        if isinstance(number, int):
            numbers.add(number)
        under_way += _is_under_way(table, row)
        if table == "accounts":
            roles += [(str(row["name"]), role) for role in _roles(row, user)]
    found, open_cases, accounts = sorted(numbers), list[int](), set[int]()
    with units() as uow:
        for case in uow.cases.several(found).values():
            accounts.add(case.account)
            if case.state is not State.CLOSED:
                open_cases.append(case.number)
    words = frozenset(name for name in names if len(name) > 1 and name != user)
    return Kept(
        *(user, rows, words, frozenset(teams - {""}), tuple(found), tuple(sorted(open_cases)), tuple(roles), under_way),
        frozenset(accounts),
    )


def traces(units: UnitsOfWork, user: str, token: str, pause: Callable[[], None]) -> Iterator[tuple[str, Row]]:
    """Table and row of each that has the person's id in it; `token` is what the database looks for."""
    them = Erasure(user, "")
    with units() as uow:
        tables = uow.traces.tables()
    for table in tables:
        for row in paged(units, table, token, pause):
            if them.names_them(row):
                yield table, row


def paged(units: UnitsOfWork, table: str, token: str, pause: Callable[[], None]) -> Iterator[Row]:
    """Rows of a table in which the token may stand."""
    after: Row | None = None
    while True:
        with units() as uow:
            rows, after = uow.traces.page(table, token, after)
        yield from rows
        if after is None:
            return
        pause()


class PersonErasure:
    """Carried out case by case and row by row, each in a transaction of its own, while a bot may go on."""

    def __init__(self, units: UnitsOfWork, kept: Kept, pseudonym: str, pause: Callable[[], None]) -> None:
        """`pause` is made between two transactions, so that others have their turn."""
        self._units = units
        self._kept = kept
        self._pause = pause
        self._them = Erasure(kept.user, pseudonym, kept.names)
        self.redrawn = 0
        """Messages that the bot will show without them."""

    def run(self) -> Iterator[None]:
        """Yields after each transaction."""
        for number in self._kept.cases:
            with self._units() as uow:
                self._case(uow, number)
            yield self._pause()
        for token in (self._kept.user, "briefing:", *(f"review:{account}:" for account in sorted(self._kept.accounts))):
            yield from self._rest(token)
        for name in sorted(self._kept.names):
            yield from self._events(name)

    def _case(self, uow: UnitOfWork, number: int) -> None:
        try:
            if uow.cases.get(number).state is not State.CLOSED:
                return
        except PrunedCase:
            return
        for table in OF_CASES:
            for row in uow.traces.of_case(table, number):
                self._change(uow, table, row)
        self._redraw(uow, number)

    def _redraw(self, uow: UnitOfWork, number: int) -> None:
        """Its cards, from what is kept now, and the copies of their messages, as if they had deleted them."""
        pseudonym = self._them.pseudonym
        cards = uow.outbox.said(number, SayKind.CARD)
        lines = [say for say in uow.outbox.said(number, SayKind.LINE) if say.body.get("user") == pseudonym]
        for say in (*cards, *(replace(each, body={**each.body, "deleted": True}) for each in lines)):
            again = replace(say, key=f"{say.key}:without:{pseudonym}", updates=say.key, thread=None, after=None)
            self.redrawn += uow.outbox.add(again)

    def _rest(self, token: str) -> Iterator[None]:
        with self._units() as uow:
            tables = uow.traces.tables()
        for table in tables:
            for row in paged(self._units, table, token, self._pause):
                if self._is_about_them(table, row):
                    with self._units() as uow:
                        self._change(uow, table, row)
                        self._announced(uow, table, row)
                    yield self._pause()

    def _is_about_them(self, table: str, row: Row) -> bool:
        return self._them.names_them(row) or (table == "outbox" and row["kind"] in REVIEWS)

    def _events(self, name: str) -> Iterator[None]:
        """What others wrote to them. Slack's events are kept for nobody to read, so those are emptied whole."""
        for row in paged(self._units, "inbox", name if name.isascii() else "", self._pause):
            if row["handled_at"] is not None and self._them.calls_them(row):
                with self._units() as uow:
                    self._change(uow, "inbox", row)
                yield self._pause()

    def _announced(self, uow: UnitOfWork, table: str, row: Row) -> None:
        if table == "announcements" and row["title"] is not None:
            after: Row | None = None
            while True:
                rows, after = uow.traces.page("outbox", str(row["id"]), after)
                for each in rows:
                    uow.traces.put("outbox", each, self._them.row("outbox", each))
                if after is None:
                    return

    def _change(self, uow: UnitOfWork, table: str, row: Row) -> None:
        if _goes(table, row, self._kept.user):
            uow.traces.drop(table, row)
            return
        after = dict(self._them.row(table, row))
        if table == "cases" and after != row:
            after["revision"] = int(str(row["revision"])) + 1
        uow.traces.put(table, row, after)


def _goes(table: str, row: Row, user: str) -> bool:
    match table:
        case "intakes":
            return row["answered_with"] is None
        case "outbox":
            about_nothing = row["case_number"] is None and row["kind"] not in {SayKind.WELCOME, *STAYS}
            return about_nothing or user in (row["channel"], row["only_for"])
        case _:
            return table in GONE


REVIEWS = frozenset({SayKind.REVIEW, SayKind.REVIEW_FILE, SayKind.BRIEFING})
"""They list titles of cases."""
STAYS = frozenset({SayKind.ANNOUNCEMENT, SayKind.ANNOUNCED, SayKind.MEETING, SayKind.ADD_ON})


def _known_as(table: str, row: Row, user: str) -> Iterator[tuple[str, str]]:
    if table == "history" and row["user_id"] == user:
        yield str(row["user_name"] or ""), str(row["team_id"] or "")
    if table == "participants" and row["user_id"] == user:
        yield "", str(row["team_id"])
    for value in row.values():
        yield from _people(value, user)


def _people(value: Value, user: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        if user in (value.get("user"), value.get("who")) and isinstance(value.get("name"), str):
            yield str(value["name"]), str(value.get("team") or "")
        for each in value.values():
            yield from _people(each, user)
    elif isinstance(value, list):
        for each in value:
            yield from _people(each, user)


def _roles(row: Row, user: str) -> Iterator[str]:
    if row["csm"] == user:
        yield "success manager"
    if row["tam"] == user:
        yield "Technical Account Manager"
    managers, add_ons = row["managers"], row["add_ons"]
    if isinstance(managers, list) and user in managers:
        yield "support manager"
    if isinstance(add_ons, list) and any(each["person"] == user for each in add_ons):
        yield "dedicated person"


def _is_under_way(table: str, row: Row) -> bool:
    if table == "inbox":
        return row["handled_at"] is None
    return table == "outbox" and row["settled_at"] is None
