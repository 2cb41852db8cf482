"""Two customers who may type commands, as where the app is theirs too: each finds their own, however they ask."""

import re
from collections.abc import Iterator

import pytest

from cases.accounts import Account
from tests.journeys.conftest import MORNING
from tests.journeys.trying import command, page, told
from workspace.acting import answer, card, form_of
from workspace.errors import PersonRefused
from workspace.stage import SUPPORT, Stage

PEAR, PLUM = "C0PEAR", "C0PLUM"
THEIRS = {"Pia": ("Pear", PEAR, "Lantern"), "Paul": ("Plum", PLUM, "Trumpet")}
"""Who, of which account, where, and a word of their case alone; both cases have the word portal in them."""
TEAMS = ("Cellar", "Attic")
"""Of the team's notes on Pear's case and on Plum's."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """C-1 is Pear's, C-2 is Plum's; both have a note of the team's, and are linked."""
    with Stage(tmp_path_factory.mktemp("commands"), MORNING) as running:
        move_in(running)
        for who in THEIRS:
            open_one(running, who)
        for number, note in enumerate(TEAMS, 1):
            command(running, running.person("Erin"), f"note C-{number} {note} is where it hides", "C0TRIAGE")
        command(running, running.person("Erin"), "link C-1 related C-2", "C0TRIAGE")
        running.quiet()
        yield running


def move_in(stage: Stage) -> None:
    """Departments of the host are customers like others; an account without teams takes in who is in its channel."""
    lobby = [stage.slack.add_user(who) for who in THEIRS]
    stage.slack.add_channel("lobby", "C0LOBBY", members=[*lobby, *SUPPORT])
    for who, (name, channel, _) in THEIRS.items():
        stage.slack.add_channel(name.lower(), channel, members=[f"U0{who.upper()}", *SUPPORT])
    stage.stop_bot()
    with stage.units() as uow:
        for name, channel, _ in THEIRS.values():
            uow.accounts.put(Account(0, name, "okta", "premier", "America/New_York", (channel,)))
    stage.start_bot()


def open_one(stage: Stage, who: str) -> None:
    person, (_, channel, word) = stage.person(who), THEIRS[who]
    command(stage, person, "help", channel)
    person.command("/case", f"open The portal of {word}", channel)
    form = form_of(stage, person)
    person.fill(form, {"Title": f"The portal of {word}", "What happens?": "It hangs."})
    answer(stage, person, "Which product?", "Okta Service")
    answer(stage, person, "Which of your business resources can you still reach?", "Almost all")
    person.submit(form_of(stage, person))
    stage.quiet()
    person.close(form_of(stage, person))


def foreign(who: str) -> tuple[str, ...]:
    """What this person must not read."""
    ((other, (name, channel, word)),) = [each for each in THEIRS.items() if each[0] != who]
    return name, channel, word, f"U0{other.upper()}", numbers(who)[1], *TEAMS


def numbers(who: str) -> tuple[str, str]:
    """Of their own case, and of the other's."""
    return ("C-1", "C-2") if who == "Pia" else ("C-2", "C-1")


def leaked(who: str, read: str) -> list[str]:
    """What of the other's, or of the team's, stands in it; `C-12` of an example isn't `C-1`."""
    return [each for each in foreign(who) if re.search(rf"\b{each}\b", read)]


NO_CASES = ("find", "find is where it hides", "plan", "review", "help")
ASKS = (
    "list",
    "find portal",
    "find portal state:open,claimed,waiting,offered,resolved,closed",
    "find portal priority:3",
    "find portal assignee:nobody",
    *NO_CASES,
)


@pytest.mark.parametrize("asks", ASKS)
@pytest.mark.parametrize("who", THEIRS)
def test_whatever_they_ask_in_their_channel_they_read_of_their_own_alone(stage: Stage, who: str, asks: str) -> None:
    _, channel, word = THEIRS[who]
    read = command(stage, stage.person(who), asks, channel)
    assert not leaked(who, read)
    assert (word in read) is (asks not in NO_CASES)


@pytest.mark.parametrize("who", THEIRS)
def test_the_others_words_name_and_number_find_nothing(stage: Stage, who: str) -> None:
    person, (_, channel, _) = stage.person(who), THEIRS[who]
    name, _, word, _, number, *_ = foreign(who)
    for asks in (f"find {word}", f"find account:{name}", f'find "portal of {word}"', f"find account:{name} portal"):
        read = command(stage, person, asks, channel)
        assert number not in read
        assert f"portal of {word}" not in read.replace(f'"portal of {word}"', "").replace(f"“portal of {word}”", "")
    shown, missing = (command(stage, person, f"show {each}", channel) for each in (number, "C-99"))
    assert shown.replace(number, "C-99") == missing
    for asks in ("plan", "find portal account:"):
        there, nowhere = (command(stage, person, f"{asks} {each}".replace(": ", ":"), channel) for each in (name, "No"))
        assert there.replace(name, "No") == nowhere


@pytest.mark.parametrize("who", THEIRS)
def test_in_a_channel_of_nobodys_they_find_nothing_at_all(stage: Stage, who: str) -> None:
    person, (_, _, word) = stage.person(who), THEIRS[who]
    for asks in ("list", "find portal", "find", "show C-1", "show C-2"):
        read = command(stage, person, asks, "C0LOBBY")
        assert "portal of" not in read
        assert word not in read


@pytest.mark.parametrize("who", THEIRS)
def test_their_own_case_tells_nothing_of_the_teams_nor_what_it_is_linked_to(stage: Stage, who: str) -> None:
    person, (_, channel, word) = stage.person(who), THEIRS[who]
    own = numbers(who)[0]
    shown = command(stage, person, f"show {own}", channel)
    assert word in shown
    status = told(stage, person, lambda: person.press(card(stage, channel, int(own[2:])), "Status"))
    why = told(stage, person, lambda: person.press(card(stage, channel, int(own[2:])), "Why this time?"))
    for read in (shown, status, why):
        assert not leaked(who, read)


@pytest.mark.parametrize("who", THEIRS)
def test_home_tells_them_no_case_for_no_channel_stands_there(stage: Stage, who: str) -> None:
    person = stage.person(who)
    person.open_home()
    home = page(stage.slack.wait_until(lambda: stage.slack.home(person)))
    assert "which customer you belong to" in home
    assert "portal" not in home


def test_slack_itself_keeps_them_out_of_each_others_channels(stage: Stage) -> None:
    with pytest.raises(PersonRefused):
        stage.person("Pia").command("/case", "list", PLUM)


def test_support_finds_both(stage: Stage) -> None:
    """Otherwise the stories above would prove nothing."""
    read = command(stage, stage.person("Erin"), "find portal", "C0TRIAGE")
    assert "Lantern" in read
    assert "Trumpet" in read
    read = command(stage, stage.person("Erin"), "show C-1", "C0TRIAGE")
    assert TEAMS[0] in read
    assert "C-2" in read
