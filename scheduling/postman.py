"""One try to send one letter: the calls to Slack that it takes, each inside Slack's limits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

import structlog

from cases.messages import (
    Attachment,
    Drawn,
    Messenger,
    Renderer,
    SendError,
    SendRateLimited,
    SendRefused,
    SendUncertain,
)
from cases.meters import UNMETERED, Meter
from cases.ports import Clock, StorageUnavailable
from cases.queues import Post
from cases.says import FILE_KINDS, Say, SayKind
from scheduling.addressing import Letter
from scheduling.filing import Remember, file_to_share, spent
from scheduling.outcome import DRAWING_PAUSE_SECONDS, LATEST_POST_SECONDS, Later, Outcome, Sent, after_error, backoff
from scheduling.pacing import Pacing

P = ParamSpec("P")
R = TypeVar("R")

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Postman:
    """Safe to use from several threads, one letter a channel at a time."""

    def __init__(
        self, renderer: Renderer, messenger: Messenger, clock: Clock, pacing: Pacing, meter: Meter = UNMETERED
    ) -> None:
        self._renderer = renderer
        self._messenger = messenger
        self._clock = clock
        self._pacing = pacing
        self._meter = meter
        self._direct: dict[str, str] = {}
        """Direct channels by user."""

    def deliver(self, letter: Letter, taken_at: datetime, keep: Remember) -> Outcome:
        """Never raises: whatever happens is an outcome. `keep` remembers what is uploaded, before it is shared."""
        return _Try(self, letter, taken_at + timedelta(seconds=LATEST_POST_SECONDS), keep).outcome()

    def draw(self, letter: Letter) -> Drawn:
        """Draws the case as it was when the letter was addressed, a moment ago."""
        if letter.digest is not None:
            return self._renderer.digest(letter.digest, letter.rows, self._clock.now())
        return self._renderer.draw(letter.delivery.say, letter.case, self._clock.now())

    def is_past(self, at: datetime) -> bool:
        """By the clock that leases go by."""
        return self._clock.now() > at

    def channel(self, say: Say) -> str:
        """The channel's id; of a direct message, after opening it once."""
        if not say.channel.startswith(("U", "W")):
            return say.channel
        if say.channel not in self._direct:
            self._direct[say.channel] = self.call("conversations.open", self._messenger.open_dm, say.channel)
        return self._direct[say.channel]

    def post(self, letter: Letter, channel: str, drawn: Drawn) -> Post | None:
        """A new message; None for an ephemeral one."""
        say = letter.delivery.say
        try:
            if say.only_for is not None:
                whisper = self._messenger.post_ephemeral
                self.call("chat.postEphemeral", whisper, channel, say.only_for, drawn, letter.thread_ts)
                return None
            token = letter.delivery.token
            return self.call(say.channel, self._messenger.post, channel, drawn, token, letter.thread_ts)
        finally:
            self._pacing.posted(say.channel)

    def redraw(self, target: Post, drawn: Drawn) -> None:
        """The message that stands there already."""
        self.call("chat.update", self._messenger.update, target, drawn)

    def find(self, letter: Letter, channel: str) -> Post | None:
        """What an earlier try of unknown outcome may have left."""
        find, token = self._messenger.find_by_token, letter.delivery.token
        return self.call("conversations.history", find, channel, letter.thread_ts, token)

    def upload(self, attachment: Attachment) -> str:
        """Slack's id of a file that nobody sees yet."""
        return self.call("files.getUploadURLExternal", self._messenger.upload, attachment)

    def share(self, letter: Letter, channel: str, file: str, title: str) -> None:
        """In this channel, once; it counts as a post."""
        try:
            self.call(letter.delivery.say.channel, self._messenger.share, channel, letter.thread_ts, file, title)
        finally:
            self._pacing.posted(letter.delivery.say.channel)

    def find_file(self, letter: Letter, channel: str, file: str) -> Post | None:
        """What an earlier try of unknown outcome may have shared."""
        return self.call("conversations.history", self._messenger.find_file, channel, letter.thread_ts, file)

    def delete_file(self, file: str) -> None:
        """What was shared is taken back."""
        self.call("files.delete", self._messenger.delete_file, file)

    def pin(self, post: Post) -> None:
        """A convenience, and the message stands already: never raises. A refusal is the messenger's to log."""
        try:
            self._messenger.pin(post)
        except Exception:
            log.exception("pin_failed", channel=post.channel)

    def call(self, line: str, method: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call Slack unless `line` (a channel for posts, else the method's name) is closed; close it when told to.

        Raises:
            SendError: whatever went wrong.
        """
        closed_for = self._pacing.seconds_left(line)
        if closed_for > 0:
            raise SendRateLimited(closed_for)
        try:
            return method(*args, **kwargs)
        except SendRateLimited as limited:
            self._pacing.hold(line, limited.retry_after_seconds)
            self._meter.limited(line)
            raise
        except SendError:
            raise
        except Exception as error:
            raise SendUncertain(repr(error)) from error


class _TooLate(Exception):
    """The letter may be somebody else's before Slack has answered."""


class _Try:
    """One letter's way, and whether Slack may hold its message by now."""

    def __init__(self, postman: Postman, letter: Letter, latest: datetime, keep: Remember) -> None:
        self._postman = postman
        self._latest = latest
        self._letter = letter
        self._keep = keep
        self._uncertain = letter.delivery.uncertain

    def outcome(self) -> Outcome:
        delivery = self._letter.delivery
        if self._uncertain and delivery.say.only_for is not None:
            # Nobody can look it up, and twice is worse than perhaps not at all.
            log.warning("ephemeral_not_repeated", key=delivery.say.key)
            return Sent(None)
        try:
            return Sent(self._send())
        except _TooLate:
            return Later(0, self._uncertain, "Slack was slow: begun anew")
        except SendError as error:
            return after_error(error, delivery, uncertain=self._uncertain)
        except StorageUnavailable as error:
            return Later(backoff(delivery.attempts), self._uncertain, repr(error))
        except Exception as error:
            log.exception("drawing_failed", key=delivery.say.key, again_in_seconds=DRAWING_PAUSE_SECONDS)
            return Later(DRAWING_PAUSE_SECONDS, self._uncertain, repr(error))

    def _send(self) -> Post | None:
        if self._letter.file is not None:
            self._postman.delete_file(self._letter.file)
            return None
        if self._letter.target is not None:
            self._postman.redraw(self._letter.target, self._postman.draw(self._letter))
            return None
        channel = self._postman.channel(self._letter.delivery.say)
        if self._letter.delivery.say.kind in FILE_KINDS:
            return self._shared(channel)
        post = self._found(channel) or self._posted(channel)
        if post is not None and self._letter.delivery.say.kind is SayKind.WELCOME:
            self._postman.pin(post)
        return post

    def _found(self, channel: str) -> Post | None:
        if not self._uncertain:
            return None
        found = self._postman.find(self._letter, channel)
        self._uncertain = False
        return found

    def _shared(self, channel: str) -> Post | None:
        """A file. Slack doesn't say which message it became."""
        delivery, attachment = self._letter.delivery, self._postman.draw(self._letter).attachment
        if attachment is None:
            raise ValueError(f"{delivery.say.key} has no file")
        if self._uncertain and delivery.file is not None:
            found = self._postman.find_file(self._letter, channel, delivery.file)
            if found is not None:
                return found
        file = file_to_share(delivery, attachment, self._postman.upload, self._keep)
        if self._postman.is_past(self._latest):
            raise _TooLate
        try:
            self._postman.share(self._letter, channel, file, attachment.title)
        except SendUncertain:
            self._uncertain = True
            raise
        except SendRefused as refusal:
            meant = spent(refusal, delivery, self._keep)
            self._uncertain = self._uncertain or isinstance(meant, SendUncertain)
            raise meant from refusal
        return None

    def _posted(self, channel: str) -> Post | None:
        drawn = self._postman.draw(self._letter)
        if self._postman.is_past(self._latest):
            raise _TooLate
        try:
            return self._postman.post(self._letter, channel, drawn)
        except SendUncertain:
            self._uncertain = True
            raise
