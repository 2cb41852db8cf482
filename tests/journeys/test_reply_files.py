"""An engineer's files follow their reply to the customer: once, whatever happens on the way, and no other file does."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.restarting import MortalStage
from tests.journeys.test_two_threads import customers, last, only_new, put_off, teams
from tests.journeys.trying import harmless
from workspace.acting import card
from workspace.model import File, Message
from workspace.stage import Stage

DUMP = {"core dump.txt": b"0000 cafe \xff\x00"}


def shared(stage: Stage, channel: str = "C0ACME") -> list[File]:
    """What the bot shared in the thread of the customer's card, and shows there still."""
    replies = stage.slack.thread(channel, card(stage, channel).ts)
    return [file for message in replies if message.bot_id for file in message.files if file.mode != "tombstone"]


def replies(stage: Stage, text: str = "!reply Try the attached", files: dict[str, bytes] | None = None) -> Message:
    """Erin's, in the triage thread, with this file."""
    return stage.person("Erin").post("C0TRIAGE", text, card(stage, "C0TRIAGE").ts, DUMP if files is None else files)


def one_dump(stage: Stage) -> None:
    assert [(file.name, file.content) for file in shared(stage)] == list(DUMP.items())


def test_the_file_of_a_reply_follows_it_and_the_team_reads_which_went(opened: Stage) -> None:
    before = len(customers(opened))
    replies(opened, files={"core dump.txt": DUMP["core dump.txt"], "steps.md": b"# Steps"})
    opened.quiet()
    assert [file.name for file in shared(opened)] == ["core dump.txt", "steps.md"]
    assert shared(opened)[0].content == DUMP["core dump.txt"]
    assert customers(opened)[before].startswith("*Erin* (support): Try the attached")
    assert "Sent to the customer" in last(teams(opened))
    assert "With core dump.txt, steps.md" in last(teams(opened))
    opened.slack.deliver_again()
    opened.quiet()
    assert len(shared(opened)) == 2


def test_the_file_of_a_message_that_is_not_marked_stays_inside(opened: Stage) -> None:
    replies(opened, "Between us: the attached")
    opened.quiet()
    assert shared(opened) == []
    assert opened.slack.calls("url_private") == [], "nobody opened it"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\u202egpj.exe", "<!channel> *x*.txt", f"{'n' * 250}.log", "…"])
def test_a_hostile_name_does_no_harm(opened: Stage, name: str) -> None:
    replies(opened, files={name: b"x"})
    opened.quiet()
    (file,) = shared(opened)
    assert len(file.name) <= 100
    assert not set(file.name) & set("/\\<>\u202e")
    assert file.name.rpartition(".")[2] == name.rpartition(".")[2].replace("/", "_").replace("\u202e", "")
    harmless(opened)


def test_one_that_is_too_large_stays_and_the_engineer_reads_what_to_do(opened: Stage) -> None:
    replies(opened, files={"huge.bin": bytes(20_000_001), **DUMP})
    opened.quiet()
    one_dump(opened)
    assert "Without huge.bin: it is too large" in last(teams(opened))
    assert "yourself" in last(teams(opened))


def test_one_that_lies_elsewhere_stays_and_its_address_is_never_asked(opened: Stage) -> None:
    opened.stop_bot()
    message = replies(opened, files={"plan.gdoc": b"", **DUMP})
    message.files[0].mode = "external"
    opened.start_bot()
    one_dump(opened)
    assert "Without plan.gdoc" in last(teams(opened))


def test_one_that_slack_does_not_let_us_read_is_told(opened: Stage) -> None:
    opened.stop_bot()
    replies(opened).files[0].content = None
    opened.start_bot()
    assert shared(opened) == []
    assert "Sent to the customer" in last(teams(opened))
    assert "Without core dump.txt: Slack doesn't let me read it" in last(teams(opened))


def test_deleting_the_reply_takes_its_file_back(opened: Stage) -> None:
    message = replies(opened)
    opened.quiet()
    one_dump(opened)
    opened.person("Erin").delete(message)
    opened.quiet()
    assert shared(opened) == []
    assert "took this message back" in last(customers(opened))
    assert "Taken back" in last(teams(opened))


def test_taking_the_mark_away_takes_the_file_back_and_it_comes_again_only_with_a_new_reply(opened: Stage) -> None:
    message, erin = replies(opened), opened.person("Erin")
    opened.quiet()
    erin.edit(message, "Not for them")
    opened.quiet()
    assert shared(opened) == []
    erin.edit(message, "!reply For them after all")
    opened.quiet()
    assert shared(opened) == []
    assert "Without core dump.txt: send it with a new reply" in last(teams(opened))


def test_a_file_that_its_author_removes_goes_there_too_and_the_words_stay(opened: Stage) -> None:
    message = replies(opened, files={"wrong.txt": b"not for them", **DUMP})
    opened.quiet()
    opened.person("Erin").remove_file(message, message.files[0])
    opened.quiet()
    one_dump(opened)
    assert any(reply.startswith("*Erin* (support): Try the attached") for reply in customers(opened))
    assert "wrong.txt" not in last(teams(opened))


def test_deleted_before_it_was_sent_it_is_never_shared(opened: Stage) -> None:
    opened.slack.faults.server_error("url_private")
    message = replies(opened)
    while not put_off(opened):
        time.sleep(0.01)
    opened.person("Erin").delete(message)
    while "took this message back" not in last(customers(opened)):
        time.sleep(0.01)
    opened.move(seconds=30)
    assert shared(opened) == []
    assert opened.slack.calls("files.completeUploadExternal") == []


def test_a_reply_that_slack_refuses_takes_no_file_with_it(opened: Stage) -> None:
    opened.slack.faults.fail("chat.postMessage", "is_archived", channel="C0ACME")
    before = len(teams(opened))
    replies(opened)
    opened.quiet()
    assert shared(opened) == []
    assert "they have not seen it" in only_new(teams(opened), before)


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[MortalStage]:
    with MortalStage(tmp_path, MORNING) as running:
        running.quiet()
        open_p1(running)
        yield running


@pytest.mark.parametrize("taken", [True, False], ids=["Slack took it", "Slack never heard"])
def test_a_share_without_an_answer_leaves_one_file(mortal: MortalStage, taken: bool) -> None:
    mortal.slack.faults.drop("files.completeUploadExternal", taken=taken)
    replies(mortal)
    mortal.quiet()
    one_dump(mortal)
    assert "With core dump.txt" in last(teams(mortal))


def test_slack_is_in_trouble_and_asks_for_patience_with_each_step(mortal: MortalStage) -> None:
    for method in ("url_private", "files.getUploadURLExternal", "upload", "files.completeUploadExternal"):
        mortal.slack.faults.rate_limit(method, 2)
    mortal.slack.faults.server_error("url_private")
    mortal.slack.faults.drop("url_private", taken=False)
    replies(mortal)
    mortal.quiet()
    one_dump(mortal)


@pytest.mark.parametrize("method", ["url_private", "files.completeUploadExternal"])
def test_killed_on_the_way_it_shares_the_file_once(mortal: MortalStage, method: str) -> None:
    mortal.slack.faults.drop(method, taken=True)
    replies(mortal)
    mortal.slack.wait_until(lambda: mortal.slack.calls(method))
    mortal.stop_bot()
    mortal.start_bot()
    mortal.quiet()
    one_dump(mortal)
    assert mortal.unsaid() == []
