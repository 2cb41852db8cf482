"""Whom Slack shows as away: asked slowly, remembered for five minutes, and never asked where somebody waits."""

from dataclasses import dataclass, field

import pytest
from slack_sdk import WebClient

from handlers.slack_presence import SlackPresence
from tests.handlers.conftest import HandClock
from workspace.server import Workspace

ASKED = "users.getPresence"


@dataclass
class Watch:
    """A presence that is stepped by hand."""

    slack: Workspace
    clock: HandClock
    people: list[str]
    seconds: float = 0.0
    presence: SlackPresence = field(init=False)

    def __post_init__(self) -> None:
        client = WebClient(self.slack.bot_token, base_url=self.slack.api_url, retry_handlers=[])
        self.presence = SlackPresence(client, self.clock, lambda: self.people, lambda: self.seconds)

    def pass_by(self, seconds: float) -> None:
        """Second by second, a step in each."""
        for _ in range(int(seconds)):
            self.seconds += 1
            self.clock.advance(seconds=1)
            self.presence.step()

    def absent(self, *users: str) -> frozenset[str]:
        return self.presence.absent(users, self.clock.now())

    @property
    def asked(self) -> list[str]:
        return [str(call.args["user"]) for call in self.slack.calls(ASKED)]


@pytest.fixture
def watch(slack: Workspace, clock: HandClock) -> Watch:
    slack.user("Erin").seem(away=True)
    return Watch(slack, clock, ["U0ERIN", "U0HANNA"])


def test_everybody_is_here_until_slack_was_asked_and_asking_is_paced(watch: Watch) -> None:
    assert watch.absent("U0ERIN", "U0HANNA") == frozenset()
    watch.presence.step()
    watch.presence.step()
    assert watch.asked == ["U0ERIN"]
    watch.pass_by(2)
    assert watch.asked == ["U0ERIN", "U0HANNA"]
    assert watch.absent("U0ERIN", "U0HANNA") == {"U0ERIN"}


def test_each_is_asked_about_again_after_two_minutes(watch: Watch) -> None:
    watch.pass_by(110)
    assert watch.asked == ["U0ERIN", "U0HANNA"]
    watch.slack.user("Erin").seem(away=False)
    watch.pass_by(20)
    assert watch.absent("U0ERIN") == frozenset()


def test_an_answer_of_more_than_five_minutes_ago_is_none(watch: Watch) -> None:
    watch.presence.step()
    watch.clock.advance(seconds=300)
    assert watch.absent("U0ERIN") == {"U0ERIN"}
    watch.clock.advance(seconds=1)
    assert watch.absent("U0ERIN") == frozenset()


def test_whoever_else_was_asked_about_is_looked_at_from_then_on(watch: Watch) -> None:
    watch.slack.user("Max").seem(away=True)
    watch.pass_by(6)
    assert watch.absent("U0MAX") == frozenset()
    watch.pass_by(2)
    assert watch.absent("U0MAX") == {"U0MAX"}


def test_slack_asks_to_wait_and_is_left_alone(watch: Watch) -> None:
    watch.slack.faults.rate_limit(ASKED, retry_after=30)
    watch.pass_by(29)
    assert len(watch.asked) == 1
    assert watch.presence.seconds_to_next() == pytest.approx(2, abs=1)
    watch.pass_by(5)
    assert watch.absent("U0ERIN") == {"U0ERIN"}


def test_where_slack_refuses_people_are_here_and_asked_about_later(watch: Watch) -> None:
    watch.slack.faults.fail(ASKED, "user_not_found", times=2)
    watch.pass_by(10)
    assert watch.absent("U0ERIN") == frozenset()
    assert len(watch.asked) == 2
    watch.pass_by(120)
    assert watch.absent("U0ERIN") == {"U0ERIN"}


def test_with_nobody_to_ask_about_it_rests(slack: Workspace, clock: HandClock) -> None:
    nobody = Watch(slack, clock, [])
    nobody.pass_by(5)
    assert nobody.asked == []
    assert nobody.presence.seconds_to_next() is None
