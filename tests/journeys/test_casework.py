"""Links, notes, search, and cases that support opens for what it noticed: over the real protocol."""

from collections.abc import Iterator

import pytest

from cases.case import Case, State
from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.trying import command, page, shown
from workspace.acting import answer, card, form_of, press_pinned, said
from workspace.model import Message
from workspace.people import Person
from workspace.stage import Stage


def open_one(stage: Stage, who: Person, channel: str, title: str) -> None:
    """A case at Priority 3 of Okta's."""
    press_pinned(stage, who, channel)
    who.fill(form_of(stage, who), {"Title": title, "What happens?": "It stands still."})
    answer(stage, who, "Which product?", "Okta Service")
    form = answer(stage, who, "Which of your business resources can you still reach?", "almost-all")
    assert who.submit(form).outcome == "updated"
    stage.quiet()
    who.close(form_of(stage, who))


def open_bolts(stage: Stage, title: str) -> None:
    """A case of Bolt's, at Severity 2."""
    boris = stage.person("Boris")
    press_pinned(stage, boris, "C0BOLT")
    boris.fill(form_of(stage, boris), {"Title": title, "What happens?": "Mine", "Which tenant?": "eu"})
    answer(stage, boris, "Is this tenant in production?", "Yes")
    form = answer(stage, boris, "What is the impact in production?", "A component misbehaves")
    assert boris.submit(form).outcome == "updated"
    stage.quiet()
    boris.close(form_of(stage, boris))


def open_three(stage: Stage) -> Stage:
    """Acme's C-1 and C-2; Bolt's C-3."""
    open_one(stage, stage.person("Dana"), "C0ACME", "Sign-in hangs")
    open_one(stage, stage.person("Dana"), "C0ACME", "Nobody gets past the sign-in page")
    open_bolts(stage, "Sign-in at Bolt")
    return stage


@pytest.fixture
def three(stage: Stage) -> Stage:
    return open_three(stage)


@pytest.fixture(scope="module")
def consulted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """For all that only asks, or is refused: no case is changed by it."""
    with Stage(tmp_path_factory.mktemp("consulted"), MORNING) as running:
        before = remembered(open_three(running))
        yield running
        assert remembered(running) == before


def remembered(stage: Stage) -> list[Case]:
    with stage.units() as uow:
        return list(uow.cases.listing())


def triage(stage: Stage, number: int) -> Message:
    """The case's card in the triage channel; other cards may name it too."""
    return next(message for message in said(stage, "C0TRIAGE") if message.text.startswith(f"C-{number} "))


def everything(stage: Stage, channel: str) -> str:
    """All that stands in a channel, threads included, and what was whispered there."""
    messages = [*stage.slack.messages(channel), *stage.slack.ephemerals(stage.person("Boris"))]
    return "\n".join(shown(message) for message in messages)


def test_a_duplicate_points_to_the_other_case_where_its_customer_may_see_it(three: Stage) -> None:
    erin = three.person("Erin")
    answered = command(three, erin, "link C-2 duplicate-of C-1", "C0TRIAGE")
    three.quiet()

    assert "C-2 is a duplicate of C-1 now" in answered
    assert "the same trouble as C-1" in everything(three, "C0ACME")
    assert "a duplicate of C-1" in shown(triage(three, 2))
    assert "the original of C-2" in shown(triage(three, 1))
    with three.units() as uow:
        assert uow.cases.get(2).state is State.OFFERED
        assert uow.cases.get(1).waits_for_response
    three.move(hours=3)
    breached = [message.text for message in said(three, "C0MANAGERS")]
    assert [text for text in breached if "C-1" in text]
    assert not [text for text in breached if "C-2" in text]


def test_of_another_customers_case_nothing_is_said(three: Stage) -> None:
    command(three, three.person("Erin"), "link C-3 duplicate-of C-1", "C0TRIAGE")
    command(three, three.person("Erin"), "note C-3 Acme has the very same trouble", "C0TRIAGE")
    three.quiet()

    seen = everything(three, "C0BOLT")
    assert "under another number" in seen
    for secret in ("C-1", "Acme", "Sign-in hangs", "duplicate of"):
        assert secret not in seen
    assert "a duplicate of C-1" in shown(triage(three, 3))


def test_a_link_is_taken_back_from_both_cards_and_stands_in_the_teams_history(three: Stage) -> None:
    erin = three.person("Erin")
    command(three, erin, "link C-2 related C-1", "C0TRIAGE")
    answered = command(three, erin, "unlink C-1 C-2", "C0TRIAGE")
    three.quiet()

    assert "C-1 and C-2 aren't linked any more" in answered
    assert "related" not in shown(triage(three, 1)) + shown(triage(three, 2))
    assert "took a link back: related to C-1" in command(three, erin, "show C-2", "C0TRIAGE")
    assert "took a link back" not in everything(three, "C0ACME")


def test_a_duplicate_unlinked_keeps_its_solution(three: Stage) -> None:
    erin = three.person("Erin")
    command(three, erin, "link C-2 duplicate-of C-1", "C0TRIAGE")
    assert "C-2 has a solution offered all the same" in command(three, erin, "unlink C-2 C-1", "C0TRIAGE")
    three.quiet()
    assert "a duplicate of" not in shown(triage(three, 2))


def test_a_note_is_read_by_the_team_alone(three: Stage) -> None:
    erin = three.person("Erin")
    assert "for the team alone" in command(three, erin, "note C-1 They test *it* on <!channel> Monday", "C0ACME")
    three.quiet()

    noted = shown(only(said(three, "C0TRIAGE", "noted, for the team alone")))
    assert "They test *it* on <!channel> Monday" in noted
    assert "Monday" in command(three, erin, "show C-1", "C0TRIAGE")
    assert "Monday" not in everything(three, "C0ACME")


def test_links_and_notes_are_supports(three: Stage) -> None:
    hank = three.slack.add_user("Hank")
    three.slack.channel("C0ACME").members.append(hank.id)
    for text in ("link C-2 related C-1", "unlink C-2 C-1", "note C-1 hello"):
        assert "Only the support team can" in command(three, hank, text, "C0ACME")
    assert "Nothing here fits" in command(three, hank, "find sign-in", "C0ACME")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("link", "/case link C-12 duplicate-of C-7"),
        ("link C-1 C-2", "How do they belong together?"),
        ("link C-1 related", "/case link C-12 duplicate-of C-7"),
        ("link C-1 related C-1", "can't be linked to itself"),
        ("link C-1 related C-99", "I don't know a case C-99"),
        ("unlink C-1", "/case unlink C-12 C-7"),
        ("unlink C-1 C-2", "C-1 and C-2 aren't linked"),
        ("note C-1", "What should the note say?"),
        ("note C-99 hello", "I don't know a case C-99"),
        ("find", "What shall I look for?"),
        ("find state:lost", "There is no state lost"),
        ("find assignee:@nobodyknows", "I know nobody of the support team called @nobodyknows"),
        ("find unheard-of", "Nothing here fits all of that"),
        ("find sign-in", "3 cases found"),
        ("find SIGN-IN account:bolt", "1 case found"),
        ("find hangs assignee:nobody", "C-1"),
        ("find severity:3 account:bolt", "Sign-in at Bolt"),
    ],
)
def test_what_is_typed_is_answered(consulted: Stage, typed: str, expected: str) -> None:
    answered = command(consulted, consulted.person("Erin"), typed, "C0TRIAGE")
    assert expected.replace("`", "") in answered.replace("`", "")


def test_a_word_too_many_is_understood(three: Stage) -> None:
    answered = command(three, three.person("Erin"), "link C-1 related to C-2", "C0TRIAGE")
    assert "C-1 and C-2 are related now" in answered


def test_cases_are_found_by_who_has_them(three: Stage) -> None:
    erin, frank = three.person("Erin"), three.person("Frank")
    erin.press(triage(three, 2), "Claim")
    three.quiet()
    for who, typed in ((erin, "assignee:me"), (frank, "assignee:@Erin"), (frank, "assignee:erin state:claimed")):
        answered = command(three, who, f"find {typed}", "C0TRIAGE")
        assert "1 case found" in answered
        assert "C-2" in answered
    assert "Nothing here fits" in command(three, frank, "find assignee:me", "C0TRIAGE")


class TestNoticedByOurTeam:
    """Support opens a case before the customer has said anything."""

    def open_it(self, stage: Stage) -> Message:
        erin = stage.person("Erin")
        form = press_pinned(stage, erin, "C0ACME")
        assert "How do we know of it?" in page(form)
        erin.fill(form, {"Title": "Sign-ins fail", "What happens?": "Our monitors say so."})
        answer(stage, erin, "Which product?", "Okta Service")
        form = answer(stage, erin, "Which of your business resources can you still reach?", "None of them")
        assert "nobody of theirs is asked to be on call" in page(form)
        assert erin.submit(form).outcome == "updated"
        stage.quiet()
        return card(stage, "C0ACME")

    def test_the_customer_reads_that_we_noticed_it(self, stage: Stage) -> None:
        told = self.open_it(stage)
        assert "Our team noticed this and opened a case for you." in shown(told)
        assert "Our team noticed this and opened a case for you." in told.text
        assert "Noticed by our team" in shown(card(stage, "C0TRIAGE"))

    def test_opening_it_answers_nothing_so_a_person_still_has_to_take_it(self, stage: Stage) -> None:
        self.open_it(stage)
        stage.move(minutes=61)
        assert said(stage, "C0MANAGERS", "C-1")
        with stage.units() as uow:
            assert uow.cases.get(1).breached_at is not None

    def test_told_on_the_telephone_it_is_the_customers_report(self, stage: Stage) -> None:
        erin = stage.person("Erin")
        form = press_pinned(stage, erin, "C0ACME")
        erin.fill(form, {"Title": "Sign-ins fail", "What happens?": "Dana called."})
        answer(stage, erin, "How do we know of it?", "told")
        answer(stage, erin, "Which product?", "Okta Service")
        form = answer(stage, erin, "Which of your business resources can you still reach?", "almost-all")
        assert erin.submit(form).outcome == "updated"
        stage.quiet()
        assert "noticed" not in shown(card(stage, "C0ACME"))

    def test_in_a_shared_channel_support_says_for_whom(self, stage: Stage) -> None:
        erin = stage.person("Erin")
        form = press_pinned(stage, erin, "C0BOTH")
        assert "Choose the customer" in page(form)
        erin.fill(form, {"Title": "Sign-ins fail", "What happens?": "Our monitors say so."})
        assert "open:account" in erin.submit(form).errors
        answer(stage, erin, "Which customer is it for?", "Acme")
        answer(stage, erin, "Which product?", "Okta Service")
        form = answer(stage, erin, "Which of your business resources can you still reach?", "almost-all")
        assert erin.submit(form).outcome == "updated"
        stage.quiet()
        with stage.units() as uow:
            assert uow.cases.get(1).account_name == "Acme"
