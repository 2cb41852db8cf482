"""The worker that looks after hearing Slack, put together."""

from collections.abc import Callable

from bot.doors import Door
from bot.settings import Settings
from cases.change import Places
from cases.ports import Clock
from cases.retention import kept_for
from handlers.catch_up import CatchUp
from handlers.front import Front
from scheduling.hearing import Hearing
from scheduling.worker import Worker


def hearing_worker(settings: Settings, front: Front, door: Door, clock: Clock, places: Callable[[], Places]) -> Worker:
    """Reads in history what was missed, and finds out an ear that only seems to hear."""

    def inside() -> tuple[str, ...]:
        return tuple(dict.fromkeys((places().triage, places().escalations)))

    hearing = Hearing(front.units, door, CatchUp(front, inside, kept_for(settings.retention_days)), clock)
    return Worker("hearing", hearing.step, hearing.seconds_to_next)
