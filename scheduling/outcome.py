"""What became of one try to send, and what an error of Slack's means for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.detours import Refusal
from cases.messages import SendError, SendRateLimited, SendRefused
from cases.queues import Delivery, Post

LONGEST_PAUSE_SECONDS = 60.0
DRAWING_PAUSE_SECONDS = 60.0
THREAD_PAUSE_SECONDS = 1.0
LEASE_SECONDS = 30.0
"""How long a letter is its taker's alone: `cases.queues.OutboxStore.claim`."""
LATEST_POST_SECONDS = 15.0
"""A post begins no later after its letter was taken, so that the answer to it, or the end of our patience, comes while
the letter is still ours: else another replica might look for the post just before it arrives, and post it again."""

GONE = frozenset({"message_not_found", "cant_update_message", "file_not_found", "file_deleted"})
"""The message to redraw is no longer there or no longer ours, the file to take back is gone: nothing is left to do."""

PLACE = frozenset(
    {
        "cannot_reply_to_message",
        "channel_not_found",
        "channel_type_not_supported",
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "posting_to_channel_denied",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
    }
)
PERSON = frozenset(
    {"cannot_dm_bot", "not_in_team", "user_disabled", "user_not_found", "user_not_in_channel", "user_not_visible"}
)
MESSAGE = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        # its file
        "cant_delete_file",
        "file_too_large",
        "file_unreadable",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
    }
)
FOR_GOOD: Mapping[str, Refusal] = {
    **dict.fromkeys(PLACE, Refusal.PLACE),
    **dict.fromkeys(PERSON, Refusal.PERSON),
    **dict.fromkeys(MESSAGE, Refusal.MESSAGE),
}
"""Slack's error codes that no repetition will change. A token or a scope may be mended: those are tried again
(`account_inactive` among them, which says that the app itself was removed)."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Done. `post` is None where no message of its own came of it."""

    post: Post | None


@dataclass(frozen=True, slots=True)
class Waits:
    """It belongs to the message of another say, which is still to come."""

    key: str
    """That say's key."""


@dataclass(frozen=True, slots=True)
class Later:
    """Again after a pause."""

    seconds: float
    uncertain: bool
    """A post may have reached Slack."""
    error: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Slack will never take it."""

    reason: str
    refusal: Refusal


Outcome = Sent | Waits | Later | GivenUp


def after_error(error: SendError, delivery: Delivery, *, uncertain: bool) -> Outcome:
    """`uncertain`: a post of this delivery may have reached Slack. Nothing but a lasting refusal ever gives up."""
    if isinstance(error, SendRateLimited):
        return Later(error.retry_after_seconds, uncertain, str(error))
    if isinstance(error, SendRefused) and delivery.say.updates is not None and error.reason in GONE:
        return Sent(None)
    if isinstance(error, SendRefused) and error.reason in FOR_GOOD:
        return GivenUp(error.reason, FOR_GOOD[error.reason])
    return Later(backoff(delivery.attempts), uncertain, str(error))


def backoff(attempts: int) -> float:
    """Seconds to pause after so many earlier tries: 1, doubling to 60."""
    return min(2.0 ** min(attempts, 6), LONGEST_PAUSE_SECONDS)
