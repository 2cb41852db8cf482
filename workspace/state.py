"""The one place where the local Slack's state lives, behind one lock, and where waiting for a change is done."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from workspace.errors import ApiError
from workspace.model import Channel, File, Message, Team, Upload, User, UserGroup, View

T = TypeVar("T")


class State:
    """Everything that is remembered. Take ``with state.change():`` to write; waiters are woken when it ends.

    ``clock`` returns the aware instant that message timestamps and event times are derived from.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._version = 0
        self._listeners: tuple[Callable[[], None], ...] = ()
        self._last_ts = 0
        self._count = 0
        self.base_url = ""
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.ephemerals: list[Message] = []
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, View] = {}
        self.uploads: dict[str, Upload] = {}
        self.files: dict[str, File] = {}

    @contextmanager
    def change(self) -> Iterator[None]:
        with self.lock:
            yield
            self._version += 1
            self._changed.notify_all()
            for tell in self._listeners:
                tell()

    def subscribe(self, tell: Callable[[], None]) -> Callable[[], None]:
        """Calls `tell` after each change, in the changing thread, which holds the lock: it must only pass on the word.
        Returns what ends it."""
        with self.lock:
            self._listeners += (tell,)
        return partial(self._unsubscribe, tell)

    def _unsubscribe(self, tell: Callable[[], None]) -> None:
        with self.lock:
            self._listeners = tuple(listener for listener in self._listeners if listener is not tell)

    def wait_until(self, predicate: Callable[[], T | None], timeout: float) -> T:
        """The predicate's first true answer, asked after each change. ``TimeoutError`` after ``timeout`` seconds.

        The predicate runs without the lock, so that it may itself call the server.
        """
        deadline = time.monotonic() + timeout
        while True:
            seen = self._version
            answer = predicate()
            if answer:
                return answer
            if time.monotonic() >= deadline:
                raise TimeoutError(f"still waiting after {timeout:g} s")
            with self.lock:
                self._changed.wait_for(partial(self._changed_since, seen), max(0.0, deadline - time.monotonic()))

    def _changed_since(self, version: int) -> bool:
        return self._version != version

    def number(self) -> int:
        """The next number of a sequence that names things (views, events, triggers)."""
        with self.lock:
            self._count += 1
            return self._count

    def epoch(self) -> int:
        return int(self.clock().timestamp())

    def next_ts(self) -> str:
        """A timestamp like ``1712345678.000100``: from the clock, unique, and never going back."""
        with self.lock:
            now = self.clock().astimezone(UTC)
            micros = int(now.timestamp()) * 1_000_000 + now.microsecond
            self._last_ts = max(micros, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def channel(self, channel_id: str) -> Channel:
        if channel_id not in self.channels:
            raise ApiError("channel_not_found")
        return self.channels[channel_id]

    def user(self, user_id: str) -> User:
        if user_id not in self.users:
            raise ApiError("user_not_found")
        return self.users[user_id]

    def message(self, channel_id: str, ts: str) -> Message:
        found = self.channel(channel_id).messages.get(ts)
        if found is None:
            raise ApiError("message_not_found")
        return found

    def replies(self, channel_id: str, ts: str) -> list[Message]:
        """The replies under a root message, oldest first, without the root."""
        return [m for m in self.channel(channel_id).messages.values() if m.is_reply and m.thread_ts == ts]

    def direct_message(self, host: str, bot: str, person: str) -> Channel:
        """The conversation of the bot and one person, made at its first use."""
        for channel in self.channels.values():
            if channel.is_im and set(channel.members) == {bot, person}:
                return channel
        channel = Channel(f"D0{person[2:]}", "", [host], [bot, person], is_im=True)
        self.channels[channel.id] = channel
        return channel
