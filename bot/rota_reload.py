"""Who is on duty, taken anew when ROTA_FILE changes: checked first, and kept as it was if wrong."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import structlog

from bot.rota_file import RotaError, Rotas, rotas_for
from bot.rotas import Duties
from cases.loading import ROTAS, right, wrong
from cases.ports import Clock
from cases.room import Room

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def rota_watched(file: Path | None, duties: Duties, room: Room, clock: Clock) -> Mapping[Path, Callable[[], None]]:
    """What to do once the file has changed; nothing without one."""
    return {} if file is None else {file: partial(_load, file, duties, room, clock)}


def _load(file: Path, duties: Duties, room: Room, clock: Clock) -> None:
    now = clock.now()
    try:
        rotas = rotas_for(file, room.policies)
    except RotaError as error:
        log.error("rotas_refused", problem=str(error))
        with room.units() as uow:
            wrong(uow, room.places, ROTAS, _content(file), (str(error).replace(str(file), file.name),), now)
        return
    duties.exchange(rotas)
    with room.units() as uow:
        reload = uow.loaded.put(ROTAS, versions := _versions(rotas))
        changed = tuple(_changes(reload.before or {}, versions)) if reload is not None else ()
        right(uow, room.places, ROTAS, now, reload, changed)
    log.info("rotas_loaded", changed=len(changed))


def _content(file: Path) -> str:
    """What tells it from another one that is wrong."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    except OSError:
        return "unreadable"


def _versions(rotas: Rotas) -> Mapping[str, str]:
    return {
        program: hashlib.sha256(rota.model_dump_json().encode()).hexdigest()[:12] for program, rota in rotas.items()
    }


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """In words, a line each."""
    for program in sorted({*before, *now}):
        if program not in now:
            yield f"gone: {program}, whose rungs call the whole on-call group"
        elif before.get(program) != now[program]:
            yield f"{'changed' if program in before else 'new'}: {program}"
