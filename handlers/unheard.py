"""What people do with a message of ours of which we haven't heard yet that Slack took it: it waits until we have."""

from cases.errors import NotYet
from cases.queues import Post, Received
from handlers.front import Front
from handlers.incoming import Reaction, Written
from handlers.payloads import word

AUTHORS = (
    ("item_user",),
    ("parent_user_id",),
    ("message", "parent_user_id"),
    ("previous_message", "parent_user_id"),
)
"""Where an event names who wrote the message that it is about, or the first of its thread."""


def must_be_heard_of(front: Front, event: Reaction | Written, received: Received) -> None:
    """Raises NotYet: what it is about may be a message of ours that is still being sent, or looked up."""
    ts = event.ts if isinstance(event, Reaction) else event.thread
    if not ts or not _may_be_ours(front, received):
        return
    with front.units.reading() as uow:
        if uow.outbox.is_unheard(Post(event.channel, ts), event.user):
            raise NotYet("It may be about a message whose sending is still under way.")


def _may_be_ours(front: Front, received: Received) -> bool:
    """Whoever wrote it is us, or isn't named."""
    named = (word(received.payload, "event", *path) for path in AUTHORS)
    author = next((user for user in named if user), None)
    return author in (None, front.directory.identity.user)
