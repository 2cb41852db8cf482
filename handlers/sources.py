"""The message that a case is opened from, fetched from Slack with its author and its permalink."""

import re
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

from cases.case_parts import SourceMessage
from cases.people import Actor
from cases.queues import Json
from handlers.front import Front
from handlers.incoming import Written
from handlers.payloads import answer, parts, typed, word
from handlers.slack_errors import code_of

LINK = re.compile(r"<(?:mailto:)?([^@#!|>][^|>]*)(?:\|[^>]*)?>")
"""A link that Slack made of an address: shown as the address, never as other words."""
CHANNEL = re.compile(r"<#[A-Z0-9]+\|([^>]+)>")

MISSING = frozenset({"thread_not_found", "message_not_found", "channel_not_found", "not_in_channel"})


def source_of(front: Front, channel: str, ts: str, asking: Actor) -> SourceMessage | None:
    """The message at a ts; None: it is gone, or it is the bot's own. Raises slack_sdk's and the network's errors."""
    message = fetched(front, channel, ts)
    return source_shown(front, channel, message, asking) if message is not None else None


def source_shown(front: Front, channel: str, message: Json, asking: Actor) -> SourceMessage | None:
    """Of a message as Slack shows it. One that no person wrote counts as `asking`'s. Raises Unreachable."""
    author, ts = word(message, "user"), word(message, "ts")
    if author == front.directory.identity.user:
        return None
    person = front.directory.person(author) or asking.person
    thread = word(message, "thread_ts")
    text, link = _words(front, word(message, "text")), permalink(front, channel, ts)
    return SourceMessage(channel, ts, person, text, link, "" if thread == ts else thread)


def source_written(front: Front, event: Written, actor: Actor) -> SourceMessage:
    """Of a message that mentions the bot."""
    text = _words(front, event.text)
    link = permalink(front, event.channel, event.ts)
    return SourceMessage(event.channel, event.ts, actor.person, text, link, event.thread)


def _words(front: Front, text: str) -> str:
    """What the person wrote: without calling the bot, and links and channels as they look in the channel."""
    called = text.replace(f"<@{front.directory.identity.user}>", "").strip()
    return typed(CHANNEL.sub(r"#\1", LINK.sub(r"\1", called)))


def fetched(front: Front, channel: str, ts: str) -> Json | None:
    """As it stands now, from the channel or, where it is a reply, from its thread; None: it is gone."""
    try:
        history = front.client.conversations_history(channel=channel, latest=ts, inclusive=True, limit=1)
        found = _at(parts(answer(history), "messages"), ts)
        if found is None:
            replies = front.client.conversations_replies(channel=channel, ts=ts, latest=ts, inclusive=True, limit=1)
            found = _at(parts(answer(replies), "messages"), ts)
    except SlackApiError as error:
        if code_of(error) in MISSING:
            return None
        raise
    return found


def _at(messages: list[Json], ts: str) -> Json | None:
    return next((message for message in messages if word(message, "ts") == ts), None)


def permalink(front: Front, channel: str, ts: str) -> str:
    """Empty where Slack doesn't say: a case can do without."""
    try:
        return word(answer(front.client.chat_getPermalink(channel=channel, message_ts=ts)), "permalink")
    except (SlackClientError, HTTPException, OSError):
        return ""
