"""An article is enough: offered before anything is sent, taken with one press, and remembered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cases.articles import Article
from tests.journeys.conftest import MORNING
from tests.journeys.trying import command, page
from workspace.acting import answer, form_of, press_pinned, said
from workspace.model import View
from workspace.stage import Stage

MFA = Article("lost-mfa", "When a second factor is lost", "https://h.example/mfa", ("mfa", "authenticator"))
OFFER = "Perhaps this helps at once"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Okta has an article; the other programmes have none."""
    made = Stage(tmp_path, MORNING)
    made.policies = {**made.policies, "okta": replace(made.policies["okta"], articles=(MFA,))}
    with made as running:
        yield running


def asks(stage: Stage, title: str) -> View:
    dana = stage.person("Dana")
    form = press_pinned(stage, dana, "C0ACME")
    dana.fill(form, {"Title": title, "What happens?": "Since this morning."})
    if "MFA" in title:
        stage.slack.wait_until(lambda: OFFER in page(form_of(stage, dana)))
    return answer(stage, dana, "Which product?", "Okta Service")


def test_the_closest_article_is_offered_and_what_was_typed_stays(stage: Stage) -> None:
    form = asks(stage, "I lost my MFA device")
    assert OFFER in page(form)
    assert "When a second factor is lost" in page(form)
    dana = stage.person("Dana")
    answer(stage, dana, "Which of your business resources can you still reach?", "Almost all")
    dana.submit(form_of(stage, dana))
    stage.quiet()
    with stage.units() as uow:
        assert uow.cases.get(1).title == "I lost my MFA device"


def test_articles_come_as_the_title_is_typed_and_go_with_it(stage: Stage) -> None:
    dana = stage.person("Dana")
    form = press_pinned(stage, dana, "C0ACME")
    dana.choose(form, "What happens?", "Since this morning.")
    dana.choose(form, "Title", "Trouble with MF")
    assert OFFER not in page(form_of(stage, dana))
    dana.choose(form_of(stage, dana), "Title", "Trouble with MFA")
    stage.slack.wait_until(lambda: OFFER in page(form_of(stage, dana)))
    kept = str(form_of(stage, dana).values)
    assert "Trouble with MFA" in kept
    assert "Since this morning." in kept
    dana.choose(form_of(stage, dana), "Title", "Trouble with badges")
    stage.slack.wait_until(lambda: OFFER not in page(form_of(stage, dana)))


def test_letters_that_change_no_suggestion_draw_nothing(stage: Stage) -> None:
    dana = stage.person("Dana")
    form = press_pinned(stage, dana, "C0ACME")
    dana.choose(form, "Title", "I lost my MFA")
    stage.slack.wait_until(lambda: OFFER in page(form_of(stage, dana)))
    drawn = form_of(stage, dana).hash
    for title in ("I lost my MFA d", "I lost my MFA de", "I lost my MFA dev"):
        dana.choose(form_of(stage, dana), "Title", title)
    stage.quiet()
    assert form_of(stage, dana).hash == drawn


def test_one_press_ends_the_form_opens_nothing_and_is_counted_for_support(stage: Stage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    form = asks(stage, "I lost my MFA device")
    assert "without a case: 0" in command(stage, erin, "plan", "C0ACME")
    dana.press(form, "This answered it")
    stage.slack.wait_until(lambda: "Glad that" in page(form_of(stage, dana)))
    stage.quiet()
    with stage.units() as uow:
        assert list(uow.cases.listing()) == []
    assert said(stage, "C0TRIAGE") == []
    assert "without a case: 1" in command(stage, erin, "plan", "C0ACME")


def test_a_case_that_is_opened_after_all_counts_no_more(stage: Stage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    dana.post("C0ACME", "<@U0BOT> I lost my MFA device")
    stage.quiet()
    for end in ("This answered it", None):
        dana.press([m for m in stage.slack.messages("C0ACME") if m.bot_id][-1], "Open a case")
        stage.slack.wait_until(lambda: OFFER in page(form_of(stage, dana)))
        if end:
            dana.press(form_of(stage, dana), end)
            stage.slack.wait_until(lambda: "Glad that" in page(form_of(stage, dana)))
            dana.close(form_of(stage, dana))
    answer(stage, dana, "Which product?", "Okta Service")
    answer(stage, dana, "Which of your business resources can you still reach?", "Almost all")
    dana.submit(form_of(stage, dana))
    stage.quiet()
    assert "without a case: 0" in command(stage, erin, "plan", "C0ACME")


def test_nothing_is_offered_beside_the_point_or_from_another_programme(stage: Stage) -> None:
    assert OFFER not in page(asks(stage, "The report is empty"))
    boris = stage.person("Boris")
    boris.fill(press_pinned(stage, boris, "C0BOLT"), {"Title": "I lost my MFA device"})
    assert OFFER not in page(answer(stage, boris, "open:production", "yes"))


def test_an_article_that_is_gone_counts_nothing_and_the_form_stays(stage: Stage) -> None:
    dana = stage.person("Dana")
    form = asks(stage, "I lost my MFA device")
    with stage.slack.state.change():
        for block in form.blocks:
            if "accessory" in block:
                block["accessory"]["value"] = "another"
    dana.press(form, "This answered it")
    stage.quiet()
    assert form_of(stage, dana).title == "Open a case"
    with stage.units() as uow:
        assert uow.intakes.count_answered(["C0ACME"]) == 0
