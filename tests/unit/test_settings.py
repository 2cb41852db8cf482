"""What an operator reads when a setting is missing or wrong: one line, and no value of it."""

from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.setting_kinds import SetTime, Zone
from bot.settings import HttpSettings, Settings, SettingsError, SocketSettings, load_settings
from cases.change import Places

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1-the-secret",
    "SLACK_APP_TOKEN": "xapp-1-the-secret",
    "TRIAGE_CHANNEL": "C0TRIAGE",
    "MANAGERS_CHANNEL": "C0MANAGERS",
    "SUPPORT_ENGINEERS": "S0ENGINEERS, U0ERIN",
    "SUPPORT_MANAGERS": "U0MAX",
}
OTHERS = (
    "SLACK_API_URL",
    "DATABASE_URL",
    "POLICY_DIR",
    "ESCALATIONS_CHANNEL",
    "OPERATORS_CHANNEL",
    "LOG_LEVEL",
    "HEALTH_ADDRESS",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "INSTALL_KEYS",
    "CLAIM_EMOJI",
    "RESOLVE_EMOJI",
    "OPEN_EMOJI",
    "REPLY_PREFIX",
    "RETENTION_DAYS",
    "ADDRESSES_FILE",
    "ROTA_FILE",
)


@pytest.fixture(autouse=True)
def good(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment that the bot starts in."""
    monkeypatch.chdir(tmp_path)
    for name in OTHERS:
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


def said(kind: type[Settings] = Settings) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(kind)
    return str(caught.value)


def test_escalations_go_to_the_triage_channel_unless_they_have_one_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings().places.escalations == "C0TRIAGE"
    monkeypatch.setenv("ESCALATIONS_CHANNEL", "C0ALARMS")
    assert load_settings().places == Places(triage="C0TRIAGE", escalations="C0ALARMS", managers="C0MANAGERS")


def test_operators_are_told_where_managers_are_unless_they_have_a_channel_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings().places.for_operators == "C0MANAGERS"
    monkeypatch.setenv("OPERATORS_CHANNEL", "C0OPERATORS")
    assert load_settings().places.for_operators == "C0OPERATORS"


def test_good_settings_are_read_and_print_no_secret() -> None:
    settings = load_settings()
    assert settings.support_engineers == ("S0ENGINEERS", "U0ERIN")
    assert "the-secret" not in repr(settings)


def test_settings_may_stand_in_a_file_and_empty_ones_take_their_usual_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TRIAGE_CHANNEL")
    (tmp_path / ".env").write_text("TRIAGE_CHANNEL=C0FILE\nLOG_LEVEL=\n")
    assert (load_settings().triage_channel, load_settings().log_level) == ("C0FILE", "INFO")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-the-secret", "a bot token, which starts with xoxb-"),
        ("SLACK_API_URL", "slack.com", "an address such as https://slack.com/api/"),
        ("TRIAGE_CHANNEL", "#general", "a Slack channel id such as C0123456789"),
        ("SUPPORT_MANAGERS", ",", "Slack user groups (S…) and people (U…), separated by commas"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING or ERROR"),
        ("HEALTH_ADDRESS", "8080", "an address such as :3000 or 127.0.0.1:3000, found '8080'"),
        ("RETENTION_DAYS", "0", "a number of days, at least 1, such as 365; leave it empty to keep every case"),
        ("CLAIM_EMOJI", ":eyes:", "an emoji's name without colons, such as eyes"),
    ],
)
def test_a_wrong_one_is_named_with_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    assert said() == f"{name}: expected {expected}"


def test_all_are_told_in_one_line_and_where_to_read_of_those_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("MANAGERS_CHANNEL", "")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    assert said(SocketSettings) == (
        "LOG_LEVEL: expected DEBUG, INFO, WARNING or ERROR; SLACK_APP_TOKEN is not set; MANAGERS_CHANNEL is not set "
        "(.env.example says what it is)"
    )


@pytest.mark.parametrize("prefix", [">> reply", ">>", "/reply", ":reply", "reply", "!r", "*reply", "!re`ply", "#reply"])
def test_a_prefix_that_is_typed_by_accident_or_changed_by_slack_is_refused(
    prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLY_PREFIX", prefix)
    assert said().startswith("REPLY_PREFIX: ")


@pytest.mark.parametrize("prefix", ["!reply", "=customer", "%kunde", "++out"])
def test_a_prefix_of_ones_own_is_taken(prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLY_PREFIX", prefix)
    assert load_settings().reply_prefix == prefix


def test_each_way_in_asks_for_its_own_secret_and_not_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings(SocketSettings).app_token() == "xapp-1-the-secret"
    assert said(HttpSettings) == "SLACK_SIGNING_SECRET is not set (.env.example says what it is)"
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET is not set"):
        load_settings().signing_secret()
    monkeypatch.setenv("SLACK_APP_TOKEN", "")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "another-the-secret")
    settings = load_settings(HttpSettings)
    assert settings.signing_secret() == "another-the-secret"
    assert "the-secret" not in repr(settings)
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN is not set"):
        settings.app_token()


INSTALLS = {"SLACK_CLIENT_ID": "111.222", "SLACK_CLIENT_SECRET": "client-the-secret"}
KEYS = [urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2)]


def test_customers_may_install_where_all_that_it_takes_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().installs() is None
    for name, value in INSTALLS.items():
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingsError, match="set all of them, or none"):
            load_settings().installs()
    monkeypatch.setenv("INSTALL_KEYS", f" {KEYS[0]} ,{KEYS[1]},")
    installs = load_settings().installs()
    assert installs is not None
    assert (installs.client_id, installs.keys) == ("111.222", tuple(KEYS))
    for shown in (repr(installs), repr(load_settings())):
        assert not any(secret in shown for secret in ("the-secret", *KEYS))


@pytest.mark.parametrize("keys", ["short", ",", KEYS[0] + ",the-secret", KEYS[0][:-2], KEYS[0].replace("=", "") + "ü"])
def test_a_key_that_is_none_is_named_without_its_value(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTALL_KEYS", keys)
    expected = "keys as `caseclock installations new-key` makes them, separated by commas, the newest first"
    assert said() == f"INSTALL_KEYS: expected {expected}"


def test_slack_s_page_stands_where_its_api_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().authorize_url == "https://slack.com/oauth/v2/authorize"
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:3000/api")
    assert load_settings().authorize_url == "http://127.0.0.1:3000/oauth/v2/authorize"


@pytest.mark.parametrize(("typed", "read"), [("mon 08:00", "mon 08:00"), (" Friday 9:30 ", "fri 09:30")])
def test_a_time_of_the_week_is_read(typed: str, read: str) -> None:
    assert str(TypeAdapter(SetTime).validate_python(typed)) == read


@pytest.mark.parametrize("typed", ["", "8:00", "mon 24:00", "someday 08:00", "mon 08:00 UTC"])
def test_no_time_of_the_week_is_told_as_one(typed: str) -> None:
    with pytest.raises(ValidationError, match="expected a weekday and a time, such as mon 08:00"):
        TypeAdapter(SetTime).validate_python(typed)


def test_a_zone_that_nobody_knows_is_told() -> None:
    with pytest.raises(ValidationError, match="expected a time zone such as Europe/Berlin"):
        TypeAdapter(Zone).validate_python("Europe/Nowhere")
