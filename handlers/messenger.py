"""Slack as the outbox's sender needs it: each method one call of the Web API, its outcome told exactly."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import HTTPException

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.metadata import Metadata

from cases.messages import Attachment, Drawn, SendRefused
from cases.queues import Json, Post
from handlers.download import downloaded
from handlers.payloads import answer, part, parts, word
from handlers.slack_errors import as_send_errors, code_of
from handlers.upload import uploaded

EVENT_TYPE = "caseclock"
PAGE = 200
PAGES = 5
"""A thousand messages back: far more than a channel sees while a row waits."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SlackMessenger:
    """See `cases.messages.Messenger`."""

    def __init__(self, client: WebClient, bot_user: str) -> None:
        """`client` is made with `retry_handlers=[]`; `bot_user` is the bot's own user id."""
        if client.retry_handlers:
            raise ValueError("the client retries by itself, so a message could be posted twice")
        self._client = client
        self._bot_user = bot_user
        self._pin_refusals: set[str] = set()

    def post(self, channel: str, drawn: Drawn, token: str, thread_ts: str | None) -> Post:
        """See `Messenger.post`."""
        with as_send_errors():
            posted = self._client.chat_postMessage(
                channel=channel,
                text=drawn.text,
                blocks=_blocks(drawn),
                thread_ts=thread_ts,
                metadata=Metadata(EVENT_TYPE, {"token": token}),
                unfurl_links=False,
                unfurl_media=False,
            )
        return Post(word(answer(posted), "channel"), word(answer(posted), "ts"))

    def update(self, post: Post, drawn: Drawn) -> None:
        """See `Messenger.update`."""
        with as_send_errors():
            self._client.chat_update(channel=post.channel, ts=post.ts, text=drawn.text, blocks=_blocks(drawn) or [])

    def post_ephemeral(self, channel: str, user: str, drawn: Drawn, thread_ts: str | None) -> None:
        """See `Messenger.post_ephemeral`."""
        with as_send_errors():
            self._client.chat_postEphemeral(
                channel=channel, user=user, text=drawn.text, blocks=_blocks(drawn), thread_ts=thread_ts
            )

    def find_by_token(self, channel: str, thread_ts: str | None, token: str) -> Post | None:
        """See `Messenger.find_by_token`; looks at the last 1,000 messages of the channel, or at the whole thread."""
        return self._find(channel, thread_ts, lambda message: self._carries(message, token))

    def _find(self, channel: str, thread_ts: str | None, fits: Callable[[Json], bool]) -> Post | None:
        try:
            with as_send_errors():
                for message in self._replies(channel, thread_ts) if thread_ts else self._history(channel):
                    if fits(message):
                        return Post(channel, word(message, "ts"))
        except SendRefused as refusal:
            if refusal.reason != "thread_not_found":
                raise
        return None

    def upload(self, attachment: Attachment) -> str:
        """See `Messenger.upload`."""
        if attachment.source is not None:
            attachment = replace(attachment, content=downloaded(self._client, attachment.source))
        return uploaded(self._client, attachment)

    def delete_file(self, file: str) -> None:
        """See `Messenger.delete_file`."""
        with as_send_errors():
            self._client.files_delete(file=file)

    def share(self, channel: str, thread_ts: str | None, file: str, title: str) -> None:
        """See `Messenger.share`."""
        with as_send_errors():
            self._client.files_completeUploadExternal(
                files=[{"id": file, "title": title}], channel_id=channel, thread_ts=thread_ts
            )

    def find_file(self, channel: str, thread_ts: str | None, file: str) -> Post | None:
        """See `Messenger.find_file`. A message names its files even where Slack tells an app nothing more of them."""
        return self._find(channel, thread_ts, lambda message: self._shares(message, file))

    def open_dm(self, user: str) -> str:
        """See `Messenger.open_dm`. Where a stand-in can't: the user's own id, which `chat.postMessage` takes too."""
        try:
            with as_send_errors():
                return word(answer(self._client.conversations_open(users=user)), "channel", "id")
        except SendRefused as refusal:
            if refusal.reason != "unknown_method":
                raise
            return user

    def pin(self, post: Post) -> bool:
        """See `Messenger.pin`; each kind of refusal is logged once."""
        try:
            self._client.pins_add(channel=post.channel, timestamp=post.ts)
        except SlackApiError as error:
            code = code_of(error)
            if code == "already_pinned":
                return True
            self._say_once(code)
            return False
        except (SlackClientError, HTTPException, OSError) as error:
            self._say_once(type(error).__name__)
            return False
        return True

    def _history(self, channel: str) -> Iterator[Json]:
        pages = self._client.conversations_history(channel=channel, limit=PAGE, include_all_metadata=True)
        for _, page in zip(range(PAGES), pages, strict=False):
            yield from parts(answer(page), "messages")

    def _replies(self, channel: str, thread_ts: str) -> Iterator[Json]:
        """A thread comes oldest first, so all of it is read."""
        pages = self._client.conversations_replies(channel=channel, ts=thread_ts, limit=PAGE, include_all_metadata=True)
        for page in pages:
            yield from parts(answer(page), "messages")

    def _carries(self, message: Json, token: str) -> bool:
        metadata = part(message, "metadata")
        own = word(message, "user") == self._bot_user
        ours = word(metadata, "event_type") == EVENT_TYPE
        return own and ours and word(metadata, "event_payload", "token") == token

    def _shares(self, message: Json, file: str) -> bool:
        own = word(message, "user") == self._bot_user
        return own and any(word(each, "id") == file for each in parts(message, "files"))

    def _say_once(self, reason: str) -> None:
        if reason not in self._pin_refusals:
            self._pin_refusals.add(reason)
            log.warning("pinning_unavailable", reason=reason)


def _blocks(drawn: Drawn) -> list[dict[str, object]] | None:
    return [dict(block) for block in drawn.blocks] or None
