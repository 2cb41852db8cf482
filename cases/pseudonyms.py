"""Pseudonyms: what stands where a person or an account stood, so that a history keeps its shape without them."""

import secrets
from collections.abc import Callable

from cases.people import Person

BYTES = 4


def drawn(of: str = "person") -> str:
    """A new one, such as `person-3f2a91c4`: from chance alone and kept nowhere else, so nothing leads back from it."""
    return f"{of}-{secrets.token_hex(BYTES)}"


class Pseudonyms:
    """The same pseudonym for the same person for as long as this is remembered, which is one case."""

    def __init__(self, draw: Callable[[], str] = drawn) -> None:
        self._draw = draw
        self._known: dict[str, str] = {}

    def of(self, user: str) -> str:
        """For a Slack user id."""
        if user not in self._known:
            self._known[user] = self._draw()
        return self._known[user]

    def person(self, person: Person) -> Person:
        """Somebody of no team and no name."""
        return Person(self.of(person.user), "")
