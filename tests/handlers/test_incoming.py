"""Which of Slack's events mean something to a case."""

import pytest

from cases.ports import Json
from handlers.front import Emoji
from handlers.incoming import Reaction, Written, parse

EMOJI = Emoji()
REPLY: dict[str, str] = {"type": "message", "user": "U0ERIN", "channel": "C0ACME", "ts": "2.0", "thread_ts": "1.0"}


def of(**event: str) -> Reaction | Written | None:
    payload: Json = {"event": dict(event)}
    return parse(payload, EMOJI)


@pytest.mark.parametrize("subtype", ["", "file_share", "thread_broadcast"])
def test_a_reply_counts_with_a_file_and_when_it_is_also_sent_to_the_channel(subtype: str) -> None:
    assert of(**REPLY, subtype=subtype) == Written("U0ERIN", "", "C0ACME", "2.0", "1.0", mention=False)


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted", "channel_join", "tombstone"])
def test_what_nobody_wrote_anew_does_not(subtype: str) -> None:
    assert of(**REPLY, subtype=subtype) is None


def test_a_bots_message_does_not() -> None:
    assert of(**REPLY, bot_id="B0OTHER") is None


def test_a_message_outside_of_threads_does_not() -> None:
    assert of(**{**REPLY, "thread_ts": ""}) is None
    assert of(**{**REPLY, "thread_ts": "2.0"}) is None


def test_an_emoji_without_meaning_does_not() -> None:
    place: Json = {"type": "message", "channel": "C0ACME", "ts": "1.0"}
    event: dict[str, Json | list[Json] | str | int | float | bool | None] = {
        "type": "reaction_added",
        "user": "U0ERIN",
        "reaction": "tada",
        "item": place,
    }
    assert parse({"event": event}, EMOJI) is None
    assert parse({"event": event | {"reaction": "eyes"}}, EMOJI) is not None
