"""A workspace that has the app is losing it: uninstalled, or its bot's token revoked. Forgotten before the ack."""

from datetime import UTC, datetime, timedelta

from slack_bolt import Ack

from cases.queues import Json
from handlers.front import Front
from handlers.payloads import value, word

SECOND = timedelta(seconds=1)


def uninstalled(front: Front, ack: Ack, body: Json) -> None:
    """The app is gone from a workspace.

    Raises:
        StorageUnavailable: it is not acknowledged, so Slack sends it again.
    """
    front.workspaces.forget(word(body, "team_id"), _when(body))
    ack()


def revoked(front: Front, ack: Ack, body: Json) -> None:
    """Tokens of the app were revoked; one of a bot ends the installation. Raises as `uninstalled`."""
    bots = value(body, "event", "tokens", "bot")
    if isinstance(bots, list) and bots:
        front.workspaces.forget(word(body, "team_id"), _when(body), [str(bot) for bot in bots])
    ack()


def _when(body: Json) -> datetime:
    """The end of the second in which it happened: Slack tells no more of its time."""
    seconds = value(body, "event_time")
    return datetime.fromtimestamp(seconds if isinstance(seconds, int) else 0, UTC) + SECOND
