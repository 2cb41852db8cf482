"""What is kept and for how long: the door to storage through which records go for good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from cases.case import Case
from cases.pseudonyms import Pseudonyms


class RecordStore(Protocol):
    """Every method changes at most `limit` records, so that its transaction is short. Open cases are never touched."""

    def alone(self) -> bool:
        """Nobody else is at it on this database until the transaction ends; False: another one is."""
        ...

    def prunable(self, closed_before: datetime, limit: int) -> Sequence[Case]:
        """Cases closed before then that are still kept whole and of which nothing is unsent; locked."""
        ...

    def of_account(self, account: int, limit: int) -> Sequence[Case]:
        """The same of one account, whenever they were closed."""
        ...

    def count_of_account(self, account: int) -> int:
        """How many of its cases are kept whole, open ones too."""
        ...

    def unsent_of_account(self, account: int) -> int:
        """How many of its closed cases have something still to be sent."""
        ...

    def rename_account(self, account: int, name: str, people: Pseudonyms) -> None:
        """On the account and each of its cases; of its history stays what happened and when.

        Raises Conflict where a case of it was opened in the meantime.
        """
        ...

    def prune(self, case: Case, now: datetime, names: Pseudonyms) -> None:
        """Store what `cases.pruning` leaves of the case and its history; its participants, intake and messages go."""
        ...

    def drop_redraws(self, closed_before: datetime, limit: int) -> int:
        """Of cases closed before then: what redrew a message that was redrawn again since. How many cases."""
        ...

    def drop_handled(self, before: datetime, limit: int) -> int:
        """Slack's events that were handled before then. How many."""
        ...

    def drop_settled(self, before: datetime, limit: int) -> int:
        """Of what was said about no case before then: what nothing refers to any more. How many."""
        ...

    def drop_requests(self, before: datetime, limit: int) -> int:
        """Requests of before then that became no case; of those that an article answered the count stays. How many."""
        ...
