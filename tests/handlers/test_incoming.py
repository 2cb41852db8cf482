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


def reaction(name: str, emoji: Emoji = EMOJI, kind: str = "reaction_added") -> Reaction | Written | None:
    place: Json = {"type": "message", "channel": "C0ACME", "ts": "1.0"}
    event: Json = {"type": kind, "user": "U0ERIN", "reaction": name, "item": place}
    return parse({"event": event}, emoji)


def test_an_emoji_without_meaning_does_not() -> None:
    assert reaction("tada") is None
    assert reaction("eyes") is not None


def test_which_emoji_mean_something_is_set_and_skin_does_not_matter() -> None:
    ours = Emoji(claim="raised_hand", resolve="tada", open="sos")
    assert all(reaction(name, ours) is not None for name in ("raised_hand", "raised_hand::skin-tone-4", "tada", "sos"))
    assert all(reaction(name, ours) is None for name in ("eyes", "white_check_mark", "ticket"))


def test_only_the_claim_is_undone_by_taking_its_emoji_off() -> None:
    assert reaction("eyes", kind="reaction_removed") is not None
    assert reaction("white_check_mark", kind="reaction_removed") is None
