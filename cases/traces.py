"""Traces of somebody in what is kept, whatever table they are in: the door to storage for exports and erasure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

Value = object
"""What a column holds: text, a number, an instant, or what JSON can hold."""
Row = Mapping[str, Value]
"""Columns by name."""


class TraceStore(Protocol):
    """Rows as they are kept, read and changed in pages, so that each transaction is short."""

    def tables(self) -> Sequence[str]:
        """Those that are kept, each before what refers to it."""
        ...

    def page(self, table: str, token: str, after: Row | None) -> tuple[Sequence[Row], Row | None]:
        """Of the next rows of a table those in which a token (a Slack id, a name) may stand, and where to go on from.

        A token that is part of a longer word is found too. None: that was the last page.
        """
        ...

    def of_case(self, table: str, number: int) -> Sequence[Row]:
        """A case's own row, or its rows of that table."""
        ...

    def put(self, table: str, before: Row, after: Row) -> None:
        """Store a changed row in its place."""
        ...

    def drop(self, table: str, row: Row) -> None: ...


def strings(value: Value) -> Iterator[str]:
    """Every text inside, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)
