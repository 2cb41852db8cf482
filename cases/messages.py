"""What goes out to Slack: how a say is drawn, and what sending it can come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cases.case import Case
from cases.queues import Json, Post
from cases.says import Say


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file ready for Slack."""

    name: str
    title: str
    content: bytes = b""
    source: "Source | None" = None
    """Its content is read there as it is uploaded; None: it is `content`."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is with Slack already, where the bot may read it."""

    address: str
    size: int
    """Bytes, as Slack says."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message ready for Slack."""

    text: str
    """What notifications and screen readers get: mrkdwn, escaped."""
    blocks: Sequence[Json]
    """Block Kit, as plain JSON objects; empty: `text` alone is shown."""
    attachment: Attachment | None = None
    """This file is shared, and there is no message but the one that Slack makes for it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One alarm in a digest, with what there is to know of it."""

    say: Say
    case: Case | None
    """As it is now; None: it can't be read."""
    card: Post | None
    """The case's card in the triage channel."""


class SendError(Exception):
    """A call to Slack that did not succeed. Any other exception of a Messenger is taken as a SendUncertain."""


class SendRefused(SendError):
    """Slack answered `ok: false`: nothing was posted or changed.

    `reason` is Slack's own error code, unchanged (`channel_not_found`, `message_not_found`, `invalid_blocks`, …). The
    sender decides by it whether to try again, so every code is passed on, the lasting ones and the others.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SendRateLimited(SendError):
    """HTTP 429, or `ok: false` with `ratelimited`: nothing was posted."""

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__(f"rate limited for {retry_after_seconds:g} s")
        self.retry_after_seconds = retry_after_seconds


class SendUncertain(SendError):
    """Nobody knows whether Slack took it: a timeout, a dropped connection, HTTP 5xx, an answer that is not JSON, or
    `ok: false` with `fatal_error`, `internal_error`, `request_timeout` or `service_unavailable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Renderer(Protocol):
    """Draws what is said."""

    def draw(self, say: Say, case: Case | None, now: datetime) -> Drawn:
        """Pure: no Slack, no storage. `case` is the case of `say.case` as it is now; None if the say has none."""
        ...

    def digest(self, say: Say, rows: Sequence[Row], now: datetime) -> Drawn:
        """Pure, too. One that can't be drawn still has its row, so that it keeps no other from being told."""
        ...


class Messenger(Protocol):
    """Slack, as the sender needs it: one call of the Web API each, no retries of its own (the SDK's switched off).

    Called from several threads at once. Every method but `pin` raises SendRefused, SendRateLimited or SendUncertain.
    Channels are channel ids (C…, G…, D…), never user ids. No unfurls, no `link_names`.
    """

    def post(self, channel: str, drawn: Drawn, token: str, thread_ts: str | None) -> Post:
        """`chat.postMessage`, with metadata: event_type `caseclock`, event_payload `{"token": token}`.

        Returns the channel and ts that Slack answered with.
        """
        ...

    def update(self, post: Post, drawn: Drawn) -> None:
        """`chat.update`; the message's metadata stays as it is."""
        ...

    def post_ephemeral(self, channel: str, user: str, drawn: Drawn, thread_ts: str | None) -> None:
        """`chat.postEphemeral`, to `user` alone."""
        ...

    def find_by_token(self, channel: str, thread_ts: str | None, token: str) -> Post | None:
        """The message that `post` made with this token, if Slack has it; None: certainly not there.

        `conversations.history`, or `conversations.replies` in a thread, with `include_all_metadata`, newest first, as
        far back as a row can have been waiting (a few pages). A thread that is gone holds nothing: None.
        """
        ...

    def upload(self, attachment: Attachment) -> str:
        """`files.getUploadURLExternal`, and the content sent there; Slack's id of the file, which nobody sees yet.

        Raises:
            SendRefused: `file_unreadable` or `file_too_large`, of a `Source` that can't be carried.
        """
        ...

    def delete_file(self, file: str) -> None:
        """`files.delete`, of a file that `upload` made.

        Raises:
            SendRefused: `file_not_found` or `file_deleted` where it is gone already.
        """
        ...

    def share(self, channel: str, thread_ts: str | None, file: str, title: str) -> None:
        """`files.completeUploadExternal`: Slack shares a file once, in this channel and no other.

        Raises:
            SendRefused: `file_not_found` where the file was shared already, or was let go meanwhile.
        """
        ...

    def find_file(self, channel: str, thread_ts: str | None, file: str) -> Post | None:
        """The message that shares this file; None: certainly not there. Looks as far as `find_by_token`."""
        ...

    def open_dm(self, user: str) -> str:
        """`conversations.open`: id of the direct channel with `user`."""
        ...

    def pin(self, post: Post) -> bool:
        """`pins.add`; pinned already counts as pinned.

        Returns False where it can't be done (method or scope missing, too many pins, Slack out of reach), having logged
        why, once; never raises, since the message stands without it.
        """
        ...
