"""A stage whose places can be taken away: channels archived, people gone."""

from bot.health import Readiness
from cases.detours import is_person
from cases.roaming import ANYWHERE
from storage.unsent import unsent
from tests.faults.operated import OperatedStage
from workspace.model import Channel
from workspace.stage import ESCALATIONS, ON_CALL, OPERATORS, SUPPORT, Stage

HALF, NINE_TENTHS = "Half of the time", "90 % of the time"
INSTEAD = "Meant for"
CHANNELS = (ESCALATIONS, "C0TRIAGE", "C0MANAGERS", OPERATORS)


class Places(OperatedStage):
    """With channels of their own for escalations and for operators."""

    def prepare(self) -> None:
        self.slack.add_channel("escalations", ESCALATIONS, members=SUPPORT)
        super().prepare()

    def channel(self, id: str) -> Channel:
        return self.slack.channel(id)

    def archive(self, *ids: str) -> None:
        for id in ids:
            self.slack.administration.archive(self.channel(id))
        self.quiet()

    def gone(self, *ids: str) -> None:
        """Channels are archived, people's accounts deactivated, after the bot came to know who is in the group."""
        if self._engineers == ON_CALL:
            self.slack.wait_until(lambda: self.slack.calls("usergroups.users.list"))
        for id in (each for each in ids if is_person(each)):
            self.slack.administration.deactivate(self.slack.state.users[id])
        self.archive(*(each for each in ids if not is_person(each)))

    def waits(self) -> list[str]:
        """Keys of the alarms that go round."""
        return [say.key for say in unsent(self._engine) if say.key.endswith(ANYWHERE)]

    def ready(self) -> str:
        """What `/readyz` says of alarms."""
        return dict(Readiness(self._engine, self.bot.scheduling, self.clock).checks())["alarms"]()


class FewPlaces(Places):
    """Two channels, and one person who is everything."""

    def prepare(self) -> None:
        Stage.prepare(self)
