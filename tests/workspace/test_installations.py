"""The app in several workspaces of the local Slack: a token, a home and modals of its own in each."""

import re
from collections.abc import Callable, Iterator
from typing import Protocol

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.workspace.conftest import HandClock, furnish
from tests.workspace.ear import Ear
from tests.workspace.kit import modal, section
from workspace.api_oauth import revoke, uninstall
from workspace.errors import PersonRefused
from workspace.server import Workspace

BACK = "https://bot.example/slack/oauth_redirect"
PAGE = "https://slack.example/oauth/v2/authorize?client_id=111.222&state=s1&scope="


class Install(Protocol):
    def __call__(self, who: str = "Dana", scopes: str = "commands") -> WebClient: ...


@pytest.fixture
def slack(clock: HandClock) -> Iterator[Workspace]:
    heard = ["app_home_opened", "app_uninstalled", "message.channels", "tokens_revoked"]
    granted = ["app_mentions:read", "channels:history", "chat:write", "commands", "users:read"]
    with Workspace(clock=clock, scopes=granted, subscriptions=heard) as running:
        running.installations.redirects = [BACK]
        yield furnish(running)


@pytest.fixture
def code(slack: Workspace) -> Callable[..., str]:
    """A code for what a person agreed to."""

    def agree(who: str = "Dana", scopes: str = "commands", more: str = "") -> str:
        back = slack.installations.agree(PAGE + scopes + more, slack.user(who).user)
        found = re.fullmatch(re.escape(BACK) + r"\?code=([^&]+)&state=s1", back)
        assert found is not None
        return found[1]

    return agree


@pytest.fixture
def install(slack: Workspace, code: Callable[..., str]) -> Install:
    """A client with the token of a person's workspace."""

    def exchange(who: str = "Dana", scopes: str = "commands") -> WebClient:
        given = WebClient(base_url=slack.api_url).oauth_v2_access(
            client_id="111.222", client_secret="local-client-secret", code=code(who, scopes)
        )
        return WebClient(given["access_token"], base_url=slack.api_url, retry_handlers=[])

    return exchange


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return str(caught.value.response["error"])


def test_each_token_is_of_its_workspace_with_what_was_granted_there(install: Install, client: WebClient) -> None:
    acme = install()
    assert (acme.auth_test()["team_id"], client.auth_test()["team_id"]) == ("T0ACME", "T0HOST")
    assert acme.auth_test()["user_id"] != client.auth_test()["user_id"]
    assert refusal(lambda: acme.users_info(user="U0DANA")) == "missing_scope"
    assert refusal(lambda: acme.chat_postMessage(channel="C0ACME", text="hi")) == "missing_scope"


def test_a_code_is_good_once_for_ten_minutes_for_its_client_and_address(
    slack: Workspace, code: Callable[..., str], clock: HandClock
) -> None:
    web = WebClient(base_url=slack.api_url, retry_handlers=[])

    def ask(code: str, **other: str) -> str:
        own = {"client_id": "111.222", "client_secret": "local-client-secret", "code": code}
        return refusal(lambda: web.oauth_v2_access(**{**own, **other}))

    good = code()
    assert ask(good, client_id="9.9") == "invalid_client_id"
    assert ask(good, client_secret="guessed") == "bad_client_secret"
    assert ask(good, redirect_uri="https://evil.example") == "bad_redirect_uri"
    assert ask("invented") == "invalid_code"
    web.oauth_v2_access(client_id="111.222", client_secret="local-client-secret", code=good)
    assert ask(good) == "code_already_used"
    late = code()
    clock.advance(minutes=11)
    assert ask(late) == "invalid_code"
    assert "local-client-secret" not in str([call.args for call in slack.calls("oauth.v2.access")])


@pytest.mark.parametrize(
    "page", [PAGE, PAGE + "admin", PAGE.replace("111", "9") + "commands", PAGE + "commands&redirect_uri=https://evil"]
)
def test_slack_shows_an_error_for_what_the_app_is_not_set_up_for(slack: Workspace, page: str) -> None:
    with pytest.raises(PersonRefused):
        slack.installations.agree(page, slack.user("Dana").user)


def test_a_trigger_and_a_view_are_of_one_installation(slack: Workspace, install: Install, client: WebClient) -> None:
    acme = install()
    of_acme = slack.world.triggers.issue("U0DANA", "T0ACME")
    assert refusal(lambda: client.views_open(trigger_id=of_acme, view=modal(section()))) == "invalid_trigger_id"
    opened = acme.views_open(trigger_id=of_acme, view=modal(section()))["view"]
    assert opened["app_installed_team_id"] == "T0ACME"
    assert refusal(lambda: client.views_update(view_id=opened["id"], view=modal(section()))) == "not_found"
    assert acme.views_update(view_id=opened["id"], view=modal(section()))["ok"]


def test_homes_stand_side_by_side(slack: Workspace, install: Install, client: WebClient) -> None:
    acme = install()
    for each, words in ((client, "ours"), (acme, "theirs")):
        each.views_publish(user_id="U0DANA", view={"type": "home", "blocks": [section(words)]})
    ours, theirs = slack.home("Dana"), slack.home("Dana", "T0ACME")
    assert ours is not None
    assert theirs is not None
    assert ("ours" in str(ours.body), "theirs" in str(theirs.body)) == (True, True)


def test_a_message_that_both_installations_may_hear_is_told_once(slack: Workspace, install: Install, ear: Ear) -> None:
    install(scopes="channels:history")
    slack.channel("C0ACME").members.append("U0BOTACME")
    slack.user("Dana").post("C0ACME", "hello")
    slack.channel("C0ACME").members.remove(slack.app.bot_user)
    slack.user("Dana").post("C0ACME", "are you there?")
    slack.settled()
    heard = [(e["event"]["text"], e["authorizations"][0]["team_id"]) for e in ear.events("message")]
    assert heard == [("hello", "T0HOST"), ("are you there?", "T0ACME")]


def test_an_installation_with_commands_alone_hears_no_message(slack: Workspace, install: Install, ear: Ear) -> None:
    install()
    slack.channel("C0ACME").members[:] = ["U0DANA", "U0BOTACME"]
    slack.user("Dana").post("C0ACME", "between us")
    slack.user("Dana").open_home()
    slack.settled()
    assert [event["team_id"] for event in ear.events("app_home_opened")] == ["T0ACME"]
    assert ear.events("message") == []


@pytest.mark.parametrize(("end", "error"), [(uninstall, "account_inactive"), (revoke, "token_revoked")])
def test_an_end_is_told_and_the_token_is_worth_nothing(
    slack: Workspace, install: Install, ear: Ear, end: Callable[..., None], error: str
) -> None:
    acme = install()
    end(slack.world, "T0ACME")
    slack.settled()
    assert refusal(acme.auth_test) == error
    told = [(e["team_id"], e["event"]["tokens"]["bot"]) for e in ear.events("tokens_revoked")]
    assert told == [("T0ACME", ["U0BOTACME"])]
    assert len(ear.events("app_uninstalled")) == (end is uninstall)
    with pytest.raises(PersonRefused):
        end(slack.world, "T0ACME")
    assert install().auth_test()["user_id"] == "U0BOTACME"
