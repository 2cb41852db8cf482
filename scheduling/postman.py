"""One try to send one letter: the calls to Slack that it takes, each inside Slack's limits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

import structlog

from cases.messages import Drawn, Messenger, Renderer, SendError, SendRateLimited, SendUncertain
from cases.ports import Clock, Post
from cases.says import Say, SayKind
from scheduling.addressing import Letter
from scheduling.outcome import DRAWING_PAUSE_SECONDS, LATEST_POST_SECONDS, Later, Outcome, Sent, after_error
from scheduling.pacing import Pacing

P = ParamSpec("P")
R = TypeVar("R")

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Postman:
    """Safe to use from several threads, one letter a channel at a time."""

    def __init__(self, renderer: Renderer, messenger: Messenger, clock: Clock, pacing: Pacing) -> None:
        self._renderer = renderer
        self._messenger = messenger
        self._clock = clock
        self._pacing = pacing
        self._direct: dict[str, str] = {}
        """Direct channels by user."""

    def deliver(self, letter: Letter, taken_at: datetime) -> Outcome:
        """Never raises: whatever happens is an outcome."""
        return _Try(self, letter, taken_at + timedelta(seconds=LATEST_POST_SECONDS)).outcome()

    def draw(self, letter: Letter) -> Drawn:
        """Draws the case as it was when the letter was addressed, a moment ago."""
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
            raise
        except SendError:
            raise
        except Exception as error:
            raise SendUncertain(repr(error)) from error


class _TooLate(Exception):
    """The letter may be somebody else's before Slack has answered."""


class _Try:
    """One letter's way, and whether Slack may hold its message by now."""

    def __init__(self, postman: Postman, letter: Letter, latest: datetime) -> None:
        self._postman = postman
        self._latest = latest
        self._letter = letter
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
        except Exception as error:
            log.exception("drawing_failed", key=delivery.say.key, again_in_seconds=DRAWING_PAUSE_SECONDS)
            return Later(DRAWING_PAUSE_SECONDS, self._uncertain, repr(error))

    def _send(self) -> Post | None:
        if self._letter.target is not None:
            self._postman.redraw(self._letter.target, self._postman.draw(self._letter))
            return None
        channel = self._postman.channel(self._letter.delivery.say)
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

    def _posted(self, channel: str) -> Post | None:
        drawn = self._postman.draw(self._letter)
        if self._postman.is_past(self._latest):
            raise _TooLate
        try:
            return self._postman.post(self._letter, channel, drawn)
        except SendUncertain:
            self._uncertain = True
            raise
