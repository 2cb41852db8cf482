"""Answering the person who pressed or typed: privately, in a modal, and never between them and the ack."""

from collections.abc import Callable
from http.client import HTTPException

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.views import View
from slack_sdk.webhook import WebhookClient

from cases.messages import Drawn, SendError
from cases.people import Actor
from handlers.failures import NOT_CONNECTED, TOO_LATE, sentence
from handlers.front import Front
from handlers.payloads import Interaction
from handlers.slack_errors import code_of

EXPIRED = frozenset({"expired_trigger_id", "trigger_expired", "trigger_exchanged", "exchanged_trigger_id"})
CUT_OFF = frozenset({"invalid_trigger_id", "invalid_auth", "account_inactive", "token_revoked", "token_expired"})
"""What Slack says where a workspace's token is no longer good; or where we have none, and ours doesn't fit."""
GONE = frozenset({"not_found", "view_not_found"})
TIMEOUT_SECONDS = 10

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def actor_of(front: Front, seen: Interaction) -> Actor:
    """Who did it, from the payload's own user. Raises Unreachable."""
    return front.directory.actor(seen.user, seen.team)


def later(front: Front, seen: Interaction, work: Callable[[], None]) -> None:
    """Do something slow after the ack; a failure is told to the person."""

    def attempt() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001,RUF100 - whatever it is, the person hears of it
            whisper(front, seen, Drawn(sentence(error), ()))

    front.run_later(attempt)


def reply(front: Front, seen: Interaction, drawn: Drawn) -> None:
    """Tell the person privately, after the ack."""
    front.run_later(lambda: whisper(front, seen, drawn))


def whisper(front: Front, seen: Interaction, drawn: Drawn) -> None:
    """Tell the person privately: by the response URL, which also works where the bot is no member. Never raises."""
    try:
        if seen.response_url:
            _respond(seen, drawn)
        elif seen.channel:
            front.messenger.post_ephemeral(seen.channel, seen.user, drawn, seen.thread or None)
    except (SendError, SlackClientError, HTTPException, OSError) as error:
        log.warning("answer_not_delivered", kind=type(error).__name__)


def _respond(seen: Interaction, drawn: Drawn) -> None:
    body: dict[str, object] = {
        "response_type": "ephemeral",
        "replace_original": False,
        "text": drawn.text,
        "blocks": [dict(block) for block in drawn.blocks] or None,
        "thread_ts": seen.thread or None,
    }
    answer = WebhookClient(seen.response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[]).send_dict(body)
    if answer.status_code != 200:
        log.warning("answer_not_delivered", kind=f"status {answer.status_code}")


def show_modal(front: Front, seen: Interaction, view: View) -> None:
    """Open a modal, within the three seconds that its trigger lives; where they are over, ask to press again."""
    client = front.workspaces.client(seen.workspace)
    try:
        client.views_open(trigger_id=seen.trigger, view=view)
    except SlackApiError as error:
        code = code_of(error)
        if code not in EXPIRED | CUT_OFF:
            raise
        whisper(front, seen, Drawn(TOO_LATE if code in EXPIRED else NOT_CONNECTED, ()))


def redraw_modal(front: Front, seen: Interaction, view: View) -> None:
    """Show a modal anew after a click in it, unless a later click has come or it was closed.

    The hash keeps two redraws from crossing; where it has moved on, the latest click still wins.
    """
    id, hash = str(seen.view.get("id")), str(seen.view.get("hash"))
    if not front.clicks.is_latest(id, seen.acted_at):
        return
    client = front.workspaces.client(seen.workspace)
    try:
        client.views_update(view_id=id, hash=hash, view=view)
    except SlackApiError as error:
        code = code_of(error)
        if code == "hash_conflict" and front.clicks.is_latest(id, seen.acted_at):
            client.views_update(view_id=id, view=view)
        elif code not in GONE | {"hash_conflict"}:
            raise
