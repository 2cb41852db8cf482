"""What a success manager reads, and the form that asks for them: escaped, within limits, with what can be done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.accounts import Account
from cases.case import Case
from cases.meeting_says import meeting_says
from cases.meetings import meeting_reminders
from cases.says import Body, Note, Say, SayKind
from handlers import ids
from handlers.renderer import Renderer
from handlers.success_form import call_view
from handlers.training import asks_training
from policies.loader import load_policies
from tests.builders import NOON, PLACES, account, case
from tests.handlers.looks import buttons, page, seen

HOSTILE = "<!channel> *bold* <@U0MAX> & " + "&<>" * 600
OKTA = load_policies()["okta"]
RENDERER = Renderer(lambda: "", "https://host.slack.com/")
ACME = replace(account(), plan="premier-plus", csm="U0CY", term_starts=date(2026, 3, 2))


def with_manager(title: str = "Sign-in is slow") -> Case:
    of = case(3)
    promise = replace(of.promise, success_manager="Customer Success Manager")
    return replace(of, title=title, account_csm="U0CY", promise=promise)


def reminders(of: Account, late: timedelta = timedelta()) -> list[Say]:
    """All that are planned, each told so late."""
    due = sorted(meeting_reminders(of, OKTA, ()), key=lambda each: each.due_at)
    return [say for each in due for say in meeting_says(of, OKTA, each, PLACES, each.due_at + late)]


def drawn(kind: SayKind, of: Case, body: Body) -> str:
    return seen(RENDERER.draw(Say("k", kind, "U0CY", 0, 1, body), of, NOON))


@pytest.mark.parametrize("csm", ["U0CY", None])
def test_every_reminder_says_what_for_whom_and_by_when_and_has_its_button(csm: str | None) -> None:
    told = [RENDERER.draw(say, None, NOON) for say in reminders(replace(ACME, name=HOSTILE[:80], csm=csm))]
    assert [buttons(each) for each in told] == [[ids.HELD]] * 4
    words = [seen(each) for each in told]
    for each, day in zip(words, ["23 March", "23 March", "2 April", "2 June"], strict=True):
        assert f"{day} 2026" in each
        assert "Okta Premier Plus" in each
        assert "<!channel>" not in each
        assert "late" not in each
    assert "Custom Success Plan" in words[2]
    assert "Custom Business Review" in words[3]


def test_each_reminder_says_what_the_meeting_is_for() -> None:
    kickoff, again, meeting, review = (seen(RENDERER.draw(say, None, NOON)) for say in reminders(ACME))
    for told in (kickoff, again):
        assert "to meet their team, and to show them how support, training" in told
    assert "how the service and support do, what is planned on both sides, and how much they use" in meeting
    for words in ("what the roadmap brings for their plans", "how healthy their use is", "their sponsor and ours"):
        assert words in review


def test_a_late_one_says_how_late() -> None:
    first = reminders(ACME, timedelta(hours=2, minutes=5, seconds=30))[0]
    assert "This comes 2 h 5 min late" in seen(RENDERER.draw(first, None, NOON))


def test_once_held_it_asks_nothing_more() -> None:
    meeting = reminders(ACME)[2]
    held = {"held_by": "U0CY", "held_at": "2026-03-30T15:00:00Z", "next": "2026-04-30"}
    shown = RENDERER.draw(replace(meeting, body={**meeting.body, **held}), None, NOON)
    assert buttons(shown) == []
    assert "was held, says <@U0CY>" in seen(shown)
    assert "by Thursday 30 April 2026" in seen(shown)


@pytest.mark.parametrize("words", [HOSTILE, ""])
def test_what_the_customer_typed_calls_nobody(words: str) -> None:
    of = with_manager(HOSTILE)
    body: Body = {"who": "U0DANA", "text": words, "in_channel": "C0ACME", "ts": "1772452800.000100"}
    for shown in (
        drawn(SayKind.CALLED_FOR, of, body),
        drawn(SayKind.NOTE, of, {"note": Note.MANAGER_CALLED, "manager": "U0CY", "title": "Manager", **body}),
        page(call_view(of)),
    ):
        assert "<!channel>" not in shown
        assert "<@U0MAX>" not in shown


def test_the_manager_is_led_to_the_thread() -> None:
    body: Body = {"who": "U0DANA", "text": "", "in_channel": "C0ACME", "ts": "1772452800.000100"}
    heard = drawn(SayKind.CALLED_FOR, with_manager(), body)
    assert "<https://host.slack.com/archives/C0ACME/p1772452800000100|The thread> is in <#C0ACME>" in heard
    nowhere_yet = drawn(SayKind.CALLED_FOR, with_manager(), {**body, "in_channel": None, "ts": None})
    assert "The thread is in <#C0ACME>" in nowhere_yet


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("<@U0BOT> training", True),
        ("<@U0BOT> What discount do we get on courses?", True),
        ("<@U0BOT> education discount please!", True),
        ("<@U0BOT>", False),
        ("<@U0BOT> what do we get", False),
        ("<@U0BOT> training is broken", False),
        ("<@U0BOT> the course page shows an error", False),
    ],
)
def test_only_a_question_about_training_is_one(text: str, asks: bool) -> None:
    assert asks_training(text) is asks
