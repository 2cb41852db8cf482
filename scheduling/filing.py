"""A file's way into a channel: uploaded unseen, remembered, then shared. Slack shares each upload once, so what is
remembered before it is shared is never shared twice, whatever becomes of an answer.
"""

from collections.abc import Callable

from cases.messages import Attachment, SendRefused, SendUncertain
from cases.queues import Delivery

Remember = Callable[[Delivery, str | None], bool]
"""Keeps the id of the file that was uploaded for a delivery; None: it is gone. False: another sender is at it."""

GONE = "file_not_found"
"""Slack's word for a file that was shared already, and for one that it let go because nobody shared it."""
TRIES_BEFORE_ANEW = 6
"""Their pauses come to a minute: by then a thread shows what was shared in it."""


def file_to_share(
    delivery: Delivery, attachment: Attachment, upload: Callable[[Attachment], str], keep: Remember
) -> str:
    """The file that an earlier try uploaded, or a new one, remembered.

    Raises:
        SendError: nothing was shared, and nothing will be by this try.
    """
    if delivery.file is not None:
        return delivery.file
    file = upload(attachment)
    if not keep(delivery, file):
        raise SendUncertain("another sender has it")
    return file


def spent(refusal: SendRefused, delivery: Delivery, keep: Remember) -> SendUncertain | SendRefused:
    """What a refusal to share means. A file that is gone is looked for in its place for a while, then uploaded anew."""
    if refusal.reason != GONE:
        return refusal
    if delivery.attempts >= TRIES_BEFORE_ANEW:
        keep(delivery, None)
    return SendUncertain(GONE)
