"""Slack's libraries as the bot uses them."""

import logging
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_sdk import WebClient

from bot.settings import Settings

CALL_SECONDS = 10
"""How long Slack may take to answer a call: a few of them in a row fit into the outbox's lease, and into a stop."""


def slack_client(settings: Settings, token: str | None) -> WebClient:
    """Without retries of its own: a post of unknown outcome is looked up before it is sent again."""
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=CALL_SECONDS, retry_handlers=[])


def slack_app(client: WebClient, listeners: ThreadPoolExecutor) -> App:
    """Acknowledges once the listener returns. Bolt asks `auth.test` once, here, and never again.

    The door has looked at a request's signature already.
    Without a logger to follow, Bolt's own take the level of the root, and write down whole payloads at DEBUG.
    """
    return App(
        client=client,
        logger=logging.getLogger("slack_bolt"),
        process_before_response=True,
        request_verification_enabled=False,
        listener_executor=listeners,
    )
