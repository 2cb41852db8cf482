"""A Slack in memory: stands in for Slack alone, so that what it was asked and what it shows can be told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock

from cases.messages import Attachment, Drawn, SendError, SendRefused
from cases.queues import Post


@dataclass(frozen=True)
class Shown:
    """A message as its channel shows it."""

    channel: str
    ts: str
    text: str
    token: str
    thread_ts: str | None


@dataclass(frozen=True)
class Trouble:
    """The next call of a method fails, `took` true: after Slack did what it was asked."""

    method: str
    error: Exception
    took: bool = False
    channel: str | None = None


class SlackInMemory:
    """Implements `cases.messages.Messenger` as Slack would behave; not a double of any code of this project."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.whispers: list[tuple[str, str, str]] = []
        self.pinned: list[Post] = []
        self.uploads: dict[str, Attachment] = {}
        self.calls: list[str] = []
        self.can_pin = True
        self.before_post: Callable[[str], None] = lambda channel: None
        self.before_find: Callable[[], None] = lambda: None
        self._troubles: list[Trouble] = []
        self._stamps = count(1)
        self._lock = Lock()

    def will_fail(self, method: str, error: SendError, *, took: bool = False, channel: str | None = None) -> None:
        """Once; call again for more."""
        self._troubles.append(Trouble(method, error, took, channel))

    def texts(self, channel: str) -> list[str]:
        """What a channel shows, oldest first."""
        return [message.text for message in self.shown if message.channel == channel]

    def post(self, channel: str, drawn: Drawn, token: str, thread_ts: str | None) -> Post:
        self.before_post(channel)
        with self._lock:
            trouble = self._asked("post", channel)
            message = Shown(channel, f"1.{next(self._stamps):06}", drawn.text, token, thread_ts)
            if trouble is None or trouble.took:
                self.shown.append(message)
            _raise(trouble)
            return Post(channel, message.ts)

    def update(self, post: Post, drawn: Drawn) -> None:
        with self._lock:
            _raise(self._asked("update", post.channel))
            self.shown = [
                replace(message, text=drawn.text)
                if (message.channel, message.ts) == (post.channel, post.ts)
                else message
                for message in self.shown
            ]

    def post_ephemeral(self, channel: str, user: str, drawn: Drawn, thread_ts: str | None) -> None:
        with self._lock:
            trouble = self._asked("post_ephemeral", channel)
            if trouble is None or trouble.took:
                self.whispers.append((channel, user, drawn.text))
            _raise(trouble)

    def find_by_token(self, channel: str, thread_ts: str | None, token: str) -> Post | None:
        self.before_find()
        with self._lock:
            _raise(self._asked("find_by_token", channel))
            found = [m for m in self.shown if (m.channel, m.thread_ts, m.token) == (channel, thread_ts, token)]
            return Post(channel, found[0].ts) if found else None

    def upload(self, attachment: Attachment) -> str:
        with self._lock:
            trouble = self._asked("upload", None)
            file = f"F{next(self._stamps):06}"
            self.uploads[file] = attachment
            _raise(trouble)
            return file

    def share(self, channel: str, thread_ts: str | None, file: str, title: str) -> None:
        with self._lock:
            trouble = self._asked("share", channel)
            if trouble is None or trouble.took:
                if self.uploads.pop(file, None) is None:
                    raise SendRefused("file_not_found")
                self.shown.append(Shown(channel, f"1.{next(self._stamps):06}", title, file, thread_ts))
            _raise(trouble)

    def delete_file(self, file: str) -> None:
        with self._lock:
            _raise(self._asked("delete_file", None))
            if self.uploads.pop(file, None) is None and not any(m.token == file for m in self.shown):
                raise SendRefused("file_not_found")
            self.shown = [m for m in self.shown if m.token != file]

    def find_file(self, channel: str, thread_ts: str | None, file: str) -> Post | None:
        return self.find_by_token(channel, thread_ts, file)

    def open_dm(self, user: str) -> str:
        with self._lock:
            _raise(self._asked("open_dm", user))
            return f"D{user}"

    def pin(self, post: Post) -> bool:
        with self._lock:
            self.calls.append("pin")
            if self.can_pin:
                self.pinned.append(post)
            return self.can_pin

    def _asked(self, method: str, channel: str | None) -> Trouble | None:
        self.calls.append(method)
        for trouble in self._troubles:
            if trouble.method == method and trouble.channel in {None, channel}:
                self._troubles.remove(trouble)
                return trouble
        return None


def _raise(trouble: Trouble | None) -> None:
    if trouble is not None:
        raise trouble.error
