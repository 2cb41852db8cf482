"""The way to an install and back: who may walk it, how often, and for how long."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.journeys.install_stage import Browser, InstallStage, Page, install
from workspace.errors import PersonRefused


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InstallStage]:
    with InstallStage(tmp_path_factory.mktemp("installs")) as running:
        yield running


@pytest.fixture
def stage(shared: InstallStage) -> Iterator[InstallStage]:
    """However it is tried, nothing is installed."""
    yield shared
    assert shared.installed() == []


def refused(page: Page, status: int, words: str) -> None:
    """A kind page that says what is next, keeps nothing, and repeats nothing of the address."""
    read = unescape(page.words)
    assert (page.status, words in read) == (status, True), read
    assert "Begin again" in page.words
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_the_invitation_says_what_is_asked_for_and_asks_slack_for_that_alone(stage: InstallStage) -> None:
    page = Browser(stage).begin()
    assert page.status == 200
    assert "It asks for one permission, <code>commands</code>" in page.words
    asked = parse_qs(urlsplit(page.link).query, keep_blank_values=True)
    assert (asked["scope"], asked["user_scope"]) == (["commands"], [""])
    cookie = page.headers["Set-Cookie"]
    assert all(mark in cookie for mark in ("Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600"))
    assert len(asked["state"][0]) >= 43
    assert asked["state"][0] in cookie


def test_nobody_can_add_to_the_link_that_an_administrator_is_sent(stage: InstallStage) -> None:
    page = Browser(stage).get("/slack/install?team=T0ACME%26scope=channels:history&state=mine&scope=files:write")
    asked = parse_qs(urlsplit(page.link).query, keep_blank_values=True)
    assert asked["scope"] == ["commands"]
    assert "team" not in asked
    assert "mine" not in page.words


def test_a_forged_state_is_refused(stage: InstallStage) -> None:
    browser = Browser(stage)
    back = browser.agreed("Dana")
    forged = re.sub(r"state=[^&]+", "state=forged", back)
    refused(browser.get(forged), 400, "begin in this browser")
    refused(browser.get(re.sub(r"&?state=[^&]+", "", back)), 400, "begin in this browser")
    browser.cookie = "slack-app-oauth-state=forged"
    refused(browser.get(forged), 401, "took too long, or was done already")


def test_a_state_of_another_browser_is_refused(stage: InstallStage) -> None:
    attacker, victim = Browser(stage), Browser(stage)
    prepared = attacker.agreed("Boris")
    refused(victim.get(prepared), 400, "begin in this browser")
    victim.begin()
    refused(victim.get(prepared), 400, "begin in this browser")


def test_a_state_is_good_for_ten_minutes(stage: InstallStage) -> None:
    browser = Browser(stage)
    back = browser.agreed("Dana")
    stage.move(minutes=10)
    refused(browser.get(back), 401, "took too long")
    browser.begin()
    assert states(stage) == 1, "what expired is swept away"


def test_who_says_no_is_told_that_nothing_happened(stage: InstallStage) -> None:
    browser = Browser(stage)
    refused(browser.get(browser.agreed("Dana", yes=False)), 200, "You chose not to")
    invented = browser.get("/slack/oauth_redirect?error=%3Cscript%3Ealert(1)%3C/script%3E")
    refused(invented, 200, "without saying that you agreed")
    assert "script" not in invented.words


@pytest.mark.parametrize("spoil", [r"&?code=[^&]+", r"(?<=code=)[^&]+"])
def test_a_code_that_is_missing_or_none_of_slack_s_is_refused(stage: InstallStage, spoil: str) -> None:
    browser = Browser(stage)
    back = browser.agreed("Dana")
    page = browser.get(re.sub(spoil, "invented" if "<=" in spoil else "", back))
    refused(page, 401, "Slack didn't confirm it" if "<=" in spoil else "Nothing was installed")


def test_slack_out_of_reach_is_told_and_nothing_is_kept(stage: InstallStage) -> None:
    for method in ("oauth.v2.access", "auth.test"):
        browser = Browser(stage)
        back = browser.agreed("Dana")
        stage.slack.faults.server_error(method)
        refused(browser.get(back), 503, "couldn't be finished just now")
        back = browser.agreed("Dana")
        stage.slack.faults.drop(method, taken=True)
        refused(browser.get(back), 503, "couldn't be finished just now")


def test_our_own_workspace_keeps_the_bot_that_it_has(stage: InstallStage) -> None:
    page = install(stage, "Erin")
    assert "at home here" in page.words
    assert "Begin again" not in page.words


def test_slack_shows_no_page_for_another_client_or_an_address_that_nobody_registered(stage: InstallStage) -> None:
    link, user = Browser(stage).begin().link, stage.person("Dana").user
    for other in (link.replace("client_id=", "client_id=9"), link + "&redirect_uri=https://evil.example/"):
        with pytest.raises(PersonRefused):
            stage.slack.installations.agree(other, user)


def test_a_state_is_good_once_whoever_comes_first(shared: InstallStage) -> None:
    browsers = [Browser(shared) for _ in range(4)]
    back = browsers[0].agreed("Dana")
    for browser in browsers:
        browser.cookie = browsers[0].cookie
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda browser: browser.get(back), browsers))
    assert sorted(page.status for page in pages) == [200, 401, 401, 401]
    assert shared.installed() == ["T0ACME"]
    with shared._engine.begin() as connection:
        for table in ("slack_bots", "slack_installations"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608


def states(stage: InstallStage) -> int:
    with stage._engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM slack_oauth_states").scalar_one())
