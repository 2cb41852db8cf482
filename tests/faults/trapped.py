"""The stage whose bot lives among traps; and the moments to die at that they make."""

import multiprocessing
import random
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from storage.unsent import handling
from tests.faults.traps import Boundary, Trap, live_among_traps
from tests.journeys.moments import as_slack_takes_a_post
from tests.journeys.restarting import Moment, MortalStage, Wait
from workspace.bot_process import warm_up
from workspace.stage import settings_for

LEASE = timedelta(seconds=31)
"""PostgreSQL may serve other processes too: what a dead one had in hand is free when its lease has run out."""
LOOK_SECONDS = 0.002
NEXT_AFTER_THE_LAST = text(
    "SELECT setval(pg_get_serial_sequence('cases', 'number'), max(number) + 1, false)"
    " FROM (SELECT number FROM cases UNION SELECT 0) AS taken"
)
OF_ONE_CASE = tuple(boundary for boundary in Boundary if boundary is not Boundary.MERGING)
"""It takes several to make a digest."""
MOST = 4
"""So often is a boundary come to in most acts."""


class TrappedStage(MortalStage):
    """Its bot dies at a boundary of its own work, not at some time."""

    def __init__(self, folder: Path, now: datetime, database_url: str) -> None:
        super().__init__(folder, now, database_url=database_url)
        self.trap = Trap(folder / "trap")
        self._trap_file = folder / "trap"
        self.deaths: Counter[Boundary] = Counter()
        """By where it died, of those in which it came to its trap."""

    def start_bot(self) -> None:
        """As `ProcessStage`; where a death left leases that nobody may take away, these run out first."""
        held = self.leased() or handling(self._engine, self.clock.now())
        if held and self._engine.dialect.name == "postgresql":
            self._set_clock(self.clock.now() + LEASE)
        self._forget_taken_number()
        warm_up()
        settings = settings_for(self.slack, self.database_url)
        context = multiprocessing.get_context("forkserver")
        life = (settings, self._clock_file, self._trap_file)
        self._process = context.Process(target=live_among_traps, args=life, daemon=True)
        self._process.start()
        self.until(lambda: self.slack.hub.connections, 30.0)

    def _forget_taken_number(self) -> None:
        """PostgreSQL gives no number twice, and a story's case is C-1 though a dead transaction took that."""
        if self._engine.dialect.name == "postgresql":
            with self._engine.begin() as connection:
                connection.execute(NEXT_AFTER_THE_LAST)

    @property
    def is_living(self) -> bool:
        """So far as the machine knows."""
        return self._process is None or self._process.is_alive()


def at(boundary: Boundary, times: int) -> Moment:
    """At this boundary, the how-manieth time in the act; in an act that doesn't come there: when all is done."""

    def moment(stage: MortalStage) -> Wait:
        assert isinstance(stage, TrappedStage)
        stage.trap.set(boundary, times)

        def wait(done: threading.Event) -> None:
            while stage.is_living and not done.wait(LOOK_SECONDS):
                pass
            stage.deaths[boundary] += not stage.is_living
            stage.trap.clear()

        return wait

    return moment


def boundaries(seed: int) -> Iterator[Moment]:
    """For ever, one an act: at each boundary as often as at any other, and as Slack takes a post."""
    dice = random.Random(seed)
    while True:
        where = dice.choice([*OF_ONE_CASE, None])
        yield as_slack_takes_a_post if where is None else at(where, dice.randint(1, MOST))
