"""What those who keep the bot running have of it: metrics, a ping while all is well, new policies without a restart."""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING

from bot.doors import Door
from bot.health import Readiness
from bot.live_policies import LivePolicies
from bot.reloading import LOOKING_SECONDS, Reloading
from bot.rota_reload import rota_watched
from bot.rotas import Duties
from bot.settings import Settings, SettingsError
from bot.web import AddressTaken, address_of
from cases.figures import Figures
from cases.ports import Clock, Policies
from cases.room import Room
from scheduling.auditor import Auditor
from scheduling.service import Scheduling
from scheduling.worker import Worker

if TYPE_CHECKING:
    from bot.metrics import Metrics


def metrics_of(settings: Settings) -> "Metrics | None":
    """A meter for Prometheus; None where nobody asks for one: then its library isn't even imported."""
    if settings.metrics_address is None:
        return None
    from bot.metrics import Metrics

    return Metrics()


def reloading_of(
    settings: Settings,
    policies: LivePolicies,
    room: Room,
    clock: Clock,
    replans: Iterable[Callable[[], None]],
    reachable: Collection[str],
    rota: Duties,
) -> Reloading:
    """All that is taken without a restart."""
    watched = rota_watched(settings.rota_file, rota, room, clock)
    return Reloading(
        settings.policy_dir, settings.accounts_file, policies, room, clock, replans, reachable, others=watched
    )


class Operating:
    """Between `start` and `stop`."""

    def __init__(
        self,
        settings: Settings,
        metrics: "Metrics | None",
        figures: Callable[[], Figures],
        scheduling: Scheduling,
        auditor: Auditor,
        door: Door,
        readiness: Readiness,
        wall: Clock,
        clock: Clock,
        reloading: Reloading,
        policies: Policies,
    ) -> None:
        self._reloading = reloading
        self._workers = [Worker("reloading", reloading.step, reloading.seconds_to_next, LOOKING_SECONDS)]
        self._alive: Worker | None = None
        if settings.alive_ping_url is not None:
            from bot.alive import Alive

            checks = (*readiness.checks(), ("slack", readiness.of_door(door)))
            alive = Alive(settings.alive_ping_url.get_secret_value(), checks, clock)
            self._alive = Worker("alive", alive.step, alive.seconds_to_next)
            self._workers.append(self._alive)
        self.metrics = None
        if metrics is not None and settings.metrics_address is not None:
            from bot.metrics import MetricsServer, Standing

            age = partial(_age, scheduling, wall)
            metrics.watch(Standing(figures, lambda: auditor.counts, door.is_open, age, policies))
            self.metrics = MetricsServer(address_of(settings.metrics_address), metrics)

    def start(self) -> None:
        """Raises SettingsError: another program is at METRICS_ADDRESS."""
        if self.metrics is not None:
            try:
                self.metrics.start()
            except AddressTaken as error:
                raise SettingsError(f"METRICS_ADDRESS: {error}") from None
        for worker in self._workers:
            worker.start()

    def wake(self) -> None:
        """The clock was moved."""
        if self._alive is not None:
            self._alive.wake()

    def reload(self) -> None:
        """Take policies, accounts and rotas anew, now. Cheap, from a signal's handler too."""
        self._reloading.ask()
        self._workers[0].wake()

    def stop(self) -> None:
        """Finishes what is under way."""
        for worker in self._workers:
            worker.stop()
        if self.metrics is not None:
            self.metrics.stop()


def _age(scheduling: Scheduling, wall: Clock) -> float | None:
    at = scheduling.looked_at
    return None if at is None else max((wall.now() - at).total_seconds(), 0.0)
