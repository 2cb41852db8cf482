"""Whatever people type, wherever they can type it: nothing pings, nothing breaks, nothing is cut without a word."""

import re
from collections.abc import Iterator

import pytest

from cases.case import Case
from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.trying import asked, command, harmless, only_error, page, press_pinned, shown
from workspace.acting import answer, form_of, said
from workspace.model import View
from workspace.people import Person
from workspace.screen import Submission
from workspace.stage import Stage

TYPED = {
    "whole channel": "<!channel> <!here> <!everyone> @channel @here",
    "a person": "please ask <@U0MAX> or <!subteam^S0EVIL>",
    "a forged link": "<https://evil.example|Your invoice>",
    "escaped already": "&lt;!channel&gt; &amp;lt;@U0MAX&amp;gt;",
    "emoji": "🔥 :fire: 👩‍👩‍👧‍👦 down",
    "right to left": "שלום \u202eevil\u202c עולם \u2067x",
    "formatting": "*bold* _it_ ~no~ `code` ```block``` > quote",
    "half open": "*bold `code <!channel",
    "control characters": "a\x00b\x07c\x1b[31md\u200b",
    "half a character": "a\ud83dz",
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One stage for all that is typed: no story needs another's absence."""
    with Stage(tmp_path_factory.mktemp("typed"), MORNING) as running:
        yield running
        harmless(running)


def fill(stage: Stage, boris: Person, title: str, details: str, tenant: str) -> View:
    """Boris' form: severity 2's clock is not needed, so the shortest way through the questions."""
    boris.fill(form_of(stage, boris), {"Title": title, "What happens?": details, "Which tenant?": tenant})
    answer(stage, boris, "Is this tenant in production?", "Yes")
    return answer(stage, boris, "What is the impact in production?", "A component misbehaves")


def send(stage: Stage, who: Person) -> Submission:
    done = who.submit(form_of(stage, who))
    stage.quiet()
    return done


def opened(stage: Stage, done: Submission) -> Case:
    """The case that this form opened, as it is remembered."""
    assert done.outcome == "updated", done.errors
    assert done.view is not None
    found = re.search(r"C-(\d+)", page(done.view))
    assert found, page(done.view)
    with stage.units() as uow:
        return uow.cases.get(int(found[1]))


def readable(typed: str) -> str:
    """What a reader should see of it: everything but what has no look of its own."""
    return re.sub("[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]", "", typed)


def reads(text: str, typed: str) -> bool:
    return readable(typed) in readable(text)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_what_is_typed_into_the_form_is_shown_as_typed_and_does_nothing(stage: Stage, typed: str) -> None:
    boris = stage.person("Boris")
    press_pinned(stage, boris, "C0BOLT")
    fill(stage, boris, typed, f"{typed}\n{typed}", typed)
    case = opened(stage, send(stage, boris))
    card = only([m for m in said(stage, "C0BOLT", f"{case.reference} ") if not m.is_reply])
    triage = only([m for m in said(stage, "C0TRIAGE", f"{case.reference} ") if not m.is_reply])
    assert reads(shown(card), typed)
    assert reads(shown(triage), f"{typed}\n{typed}")
    harmless(stage)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_reasons_and_notes_are_shown_to_the_customer_as_typed(stage: Stage, typed: str) -> None:
    boris, erin = stage.person("Boris"), stage.person("Erin")
    press_pinned(stage, boris, "C0BOLT")
    fill(stage, boris, "Slow", "Since nine", "eu")
    case = opened(stage, send(stage, boris))
    command(stage, erin, f"priority {case.reference} 2 {typed}", "C0TRIAGE")
    asked(stage, erin, lambda: erin.command("/case", f"priority {case.reference}", "C0TRIAGE"))
    erin.fill(form_of(stage, erin), {"From now on": "4", "Why?": f"modal {typed}"})
    assert send(stage, erin).outcome == "closed"
    asked(stage, erin, lambda: erin.command("/case", f"resolve {case.reference}", "C0TRIAGE"))
    answered = {"How is it solved?": "answer", "What was the matter, and what solved it?": f"note {typed}"}
    erin.fill(form_of(stage, erin), answered)
    assert send(stage, erin).outcome == "closed"
    lines = [shown(m) for m in said(stage, "C0BOLT", case.reference) if m.is_reply]
    assert [line for line in lines if reads(line, f"Why: {typed}")]
    assert [line for line in lines if reads(line, f"Why: modal {typed}")]
    assert [line for line in lines if reads(line, f"note {typed}")]
    assert reads(command(stage, erin, f"show {case.reference}", "C0TRIAGE"), f"note {typed}")
    harmless(stage)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_message_and_a_command_bring_their_words_along_unharmed(stage: Stage, typed: str) -> None:
    boris, erin = stage.person("Boris"), stage.person("Erin")
    message = boris.post("C0BOLT", typed)
    form = asked(stage, erin, lambda: erin.shortcut("open_case", message))
    assert reads(page(form), typed)
    erin.fill(form, {"Which tenant?": "eu"})
    answer(stage, erin, "Is this tenant in production?", "Yes")
    answer(stage, erin, "What is the impact in production?", "A component misbehaves")
    assert readable(opened(stage, send(stage, erin)).title)
    erin.close(form_of(stage, erin))
    asked(stage, erin, lambda: erin.command("/case", f"open {typed}", "C0BOLT"))
    erin.close(form_of(stage, erin))
    assert "I don't know" in command(stage, erin, f"{typed}", "C0BOLT")
    assert "Which case?" in command(stage, erin, f"show {typed}", "C0BOLT")
    assert "Which priority?" in command(stage, erin, f"priority C-1 {typed}", "C0BOLT")
    harmless(stage)


@pytest.mark.parametrize("blank", ["", " \n ", "\u3000"], ids=["nothing", "spaces", "a wide space"])
def test_an_empty_form_says_what_is_missing_and_keeps_the_rest(stage: Stage, blank: str) -> None:
    boris = stage.person("Boris")
    press_pinned(stage, boris, "C0BOLT")
    fill(stage, boris, blank, "The whole story", blank)
    done = send(stage, boris)
    assert done.outcome == "errors"
    assert set(done.errors) == {"open:title", "open:tenant"}
    assert form_of(stage, boris).values["open:details"]["open_form_value"]["value"] == "The whole story"


@pytest.mark.parametrize("blank", [" \n ", "\u3000"], ids=["spaces", "a wide space"])
def test_a_reason_and_a_note_of_nothing_are_asked_for_again(stage: Stage, blank: str) -> None:
    boris, erin = stage.person("Boris"), stage.person("Erin")
    press_pinned(stage, boris, "C0BOLT")
    fill(stage, boris, "Slow", "Since nine", "eu")
    case = opened(stage, send(stage, boris))
    assert "reason" in command(stage, erin, f"priority {case.reference} 2 {blank}", "C0TRIAGE")
    asked(stage, erin, lambda: erin.command("/case", f"priority {case.reference} ", "C0TRIAGE"))
    erin.fill(form_of(stage, erin), {"From now on": "4", "Why?": blank})
    assert "reason" in only_error(send(stage, erin))
    asked(stage, erin, lambda: erin.command("/case", f"resolve {case.reference}", "C0TRIAGE"))
    answered = {"How is it solved?": "resolved", "What was the matter, and what solved it?": blank}
    erin.fill(form_of(stage, erin), answered)
    assert "A line for the customer" in only_error(send(stage, erin))


def test_a_form_that_is_too_long_for_slack_is_held_back_and_one_that_just_fits_is_kept_whole(stage: Stage) -> None:
    boris = stage.person("Boris")
    press_pinned(stage, boris, "C0BOLT")
    fill(stage, boris, "Long", "x" * 40_000, "eu")
    assert not send(stage, boris).sent
    longest = "😀" * 1_499 + "!E"
    boris.fill(form_of(stage, boris), {"What happens?": longest, "Which tenant?": "t" * 3_000})
    case = opened(stage, send(stage, boris))
    assert case.details == longest
    triage = only([m for m in said(stage, "C0TRIAGE", f"{case.reference} ") if not m.is_reply])
    assert "more characters)" in shown(triage)
    harmless(stage)


def test_a_title_that_is_too_long_is_told_so_and_kept(stage: Stage) -> None:
    boris = stage.person("Boris")
    press_pinned(stage, boris, "C0BOLT")
    fill(stage, boris, "x" * 3_000, "Since nine", "eu")
    assert "3,000 characters; 150 fit" in only_error(send(stage, boris))
    assert form_of(stage, boris).values["open:title"]["open_form_title"]["value"] == "x" * 3_000


@pytest.mark.parametrize(
    "piece", ["word ", "&", "😀", "<!channel>", "line\n"], ids=["words", "entities", "emoji", "pings", "lines"]
)
def test_a_message_of_forty_thousand_characters_is_kept_whole_and_cut_with_a_word(stage: Stage, piece: str) -> None:
    boris, erin = stage.person("Boris"), stage.person("Erin")
    whole = f"Help\n{piece * (40_000 // len(piece))}THE END"[-40_000:]
    message = boris.post("C0BOLT", whole)
    form = asked(stage, erin, lambda: erin.shortcut("open_case", message))
    told_at = page(form)
    assert re.search(r"The text has [\d,]+ characters; the field above holds the first [\d,]+", told_at)
    erin.fill(form, {"Title": "A long one", "Which tenant?": "eu"})
    answer(stage, erin, "Is this tenant in production?", "Yes")
    answer(stage, erin, "What is the impact in production?", "A component misbehaves")
    case = opened(stage, send(stage, erin))
    assert case.source is not None
    assert case.source.text == whole
    triage = only([m for m in said(stage, "C0TRIAGE", f"{case.reference} ") if not m.is_reply])
    assert "more character" in shown(triage)
    harmless(stage)


def test_forty_thousand_characters_after_a_command_are_kept_or_refused_with_a_word(stage: Stage) -> None:
    erin = stage.person("Erin")
    asked(stage, erin, lambda: erin.command("/case", f"open {'y' * 40_000}", "C0BOLT"))
    assert "40,000 characters" in page(form_of(stage, erin))
    erin.fill(form_of(stage, erin), {"Which tenant?": "eu"})
    answer(stage, erin, "Is this tenant in production?", "Yes")
    answer(stage, erin, "What is the impact in production?", "A component misbehaves")
    case = opened(stage, send(stage, erin))
    with stage.units() as uow:
        assert "y" * 40_000 in {entry.why for entry in uow.cases.history(case.number)}
    refused = command(stage, erin, f"priority {case.reference} 2 {'z' * 40_000}", "C0TRIAGE")
    assert "The reason has 40,000 characters; 1,000 fit" in refused
    assert "more character" in command(stage, erin, "q" * 40_000, "C0TRIAGE")
    harmless(stage)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_customer_can_have_any_name(stage: Stage, typed: str) -> None:
    max_ = stage.person("Max")
    channel = f"C0NAME{list(TYPED.values()).index(typed)}"
    stage.slack.add_channel(channel.lower(), channel, ["T0BOLT"], [max_, stage.person("Boris")])
    asked(stage, max_, lambda: max_.command("/case", "setup", channel))
    answer(stage, max_, "Programme", "Auth0")
    max_.fill(form_of(stage, max_), {"Customer": typed, "Plan": "Premier", "Time zone": "UTC"})
    done = send(stage, max_)
    assert done.outcome == "updated", done.errors
    assert reads(shown(only(said(stage, channel, "Hello"))), typed)
    boris = stage.person("Boris")
    press_pinned(stage, boris, channel)
    fill(stage, boris, "Slow", "Since nine", "eu")
    case = opened(stage, send(stage, boris))
    assert reads(shown(said(stage, channel, f"{case.reference} ")[0]), typed)
    harmless(stage)
