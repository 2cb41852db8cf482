"""Policies, accounts and rotas, taken anew when their files change: checked first, and kept as they were if wrong."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

import structlog

from bot.live_policies import LivePolicies
from cases.loading import ACCOUNTS, POLICIES, changes, homeless, right, versions_of, wrong
from cases.ports import Clock, Policies
from cases.reaching import unnamed
from cases.room import Room
from policies.lines import where
from policies.loader import load_policies
from policies.problems import PolicyErrors

LOOKING_SECONDS = 5.0
"""A file that was changed is read once it has been left alone between two looks: an editor may be at it."""

Mark = tuple[tuple[str, int, int], ...]
"""Names, times of change and sizes of files: what is the same again needs no reading."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Reloading:
    """A worker's step: each look is cheap, and each replica has its own."""

    def __init__(
        self,
        folder: Path,
        accounts: Path | None,
        policies: LivePolicies,
        room: Room,
        clock: Clock,
        replans: Iterable[Callable[[], None]],
        reachable: Collection[str] = (),
        others: Mapping[Path, Callable[[], None]] = MappingProxyType({}),
    ) -> None:
        """`folder` holds what `policies` were loaded from; `replans`: what goes by them, and may be planned otherwise;
        `reachable`: the addresses outside Slack that a ladder may name; `others`: what else to load, by its file.
        """
        self._reachable = reachable
        self._policies = policies
        self._room = room
        self._clock = clock
        self._replans = tuple(replans)
        self._asked = False
        watched = {} if accounts is None else {accounts: partial(self._read, accounts)}
        self._others = [_Files(partial(_mark, (file,)), load) for file, load in (watched | dict(others)).items()]
        self._files = _Files(lambda: _mark(_policies_in(folder)), lambda: self._load(folder))
        self._begun = False
        self._await_accounts = False
        """The policy files were refused for what an account has."""

    def ask(self) -> None:
        """Take them now, changed or not. Whoever steps has to be woken."""
        self._asked = True

    def step(self) -> bool:
        """False: there is no more to do for now."""
        if not self._begun:
            self._begin()
            return False
        if self._asked:
            self._asked = False
            for files in (self._files, *self._others):
                files.ask()
        for files in (self._files, *self._others):
            files.look()
        return self._asked

    def seconds_to_next(self) -> float:
        """Until the next look."""
        return LOOKING_SECONDS

    def _begin(self) -> None:
        """What was loaded as this process began may be other than what an earlier one had."""
        self._put(self._policies, self._clock.now())
        for files in self._others:
            files.load()
        self._begun = True

    def _load(self, folder: Path) -> None:
        now = self._clock.now()
        self._await_accounts = False
        try:
            found = load_policies(folder)
            with self._room.units.reading() as uow:
                lost = tuple(homeless(uow.accounts.all(), found))
            problems = (*lost, *unnamed(found, self._reachable))
            self._await_accounts = bool(lost)
        except PolicyErrors as errors:
            problems = tuple(f"{where(each)}: {each.what}" for each in errors.problems)
            found = {}
        if problems:
            self._refuse(POLICIES, _digest(folder), problems, now)
            return
        self._policies.exchange(found)
        # What named a programme or plan that there was not may be right by these.
        for files in self._others:
            files.again()
        self._put(found, now)
        for replan in self._replans:
            replan()
        log.info("policies_loaded", versions=dict(versions_of(found)))

    def _put(self, policies: Policies, now: datetime) -> None:
        with self._room.units() as uow:
            reload = uow.loaded.put(POLICIES, versions_of(policies))
            changed = changes(reload.before or {}, policies) if reload is not None else ()
            right(uow, self._room.places, POLICIES, now, reload, changed)

    def _read(self, file: Path) -> None:
        # Needed where there is such a file alone.
        from bot.accounts_file import AccountsFileErrors, with_lines
        from bot.accounts_import import Outcome, imported_into

        now = self._clock.now()
        try:
            content = file.read_bytes()
        except OSError as error:
            self._refuse(ACCOUNTS, "unreadable", (f"{file.name} can't be read: {error.strerror}",), now)
            return
        digest = hashlib.sha256(content).hexdigest()
        try:
            with self._room.units() as uow:
                reload = uow.loaded.put(ACCOUNTS, {file.name: digest})
                imported = imported_into(uow, content, self._policies) if reload is not None else ()
                changed = [
                    f"{each.outcome}: {each.account.name}" for each in imported if each.outcome is not Outcome.UNCHANGED
                ]
                right(uow, self._room.places, ACCOUNTS, now, reload, changed)
        except AccountsFileErrors as errors:
            self._refuse(ACCOUNTS, digest[:12], with_lines(file.name, content, errors.problems), now)
        else:
            if changed and self._await_accounts:
                self._files.again()
            log.info("accounts_loaded", changed=len(changed))

    def _refuse(self, what: str, content: str, problems: tuple[str, ...], now: datetime) -> None:
        log.error(f"{what}_refused", problems=problems)
        with self._room.units() as uow:
            wrong(uow, self._room.places, what, content, problems, now)


class _Files:
    """Some files that belong together, and what to do once they have changed."""

    def __init__(self, mark: Callable[[], Mark], load: Callable[[], None]) -> None:
        self._mark = mark
        self._load = load
        self._last = mark()
        self._loaded: Mark | None = self._last
        self._asked = False

    def ask(self) -> None:
        """Loads them at each look, changed or not, until that is done: somebody asked for it."""
        self._asked = True

    def look(self) -> None:
        last, self._last = self._last, self._mark()
        if self._asked or (self._last == last and self._last != self._loaded):
            self.load()

    def again(self) -> None:
        """Loads them at the next look, unless somebody is at them."""
        self._loaded = None

    def load(self) -> None:
        """What raises is tried again at the next look."""
        mark = self._mark()
        self._load()
        self._loaded = self._last = mark
        self._asked = False


def _policies_in(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix in (".yml", ".yaml"))
    except OSError:
        return []


def _mark(files: Iterable[Path]) -> Mark:
    """What isn't there leaves nothing."""
    marks = []
    for file in files:
        with suppress(OSError):
            found = file.stat()
            marks.append((file.name, found.st_mtime_ns, found.st_size))
    return tuple(marks)


def _digest(folder: Path) -> str:
    """What its files hold, in a few letters."""
    digest = hashlib.sha256()
    for file in _policies_in(folder):
        with suppress(OSError):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
