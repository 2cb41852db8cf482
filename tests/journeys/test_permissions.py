"""Who may do what, and how those are answered who may not or who asked for what can't be."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from cases.case import Case
from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.trying import asked, button, command, page, shown, told
from workspace.acting import card
from workspace.errors import PersonRefused
from workspace.people import Person
from workspace.stage import Stage

SUPPORT_ONLY = "Only the support team can"
UNKNOWN = "I don't know a case C-"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Dana's C-1, Priority 1, in Acme's channel."""
    with Stage(tmp_path_factory.mktemp("opened"), MORNING) as running:
        open_p1(running)
        yield running


@pytest.fixture
def stage(opened: Stage) -> Iterator[Stage]:
    """Whatever is refused changes nothing."""
    before = remembered(opened)
    yield opened
    opened.quiet()
    assert remembered(opened) == before


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Stage]:
    """For what does change something."""
    with Stage(tmp_path, MORNING) as running:
        yield running


def remembered(stage: Stage) -> Case:
    with stage.units() as uow:
        return uow.cases.get(1)


def press(stage: Stage, who: Person, action: str) -> str:
    """What they are told after a button of C-1, made by themselves where their card has none."""
    return told(stage, who, lambda: who.press(button(card(stage, "C0ACME"), action, "1"), action))


class TestWhoMayDoWhat:
    """Engineers and managers are support; customers, and colleagues who are neither, are not."""

    @pytest.mark.parametrize("who", ["Erin", "Max"])
    def test_support(self, fresh: Stage, who: str) -> None:
        open_p1(fresh)
        person = fresh.person(who)
        for form in ("Resolve…", "Change priority…"):
            assert "C-1" in page(asked(fresh, person, partial(person.press, card(fresh, "C0TRIAGE"), form)))
        person.press(card(fresh, "C0TRIAGE"), "Claim")
        fresh.quiet()
        assignee = remembered(fresh).assignee
        assert assignee is not None
        assert assignee.user == person.id
        assert fresh.slack.ephemerals(person) == []

    @pytest.mark.parametrize("who", ["Dana", "Bob"])
    @pytest.mark.parametrize("action", ["case_claim", "case_give_back", "case_resolve", "case_priority"])
    def test_the_cases_own_customers(self, stage: Stage, who: str, action: str) -> None:
        person = stage.person(who)
        words = press(stage, person, action)
        assert words.startswith(SUPPORT_ONLY)
        assert len(words) < 120
        assert form_after(stage, person) in {"", "Your case is open"}

    @pytest.mark.parametrize("emoji", ["eyes", "white_check_mark"])
    def test_reactions_of_customers_claim_and_resolve_nothing(self, stage: Stage, emoji: str) -> None:
        bob = stage.person("Bob")
        before = len(stage.slack.ephemerals(bob))
        bob.react(card(stage, "C0ACME"), emoji)
        stage.quiet()
        heard = [shown(message) for message in stage.slack.ephemerals(bob)[before:]]
        assert ["how our engineers take a case" in line for line in heard] == ([True] if emoji == "eyes" else [])

    def test_a_colleague_who_is_not_support_sees_what_a_stranger_sees(self, stage: Stage) -> None:
        hank = stage.slack.add_user("Hank")
        stage.slack.channel("C0ACME").members.append(hank.id)
        for word in ("show", "resolve"):
            known, unknown = (command(stage, hank, f"{word} C-{n}", "C0ACME") for n in (1, 99))
            assert known.replace("C-1", "C-99") == unknown
        assert "match you to a customer" in command(stage, hank, "", "C0ACME")
        assert SUPPORT_ONLY in command(stage, hank, "priority C-1 2 please", "C0ACME")
        assert "No case is open here" in command(stage, hank, "list", "C0ACME")
        assert "support managers" in command(stage, hank, "setup", "C0ACME")

    def test_people_of_other_organisations_have_no_commands(self, stage: Stage) -> None:
        with pytest.raises(PersonRefused, match="another organisation"):
            stage.person("Dana").command("/case", "list", "C0ACME")


def form_after(stage: Stage, who: Person) -> str:
    view = stage.slack.view_for(who)
    return view.title if view else ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("frobnicate", "I don't know /case frobnicate"),
        ("lst", "Did you mean `/case list`?"),
        ("show", "`/case show C-12`"),
        ("show C-99", UNKNOWN),
        ("show C-0", "Which case?"),
        ("show C-1000000000000", "Which case?"),
        ("resolve", "`/case resolve C-12`"),
        ("resolve C-99", UNKNOWN),
        ("priority", "`/case priority C-12 3 why it changes`"),
        ("priority C-1 soon", "`/case priority C-12 3 why it changes`"),
        ("priority C-1 7 because", "knows the priorities 1, 2, 3, 4; 7 is none"),
        ("priority C-1 2", "A reason, please"),
        ("priority C-1 1 because", "already"),
        ("priority C-99 2 because", UNKNOWN),
        ("priority C-99", UNKNOWN),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_what_was_expected(stage: Stage, typed: str, expected: str) -> None:
    answered = command(stage, stage.person("Erin"), typed, "C0TRIAGE")
    assert expected.replace("`", "") in answered.replace("`", "")


def test_what_is_not_understood_brings_the_help(stage: Stage) -> None:
    answered = command(stage, stage.person("Erin"), "frobnicate", "C0TRIAGE")
    assert "Here is what I can do" in answered
    assert "/case open" in answered
