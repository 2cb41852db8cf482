"""Which of Slack's events mean something to a case."""

import pytest

from cases.queues import Json
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


def changed(before: Json, now: Json | None, subtype: str = "message_changed") -> Reaction | Written | None:
    event: dict[str, object] = {"type": "message", "subtype": subtype, "channel": "C0ACME", "event_ts": "9.9"}
    event |= {"previous_message": dict(before), **({"message": dict(now)} if now else {})}
    return parse({"event": event}, EMOJI)  # type: ignore[dict-item]  # JSON, built by hand


WORDS: Json = {"type": "message", "user": "U0DANA", "text": "before", "ts": "2.0", "thread_ts": "1.0"}


def test_an_edit_says_how_the_message_stands_now() -> None:
    now: Json = {**WORDS, "text": "after", "edited": {"user": "U0DANA", "ts": "5.0"}}
    seen = changed(WORDS, now)
    assert isinstance(seen, Written)
    assert (seen.text, seen.channel, seen.root, seen.edited, seen.changed) == ("after", "C0ACME", "1.0", "5.0", True)


def test_a_message_that_only_looks_otherwise_says_nothing_new() -> None:
    unfurled: Json = {**WORDS, "attachments": [{"title": "a page"}]}
    assert changed(WORDS, unfurled) is None


def test_a_deleted_message_is_known_from_what_it_was() -> None:
    seen = changed(WORDS, None, "message_deleted")
    assert isinstance(seen, Written)
    assert (seen.user, seen.ts, seen.deleted) == ("U0DANA", "2.0", True)


def test_the_first_message_of_a_thread_leaves_a_stone_when_it_is_deleted() -> None:
    root: Json = {**WORDS, "ts": "1.0"}
    stone: Json = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "text": "gone", "ts": "1.0"}
    seen = changed(root, stone)
    assert isinstance(seen, Written)
    assert (seen.user, seen.root, seen.deleted) == ("U0DANA", "1.0", True)


def test_what_the_bot_itself_redraws_is_no_news() -> None:
    assert changed({**WORDS, "bot_id": "B1"}, {**WORDS, "bot_id": "B1", "text": "after"}) is None


def test_files_come_with_name_and_link_where_slack_tells_them() -> None:
    named: Json = {"id": "F1", "title": "a.har", "permalink": "https://x/F1", "mode": "hosted"}
    hidden: Json = {"id": "F2", "mode": "file_access", "file_access": "check_file_info"}
    gone: Json = {"id": "F3", "mode": "tombstone"}
    payload: Json = {"event": {**REPLY, "subtype": "file_share", "files": [named, hidden, gone]}}
    seen = parse(payload, EMOJI)
    assert isinstance(seen, Written)
    assert [(file.name, file.link) for file in seen.files] == [("a.har", "https://x/F1"), ("", "")]
