"""Channels that Slack gave another id: what a setting or a file calls by the old one is at the new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.change import Places


@dataclass(slots=True)
class Moved:
    """The new ids by the old ones, as this process knows them. Any thread may read while one learns."""

    _new: Mapping[str, str] = field(default_factory=dict)

    def learn(self, new: Mapping[str, str]) -> None:
        """All that there are."""
        self._new = dict(new)

    def now(self, channel: str) -> str:
        """The channel's id as it is now."""
        return self._new.get(channel, channel)

    def places(self, named: Places) -> Places:
        """Those that the settings name, where they are now."""
        return Places(*map(self.now, (named.triage, named.escalations, named.managers, named.operators)))
