"""A counter at which anybody may present anything: payloads of their own making, put to the whole of the handlers."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from slack_bolt import App
from slack_bolt.request import BoltRequest

from cases.ports import Policies
from cases.queues import Received
from cases.room import Room
from handlers import register
from handlers.events import Events
from handlers.front import Front
from tests.faults.rights.people import ACCOUNTS, furnish, policies
from tests.handlers.conftest import HandClock, fronted, scheduled
from tests.journeys.trying import as_read, texts
from workspace.api_views import clear_screen
from workspace.manifest import manifest
from workspace.model import JsonDict, Message
from workspace.pings import pings
from workspace.server import Workspace

Rows = dict[str, set[tuple[object, ...]]]
"""All that is remembered, by table."""
MRKDWN = {"type": "mrkdwn"}
QUEUES = frozenset({"inbox"})
"""An event is stored before anybody looks at who sent it."""


@dataclass(frozen=True)
class Came:
    """What came of a payload: every word that its person could read, and what was remembered of it."""

    words: str
    raw: str
    """The same as it travels, and what was posted because of it."""
    marked: str
    """What of it Slack reads as mrkdwn."""
    called: set[str]
    """Whom any of that calls."""
    shown: bool
    """A form, a Home or a page was put up or drawn anew."""
    errors: bool
    """The form stays open and says why."""
    new: Rows
    gone: Rows

    @property
    def changed(self) -> set[str]:
        """Tables that are not as they were."""
        return {table for table in self.new if self.new[table] | self.gone[table]} - QUEUES


class Counter:
    """One bot without a socket, and its people. Each payload finds the same morning."""

    def __init__(self, slack: Workspace, front: Front, room: Room, database: Path) -> None:
        self.slack, self.room = slack, room
        self._later: list[Callable[[], None]] = []
        self.front = replace(front, run_later=self._later.append)
        self._app = App(client=front.client, process_before_response=True, request_verification_enabled=False)
        register(self._app, self.front)
        self._events = Events(self.front)
        self._file = sqlite3.connect(database, isolation_level=None)
        self._morning = sqlite3.connect(":memory:")
        self._remembered: Rows = {}
        self._version = 0

    def begin(self) -> None:
        """Everything is as it should be found from now on."""
        scheduling = scheduled(self.front, self.room)
        scheduling.run_pending(self.front.clock.now())
        scheduling.stop()
        self._file.backup(self._morning)
        self._remembered, self._version = self._rows(), self._changes()

    def rewrite(self, typed: str) -> None:
        """From now on every case says this wherever somebody typed something, and customers are called so."""
        kept = typed.encode(errors="replace").decode().replace("\x00", "\ufffd")
        self._file.execute(
            "UPDATE cases SET title = ?1, details = ?1, account_name = ?2, tenant = ?1", (kept, kept[:80])
        )
        self._file.execute("UPDATE history SET why = ?", (kept,))
        self._file.execute("UPDATE accounts SET name = substr(?, 1, 70) || id", (kept,))
        self._file.backup(self._morning)
        self._remembered, self._version = self._rows(), self._changes()

    def put(self, who: str, payload: JsonDict, post: bool = False) -> Came:
        """Somebody presents a payload; `who` is their user id. `post`: what is to be said because of it is said."""
        before, asked = self._screen(who), len(self.slack.state.ephemerals)
        answer = self._app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
        assert answer is not None
        assert answer.status == 200, payload
        if payload.get("type") == "event_callback":
            self._events.handle(Received(payload["event_id"], payload, self.front.clock.now(), ""))
        while self._later:
            self._later.pop(0)()
        whispers = self.slack.state.ephemerals[asked:]
        after = self._screen(who)
        pages = [body for id, (hash, body) in after.items() if before.get(id) != (hash, body)]
        answered = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        ack = json.loads(answered or "{}")
        said = [*whispers, *(self._posted() if post else ())]
        views = [*pages, ack, ack.get("view", {})]
        came = Came(
            words=as_read("\n".join([answered, *texts(pages), *_read(whispers)])),
            raw="\n".join([*texts(views), *_read(said)]),
            marked="\n".join(
                _marked([*views, *(message.blocks or {**MRKDWN, "text": message.text} for message in said)])
            ),
            called=set[str]().union(
                *(pings(str(view.get("text", "")), view.get("blocks", [])) for view in views),
                *(pings(message.text, message.blocks) for message in said),
            ),
            shown=bool(pages) or '"view"' in answered,
            errors='"errors"' in answered,
            **self._difference(),
        )
        self._tidy(who)
        return came

    def close(self) -> None:
        self._app.listener_runner.listener_executor.shutdown()
        self._file.close()
        self._morning.close()

    def _posted(self) -> list[Message]:
        channels = self.slack.state.channels.values()
        before = {(message.channel, message.ts) for place in channels for message in place.messages.values()}
        scheduling = scheduled(self.front, self.room)
        scheduling.run_pending(self.front.clock.now())
        scheduling.stop()
        now = [message for place in channels for message in place.messages.values()]
        return [message for message in now if (message.channel, message.ts) not in before]

    def _screen(self, who: str) -> dict[str, tuple[str, JsonDict]]:
        state = self.slack.state
        views = [state.views[id] for id in state.stacks.get(who, ())]
        views += [state.homes[who]] if who in state.homes else []
        return {view.id: (view.hash, view.body) for view in views}

    def _difference(self) -> dict[str, Rows]:
        if self._changes() == self._version:
            return {"new": {}, "gone": {}}
        now = self._rows()
        pairs = [(table, rows, self._remembered[table]) for table, rows in now.items()]
        return {
            "new": {table: rows - was for table, rows, was in pairs},
            "gone": {table: was - rows for table, rows, was in pairs},
        }

    def _tidy(self, who: str) -> None:
        with self.slack.state.change():
            self.slack.state.ephemerals.clear()
            self.slack.state.homes.pop(who, None)
            clear_screen(self.slack.world, who)
        if self._changes() != self._version:
            self._morning.backup(self._file)
            self._version = self._changes()

    def _changes(self) -> int:
        """Moves with every transaction of anybody else; and of ours, when `backup` wrote."""
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])

    def _rows(self) -> Rows:
        tables = self._file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {table: set(self._file.execute(f'SELECT * FROM "{table}"')) for (table,) in tables}  # noqa: S608


def _marked(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _marked(each)
    elif isinstance(part, dict) and part.get("type") == "mrkdwn":
        yield str(part["text"])
    elif isinstance(part, dict):
        yield from _marked(list(part.values()))


def _read(messages: Iterable[Message]) -> list[str]:
    return ["\n".join([message.text, *texts(message.blocks)]) for message in messages]


@contextmanager
def counter(folder: Path, stated: Policies | None = None) -> Iterator[Counter]:
    """Before `begin`: its people are there, and no case yet."""
    clock = HandClock()
    app = manifest()
    with Workspace(clock.now, scopes=app.scopes, subscriptions=app.events, trigger_lifetime=60) as slack:
        furnish(slack)
        database = folder / "cases.db"
        with (
            fronted(slack, clock, ACCOUNTS, database, stated or policies()) as (front, room),
            closing(Counter(slack, front, room, database)) as made,
        ):
            yield made
