"""The policies in force, which may be exchanged while the bot runs."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView

from cases.policy import Program
from cases.ports import Policies


class LivePolicies(Mapping[str, Program]):
    """Whoever goes through them sees those of one moment, whatever is exchanged meanwhile."""

    def __init__(self, now: Policies) -> None:
        self._now = dict(now)

    def exchange(self, now: Policies) -> None:
        """From now on these. Safe from any thread."""
        self._now = dict(now)

    def __getitem__(self, id: str) -> Program:
        return self._now[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    def keys(self) -> KeysView[str]:
        return self._now.keys()

    def values(self) -> ValuesView[Program]:
        return self._now.values()

    def items(self) -> ItemsView[str, Program]:
        return self._now.items()
