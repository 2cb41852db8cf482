"""Whether the bot lives and whether it is ready, for whatever watches over its process."""

from collections.abc import Callable, Iterable

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from bot.doors import Door
from cases.ports import Clock
from scheduling.service import Scheduling
from storage.migrate import head, revision
from storage.unsent import roaming

OK = "ok"
TOLD_ONLY = frozenset({"alarms"})
"""No reason to keep people away from this process: by what they do in Slack it may be mended."""
TICK_SECONDS = 60
"""The alarm looks at least every 15 s."""

Check = Callable[[], str]
"""What is wrong, in a few words; empty: nothing. Runs in a thread; what it raises counts as wrong."""


def health_routes(checks: Iterable[tuple[str, Check]]) -> list[Route]:
    """`/healthz`: the process answers. `/readyz`: 200 where every check is fine but those that are only told, else 503;
    JSON with a word on each.
    """
    named = tuple(checks)

    def healthz(_: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    async def readyz(_: Request) -> JSONResponse:
        found = {name: await run_in_threadpool(_told, check) for name, check in named}
        ready = all(word == OK for name, word in found.items() if name not in TOLD_ONLY)
        return JSONResponse(found, 200 if ready else 503)

    return [Route("/healthz", healthz, methods=["GET"]), Route("/readyz", readyz, methods=["GET"])]


class Readiness:
    """What must be so before the bot can keep a promise."""

    def __init__(self, engine: Engine, scheduling: Scheduling, wall: Clock) -> None:
        self._engine = engine
        self._scheduling = scheduling
        self._wall = wall

    def checks(self) -> tuple[tuple[str, Check], ...]:
        """Of the database, of the tick, and whether alarms find a place."""
        return ("database", self._database), ("tick", self._tick), ("alarms", self._alarms)

    def of_door(self, door: Door) -> Check:
        """Of the way in. A request that asks over HTTP has come in by it already."""
        return lambda: "" if door.is_open() else "not connected"

    def _database(self) -> str:
        with self._engine.connect() as connection:
            found = revision(connection)
        return "" if found == head() else f"at revision {found}, not {head()}"

    def _alarms(self) -> str:
        found = roaming(self._engine)
        return f"{found} wait: no place takes them" if found else ""

    def _tick(self) -> str:
        at = self._scheduling.looked_at
        if at is None:
            return "has not looked yet"
        seconds = int((self._wall.now() - at).total_seconds())
        return "" if seconds <= TICK_SECONDS else f"looked last {seconds} s ago"


def _told(check: Check) -> str:
    try:
        return check() or OK
    except Exception as error:
        return type(error).__name__
