"""What the customer writes is in front of the team, what is marked for them reaches them, and nothing else does."""

import re
import time

import pytest

from tests.journeys.test_at_once import at_once
from tests.journeys.trying import asked, button, harmless, shown, told
from workspace.acting import card, form_of, said
from workspace.model import Message
from workspace.stage import Stage

INTERNAL = "Between us: their last patch broke it."


def customers(stage: Stage, channel: str = "C0ACME") -> list[str]:
    """What the bot says in the thread of the customer's card, oldest first."""
    return thread(stage, card(stage, channel))


def teams(stage: Stage, number: int = 1) -> list[str]:
    """What the bot says under the triage card, oldest first."""
    return thread(stage, card(stage, "C0TRIAGE", number))


def thread(stage: Stage, under: Message) -> list[str]:
    return [shown(reply) for reply in stage.slack.thread(under.channel, under.ts)[1:] if reply.bot_id]


def writes(stage: Stage, name: str, text: str, channel: str = "C0ACME", files: tuple[str, ...] = ()) -> Message:
    """In the case's thread of this channel."""
    message = stage.person(name).post(channel, text, card(stage, channel).ts, files)
    stage.quiet()
    return message


def last(replies: list[str]) -> str:
    return replies[-1]


def test_what_the_customer_writes_is_shown_to_the_team_with_who_and_when(opened: Stage) -> None:
    before = len(teams(opened))
    writes(opened, "Dana", "It is <b>worse</b> & slower now")

    head, words = only_new(teams(opened), before).split("\n")
    assert "Dana (Acme) · <!date^1782997200^" in head.replace("*", "")
    assert "see it there" in head
    assert words == "It is <b>worse</b> & slower now"


def only_new(replies: list[str], before: int) -> str:
    assert len(replies) == before + 1, replies
    return replies[-1]


def test_an_edit_redraws_the_copy_and_a_deletion_takes_its_words_away(opened: Stage) -> None:
    before, dana = len(teams(opened)), opened.person("Dana")
    message = writes(opened, "Dana", "The password is hunter2")
    dana.edit(message, "It began at noon")
    opened.quiet()
    assert "It began at noon" in only_new(teams(opened), before)
    assert "edited" in last(teams(opened))
    assert "hunter2" not in last(teams(opened))

    dana.delete(message)
    opened.quiet()
    assert "Deleted by its author" in only_new(teams(opened), before)
    assert "noon" not in last(teams(opened))


def test_a_reply_with_the_prefix_goes_to_the_customer_under_the_engineers_name(opened: Stage) -> None:
    before = len(customers(opened))
    erin = opened.person("Erin")
    under = card(opened, "C0TRIAGE")
    erin.post("C0TRIAGE", INTERNAL, under.ts)
    marked = erin.post("C0TRIAGE", "!reply We found it: https://status.example/x_y <@U0BOB>", under.ts)
    opened.quiet()

    assert only_new(customers(opened), before).replace("*", "") == (
        "Erin (support): We found it: <https://status.example/x_y> @Bob"
    )
    assert "Sent to the customer" in last(teams(opened))
    with opened.units() as uow:
        response = uow.cases.get(1).response
    assert response is not None
    assert (response.person.user, response.how) == ("U0ERIN", "message")

    erin.edit(marked, "!reply We found and mended it")
    opened.quiet()
    assert only_new(customers(opened), before).replace("*", "") == "Erin (support): We found and mended it\nedited"
    erin.delete(marked)
    opened.quiet()
    assert only_new(customers(opened), before).replace("*", "") == "Erin (support) took this message back."
    assert "Taken back" in last(teams(opened))
    assert INTERNAL not in str(opened.slack.messages("C0ACME"))
    harmless(opened)


def test_what_is_not_marked_never_crosses(opened: Stage) -> None:
    before, under = customers(opened), card(opened, "C0TRIAGE")
    for text in (INTERNAL, "reply: no", "!replying is for later", "I wrote !reply but not first", "> !reply quoted"):
        opened.person("Erin").post("C0TRIAGE", text, under.ts)
    opened.person("Erin").post("C0TRIAGE", "!reply outside of a case's thread")
    opened.quiet()
    assert customers(opened) == before


def test_a_mark_put_on_or_taken_off_later_counts_from_then(opened: Stage) -> None:
    before, erin, under = len(customers(opened)), opened.person("Erin"), card(opened, "C0TRIAGE")
    message = erin.post("C0TRIAGE", "Please restart it", under.ts)
    opened.quiet()
    erin.edit(message, "!reply Please restart it")
    opened.quiet()
    assert only_new(customers(opened), before).startswith("*Erin* (support): Please restart it")

    erin.edit(message, "Please restart it (no: they can't)")
    opened.quiet()
    assert only_new(customers(opened), before) == "*Erin* (support) took this message back."


@pytest.mark.parametrize("text", ["!reply", "!reply   \n ", "!reply \u202e\u200b", f"!reply {'x' * 3001}"])
def test_what_cannot_reach_them_whole_is_not_sent_and_the_engineer_hears_why(opened: Stage, text: str) -> None:
    before, erin, under = customers(opened), opened.person("Erin"), card(opened, "C0TRIAGE")
    assert "nothing was sent" in told(opened, erin, lambda: erin.post("C0TRIAGE", text, under.ts))
    opened.quiet()
    assert customers(opened) == before


def test_a_reply_under_another_message_about_the_case_is_not_sent_and_that_is_said(opened: Stage) -> None:
    opened.move(minutes=30)
    before, erin = customers(opened), opened.person("Erin")
    rung = said(opened, "C0TRIAGE", "Half of the time")[0]
    assert "nothing was sent" in told(opened, erin, lambda: erin.post("C0TRIAGE", "!reply Hello", rung.ts))
    opened.quiet()
    assert customers(opened) == before


def test_the_form_says_it_under_the_engineers_name_once_and_shows_the_team_what(opened: Stage) -> None:
    before, erin = len(customers(opened)), opened.person("Erin")
    form = asked(opened, erin, lambda: erin.press(card(opened, "C0TRIAGE"), "Reply to customer…"))
    erin.fill(form, {"What shall the customer read?": "It is mended. <!channel> see https://status.example"})
    assert erin.submit(form).outcome == "closed"
    opened.quiet()

    assert only_new(customers(opened), before) == (
        "*Erin* (support): It is mended. <!channel> see <https://status.example>"
    )
    assert "to the customer\nIt is mended" in last(teams(opened)).replace("*", "")
    assert "Sent to the customer" in last(teams(opened))
    harmless(opened)


def test_a_customer_has_no_form_of_the_teams(opened: Stage) -> None:
    dana = opened.person("Dana")
    forged = button(card(opened, "C0ACME"), "case_reply", "1")
    assert "Only the support team" in told(opened, dana, lambda: dana.press(forged, "case_reply"))
    assert opened.slack.view_for(dana) is None or form_of(opened, dana).callback_id != "reply_form"


def test_a_reply_that_slack_refuses_is_told_to_the_engineer(opened: Stage) -> None:
    opened.slack.faults.fail("chat.postMessage", "is_archived", channel="C0ACME")
    opened.person("Erin").post("C0TRIAGE", "!reply Hello?", card(opened, "C0TRIAGE").ts)
    opened.quiet()
    assert "they have not seen it" in last(teams(opened))


def test_files_follow_by_name_where_slack_tells_it_and_else_by_the_message(opened: Stage) -> None:
    before = len(teams(opened))
    writes(opened, "Dana", "", files=("trace.har", "screen.png"))
    copy = only_new(teams(opened), before)
    assert copy.count("📎") == 2
    assert f"<{permalink(opened)}" in copy, "another organisation's file has no name: the message has"


def permalink(stage: Stage) -> str:
    return str([call for call in stage.slack.calls("chat.getPermalink") if call.answer][-1].answer["permalink"])


def test_what_support_writes_there_itself_completes_the_teams_view(opened: Stage) -> None:
    before = len(teams(opened))
    writes(opened, "Erin", "Which browser is it?")
    assert "Erin (support)" in only_new(teams(opened), before).replace("*", "")
    assert "Which browser" in last(teams(opened))


def test_in_sequence_is_in_sequence(opened: Stage) -> None:
    dana, there = opened.person("Dana"), card(opened, "C0ACME").ts
    erin, here = opened.person("Erin"), card(opened, "C0TRIAGE").ts
    for number in range(8):
        dana.post("C0ACME", f"line {number}", there)
        erin.post("C0TRIAGE", f"!reply answer {number}", here)
    opened.quiet()
    assert numbers("line", teams(opened)) == list(range(8))
    assert numbers("answer", customers(opened)) == list(range(8))


def numbers(word: str, replies: list[str]) -> list[int]:
    return [int(found) for reply in replies for found in re.findall(rf"{word} (\d+)", reply)]


def test_a_message_put_off_by_slack_is_not_overtaken_by_the_next(opened: Stage) -> None:
    dana, there = opened.person("Dana"), card(opened, "C0ACME").ts
    opened.slack.faults.server_error("chat.postMessage", channel="C0TRIAGE")
    dana.post("C0ACME", "line 0", there)
    dana.post("C0ACME", "line 1", there)
    while not put_off(opened):
        time.sleep(0.01)
    opened.move(seconds=30)
    assert numbers("line", teams(opened)) == [0, 1]


def put_off(stage: Stage) -> bool:
    """Everything is handled, and what there is to say waits for another time."""
    with stage.units() as uow:
        ready = uow.outbox.next_ready_at(())
        return uow.inbox.next_ready_at() is None and ready is not None and ready > stage.clock.now()


def test_two_engineers_and_a_customer_at_once(opened: Stage) -> None:
    dana, there = opened.person("Dana"), card(opened, "C0ACME").ts
    here = card(opened, "C0TRIAGE").ts

    def customer() -> None:
        messages = [dana.post("C0ACME", f"line {number}", there) for number in range(5)]
        dana.edit(messages[1], "line 1 mended")
        dana.delete(messages[3])

    def engineer(name: str) -> None:
        who = opened.person(name)
        messages = [who.post("C0TRIAGE", f"!reply {name} {number}", here) for number in range(4)]
        who.post("C0TRIAGE", INTERNAL, here)
        who.edit(messages[0], f"!reply {name} 0 mended")
        who.delete(messages[2])

    at_once(customer, lambda: engineer("Erin"), lambda: engineer("Frank"))
    opened.quiet()

    copies = [reply for reply in teams(opened) if reply.startswith("💬")]
    assert numbers("line", copies) == [0, 1, 2, 4]
    assert "line 1 mended" in copies[1]
    assert "Deleted" in copies[3]
    for name in ("Erin", "Frank"):
        own = [reply for reply in customers(opened) if f"{name}* (support)" in reply]
        assert numbers(name, own) == [0, 1, 3]
        assert own[0].startswith(f"*{name}* (support): {name} 0 mended")
        assert f"{name} 2" not in str(own), "taken back, or never sent if that was quicker"
    assert sum("Sent to the customer" in reply for reply in teams(opened)) == 6
    assert INTERNAL not in str(opened.slack.messages("C0ACME"))


def test_an_event_that_slack_sends_again_says_nothing_twice(opened: Stage) -> None:
    dana, there = opened.person("Dana"), card(opened, "C0ACME").ts
    message = dana.post("C0ACME", "line 1", there)
    opened.quiet()
    opened.slack.deliver_again()
    dana.edit(message, "line 2")
    opened.quiet()
    opened.slack.deliver_again()
    opened.person("Erin").post("C0TRIAGE", "!reply answer 3", card(opened, "C0TRIAGE").ts)
    opened.quiet()
    opened.slack.deliver_again()
    opened.quiet()
    assert numbers("line", teams(opened)) == [2]
    assert numbers("answer", customers(opened)) == [3]
