"""A ticket review, from the asking to the file: only where nobody else reads along, once, and of one account alone."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.premier import PremierStage, open_case
from tests.journeys.trying import command, shown, told
from workspace.acting import card, offers, said, words
from workspace.model import File, Message
from workspace.people import Person
from workspace.stage import Stage

REVIEW = "Ticket review"
HOSTILE = '=HYPERLINK("http://evil","x")'
CUSTOMERS = ("C0CEDAR", "C0OPS", "C0MIXED", "C0ACME", "C0BOLT", "C0BOTH", "C0ORCHARD")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[PremierStage]:
    with PremierStage(tmp_path, MORNING) as running:
        yield running


def reviews(stage: Stage, channel: str) -> list[Message]:
    return [message for message in said(stage, channel, REVIEW) if not message.is_reply]


def files(stage: Stage, channel: str) -> list[File]:
    return [file for message in stage.slack.messages(channel) for file in message.files]


def rows(file: File) -> list[dict[str, str]]:
    assert file.content is not None
    return list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))


def in_dm(stage: Stage, who: str) -> list[Message]:
    return [message for message in stage.slack.dm(who) if REVIEW in words(message)]


def mention(stage: Stage, who: str, channel: str, text: str = "review") -> str:
    person = stage.person(who)
    answered = told(stage, person, lambda: person.post(channel, f"<@U0BOT> {text}"))
    stage.quiet()
    return answered


def ask(stage: Stage, who: str, channel: str, text: str = "review") -> str:
    answered = command(stage, stage.person(who), text, channel)
    stage.quiet()
    return answered


def press(stage: Stage, who: Person, button: str) -> str:
    answered = told(stage, who, lambda: who.press(stage.slack.ephemerals(who)[-1], button))
    stage.quiet()
    return answered


def test_the_customer_mentions_it_and_reads_how_their_cases_stand(stage: PremierStage) -> None:
    open_case(stage, HOSTILE)
    stage.person("Erin").post("C0CEDAR", "We look into it", card(stage, "C0CEDAR").ts)
    stage.move(minutes=10)
    open_case(stage, "Logins fail & <b>nobody</b> knows")
    stage.move(minutes=31)
    open_case(stage, "Bolt's own trouble", "C0BOLT", "Boris")

    assert "comes here in a moment" in mention(stage, "Carla", "C0CEDAR")
    review = only(reviews(stage, "C0CEDAR"))
    text = shown(review)
    assert "Ticket review: Cedar, the last 90 days" in text.replace("*", "")
    assert "<@U0CARLA>" in text
    assert "<@U0TOM>" in text
    assert "2 cases opened" in text
    assert "Severity 1 (Urgent): 2" in text
    assert "1 in time, 1 late" in text
    assert text.index("C-1") < text.index("C-2"), "the oldest first"
    assert "<b>nobody</b>" in text, "as it was typed"

    thread = stage.slack.thread("C0CEDAR", review.ts)
    (file,) = only([message for message in thread if message.files]).files
    assert file.name == "ticket-review-cedar-2026-07-02.csv"
    first, second = rows(file)
    assert (first["Case"], first["Title"], first["In time"]) == ("C-1", f"'{HOSTILE}", "yes")
    assert (second["Case"], second["In time"], second["State"]) == ("C-2", "no", "waiting for us")

    (told_tom,) = stage.slack.dm("Tom")
    assert "asked for a ticket review of *\u2068Cedar\u2069*" in words(told_tom)
    assert "<#C0CEDAR>" in words(told_tom)


def test_nothing_of_the_teams_own_and_nothing_of_another_account_is_in_it(stage: PremierStage) -> None:
    open_case(stage, "Nobody can log in")
    open_case(stage, "Bolt's own trouble", "C0BOLT", "Boris")
    erin = stage.person("Erin")
    erin.command("/case", "note C-1 they never pay in time", "C0TRIAGE")
    erin.command("/case", "link C-1 related C-2", "C0TRIAGE")
    stage.quiet()
    ask(stage, "Erin", "C0CEDAR")
    content = files(stage, "C0CEDAR")[0].content
    assert content is not None
    for seen in (words(only(reviews(stage, "C0CEDAR"))), content.decode()):
        for word in ("never pay", "Bolt", "C-2", "related", "Erin", "U0FRANK", "triage"):
            assert word not in seen.replace("<@U0ERIN>", "")
    for channel in set(CUSTOMERS) - {"C0CEDAR"}:
        assert reviews(stage, channel) == []
        assert files(stage, channel) == []


def test_it_goes_to_the_channel_that_it_was_asked_in(stage: PremierStage) -> None:
    open_case(stage, "Nobody can log in")
    mention(stage, "Carla", "C0OPS")
    only(reviews(stage, "C0OPS"))
    assert reviews(stage, "C0CEDAR") == []
    assert "comes here" in mention(stage, "Carla", "C0CEDAR"), "another channel, another review"
    only(reviews(stage, "C0CEDAR"))


def test_asked_again_on_the_same_day_it_answers_with_the_one_that_is_there(stage: PremierStage) -> None:
    mention(stage, "Carla", "C0CEDAR")
    review = only(reviews(stage, "C0CEDAR"))
    stage.move(hours=3)
    again = ask(stage, "Erin", "C0CEDAR")
    assert f"/archives/C0CEDAR/p{review.ts.replace('.', '')}|there already" in again
    only(reviews(stage, "C0CEDAR"))
    assert len(files(stage, "C0CEDAR")) == 1
    stage.move_to(MORNING + timedelta(days=1))
    mention(stage, "Carla", "C0CEDAR")
    assert len(reviews(stage, "C0CEDAR")) == 2
    assert "the last 30 days" in ask(stage, "Erin", "C0CEDAR", "review 30")
    assert len(reviews(stage, "C0CEDAR")) == 3


def test_all_at_once_make_one(stage: PremierStage) -> None:
    for who in ("Carla", "Tom", "Carla"):
        stage.person(who).post("C0CEDAR", "<@U0BOT> Ticket review, please".replace(", please", ""))
    stage.quiet()
    only(reviews(stage, "C0CEDAR"))
    assert len(files(stage, "C0CEDAR")) == 1


def test_the_customer_presses_the_button_of_their_plan(stage: PremierStage) -> None:
    carla = stage.person("Carla")
    told(stage, carla, lambda: carla.press(stage.slack.messages("C0CEDAR")[0], "Your plan"))
    assert "comes here in a moment" in press(stage, carla, "Ask for a ticket review")
    only(reviews(stage, "C0CEDAR"))


def test_on_their_home_it_goes_to_a_channel_of_their_own(stage: PremierStage) -> None:
    carla = stage.person("Carla")
    carla.open_home()
    home = stage.slack.wait_until(lambda: stage.slack.home(carla))
    before = home.hash
    carla.press(home, "Ask for a ticket review")
    after = stage.slack.wait_until(lambda: now if (now := stage.slack.home(carla)) and now.hash != before else None)
    stage.quiet()
    assert "<#C0CEDAR>" in str(after.blocks[0])
    only(reviews(stage, "C0CEDAR"))


def test_where_another_customer_shares_the_channel_nobodys_cases_are_shown(stage: PremierStage) -> None:
    open_case(stage, "Nobody can log in")
    answered = mention(stage, "Carla", "C0MIXED")
    assert "Others share this channel" in answered
    assert "<#C0CEDAR> or <#C0OPS>" in answered
    assert "aren't part of this plan" in mention(stage, "Boris", "C0MIXED"), "Bolt is on Enterprise"
    assert "Another customer shares" in ask(stage, "Erin", "C0MIXED")
    stage.quiet()
    assert reviews(stage, "C0MIXED") == []
    assert files(stage, "C0MIXED") == []

    erin = stage.person("Erin")
    assert "by direct message" in press(stage, erin, "Send me \u2068Cedar\u2069's")
    assert [shown(each).count("C-1") for each in in_dm(stage, "Erin") if not each.is_reply] == [1]
    assert len([file for message in stage.slack.dm("Erin") for file in message.files]) == 1
    assert reviews(stage, "C0MIXED") == []
    assert "by direct message" in words(only(stage.slack.dm("Tom")))


def test_a_forged_press_gets_nothing_of_an_account_that_is_not_theirs(stage: PremierStage) -> None:
    open_case(stage, "Nobody can log in")
    told_erin = ask(stage, "Erin", "C0MIXED")
    assert told_erin
    offer = stage.slack.ephemerals("Erin")[-1]
    for who in ("Boris", "Carla"):
        forged = replace(offer, ephemeral_for=stage.person(who).id)
        with stage.slack.state.change():
            stage.slack.state.ephemerals.append(forged)
        assert "know no such account" in press(stage, stage.person(who), "Send me \u2068Cedar\u2069's")
        assert stage.slack.dm(who) == []


def test_the_tam_may_ask_and_is_not_told_what_they_asked_for(stage: PremierStage) -> None:
    ask(stage, "Tom", "C0CEDAR", "review 7")
    text = shown(only(reviews(stage, "C0CEDAR")))
    assert "the last 7 days" in text
    assert "<@U0TOM>" in text
    assert stage.slack.dm("Tom") == []
    assert "Another customer shares" in ask(stage, "Tom", "C0MIXED")
    press(stage, stage.person("Tom"), "Send me \u2068Cedar\u2069's")
    assert in_dm(stage, "Tom")


def test_only_a_plan_that_has_reviews_brings_one(stage: PremierStage) -> None:
    for who, channel in (("Dana", "C0ACME"), ("Boris", "C0BOLT"), ("Olga", "C0ORCHARD")):
        assert "aren't part of this plan" in mention(stage, who, channel)
        person = stage.person(who)
        told(stage, person, lambda: person.press(stage.slack.messages(channel)[0], "Your plan"))  # noqa: B023
        assert not offers(stage.slack.ephemerals(who)[-1], "Ask for a ticket review")
    assert "No account is linked" in ask(stage, "Erin", "C0TRIAGE")
    assert "none of their channels" in shown_plan_button(stage)
    for typed in ("review 0", "review 367", "review soon", "review 90 90"):
        assert "days" in ask(stage, "Erin", "C0CEDAR", typed)
    assert all(reviews(stage, channel) == [] for channel in CUSTOMERS)


def shown_plan_button(stage: Stage) -> str:
    """Support asks for Cedar's plan in triage, and presses there."""
    ask(stage, "Erin", "C0TRIAGE", "plan Cedar")
    return press(stage, stage.person("Erin"), "Ask for a ticket review")


def test_the_triage_card_shows_nothing_of_it(stage: PremierStage) -> None:
    open_case(stage, "Nobody can log in")
    mention(stage, "Carla", "C0CEDAR")
    assert REVIEW not in words(card(stage, "C0TRIAGE"))
    assert said(stage, "C0TRIAGE", REVIEW) == []
