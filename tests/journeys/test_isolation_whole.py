"""Through a case's whole life, in every place that another customer can look at, there is no word of it."""

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import MORNING
from tests.journeys.dedicated import DedicatedStage
from tests.journeys.trying import asked, command, page, shown, told
from workspace.acting import answer, card, form_of, press_newest, press_pinned, said
from workspace.model import Message
from workspace.people import Person
from workspace.stage import Stage

SECRETS = ("Falcon", "Kestrel", "Osprey", "Merlin", "Harrier", "Buzzard", "Condor")
"""What Acme's people and the team write of Acme's case, a word each."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Acme's C-1 from the form to the rating, while Bolt's people are in a channel with Acme's."""
    with DedicatedStage(tmp_path_factory.mktemp("whole"), MORNING) as running:
        whole_life(running)
        yield running


def whole_life(stage: Stage) -> None:
    dana, erin = stage.person("Dana"), stage.person("Erin")
    form = press_pinned(stage, dana, "C0ACME")
    dana.fill(form, {"Title": "Falcon is down", "What happens?": "Kestrel since this morning."})
    answer(stage, dana, "Which product?", "Okta Service")
    answer(stage, dana, "Which of your business resources can you still reach?", "Some, but not all")
    dana.submit(form_of(stage, dana))
    stage.quiet()
    dana.close(form_of(stage, dana))
    stage.move(minutes=130)
    erin.press(card(stage, "C0TRIAGE"), "Claim")
    command(stage, erin, "note C-1 Osprey is behind it", "C0TRIAGE")
    command(stage, erin, "wait C-1 Merlin logs, please", "C0TRIAGE")
    dana.post("C0ACME", "Harrier says so", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    ask = asked(stage, dana, lambda: dana.press(card(stage, "C0ACME"), "Ask for my CSM"))
    dana.fill(ask, {"What should they know?": "Buzzard"})
    dana.submit(ask)
    solve = asked(stage, erin, lambda: erin.press(card(stage, "C0TRIAGE"), "Resolve…"))
    kind = {"How is it solved?": "The issue is resolved"} if "How is it solved?" in page(solve) else {}
    erin.fill(solve, {**kind, "What was the matter, and what solved it?": "Condor was restarted"})
    erin.submit(solve)
    stage.quiet()
    press_newest(stage, dana, "C0ACME", 1, "That helps")


def seen_by(stage: Stage, who: Person) -> str:
    """All that stands where this person may look, what was whispered to them, and what was sent to them in private."""
    places = [channel.id for channel in stage.slack.state.channels.values() if who.id in channel.members]
    messages = [message for place in places for message in stage.slack.messages(place)]
    home = stage.slack.home(who)
    return "\n".join(
        [*map(shown, messages), *map(shown, stage.slack.ephemerals(who)), page(home) if home else "", str(messages)]
    )


def no_secret(words: str) -> bool:
    return not [secret for secret in SECRETS if secret in words]


def test_the_team_and_the_customer_have_read_every_word_of_it(stage: Stage) -> None:
    """Otherwise the stories below would prove nothing."""
    inside = seen_by(stage, stage.person("Erin"))
    assert [secret for secret in SECRETS if secret not in inside + seen_by(stage, stage.person("Frank"))] == []
    mine = seen_by(stage, stage.person("Dana"))
    assert [secret for secret in SECRETS if secret in mine] == ["Falcon", "Merlin", "Harrier", "Condor"]


def test_another_customer_finds_nothing_of_it_wherever_they_look(stage: Stage) -> None:
    boris = stage.person("Boris")
    boris.open_home()
    stage.quiet()
    for channel in ("C0BOTH", "C0BOLT"):
        for word in ("status", "review", "training", "help", "it hangs"):
            boris.post(channel, f"<@U0BOT> {word}")
            stage.quiet()
        for welcome in said(stage, channel, "Open a case", "Your plan"):
            press(stage, boris, welcome)
    assert no_secret(seen_by(stage, boris))


def press(stage: Stage, who: Person, welcome: Message) -> None:
    told(stage, who, lambda: who.press(welcome, "Your plan"))
    assert no_secret(page(asked(stage, who, lambda: who.press(welcome, "Open a case"))))


@pytest.mark.parametrize(
    "asks", ["list", "find Falcon", "find", "show C-1", "plan", "review", "contacts", "off", "help"]
)
def test_a_colleague_who_is_not_support_finds_nothing_of_it_by_command(stage: Stage, asks: str) -> None:
    hank = hired(stage)
    for channel in ("C0BOTH", "C0BOLT"):
        assert no_secret(command(stage, hank, asks, channel).replace("find Falcon", "").replace("“Falcon”", ""))


def hired(stage: Stage) -> Person:
    if "U0HANK" not in stage.slack.state.users:
        stage.slack.add_user("Hank")
        for channel in ("C0BOTH", "C0BOLT"):
            stage.person("Hank").join(channel)
    return stage.person("Hank")
