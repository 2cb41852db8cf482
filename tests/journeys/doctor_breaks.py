"""Ways in which a set-up is broken, each in one; and what the doctor says of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from bot.diagnosis import Level
from policies.loader import SHIPPED
from tests.journeys.doctor_file_breaks import FILES_BROKEN
from tests.journeys.doctor_setups import Break, Setup, copied_policies, wall
from workspace.manifest import manifest


def wrong_token(setup: Setup) -> None:
    setup.settings["SLACK_BOT_TOKEN"] = "xoxb-of-another-app"


def missing_scope(setup: Setup) -> None:
    granted = manifest().scopes - {"files:read"}
    home = replace(setup.slack.app, scopes=granted)
    setup.slack.app = setup.slack.world.app = setup.slack.installations.home = home


def not_in_the_channel(setup: Setup) -> None:
    setup.slack.channel("C0TRIAGE").members.remove("U0BOT")


def not_in_a_customers_channel(setup: Setup) -> None:
    setup.slack.channel("C0ORCHARD").members.remove("U0BOT")


def archived(setup: Setup) -> None:
    setup.slack.channel("C0MANAGERS").is_archived = True


def unknown_channel(setup: Setup) -> None:
    setup.settings["MANAGERS_CHANNEL"] = "C0NOWHERE"


def unreadable_group(setup: Setup) -> None:
    setup.settings["SUPPORT_ENGINEERS"] = "S0NOBODY"


def deactivated_manager(setup: Setup) -> None:
    setup.slack.state.users["U0MAX"].deleted = True


def read_only_database(setup: Setup) -> None:
    setup.settings["DATABASE_URL"] = f"sqlite:///file:{setup.database}?mode=ro&uri=true"


def unmigrated_database(setup: Setup) -> None:
    engine = create_engine(setup.settings["DATABASE_URL"])
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "storage:migrations")
        command.downgrade(config, "0006_digests")
    engine.dispose()


def newer_database(setup: Setup) -> None:
    engine = create_engine(setup.settings["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_from_next_year'"))
    engine.dispose()


def broken_policy(setup: Setup) -> None:
    oko = copied_policies(setup) / "oko.yml"
    lines = oko.read_text().splitlines()
    lines.insert(lines.index("plans:"), "plan: wrong")
    oko.write_text("\n".join(lines))


def missing_policy(setup: Setup) -> None:
    folder = setup.folder / "policies"
    folder.mkdir()
    (folder / "oko.yml").write_text((SHIPPED / "oko.yml").read_text())
    setup.settings["POLICY_DIR"] = str(folder)


def clock_ahead(setup: Setup) -> None:
    setup.slack.state.clock = lambda: wall() - timedelta(minutes=3)


def clock_a_little_behind(setup: Setup) -> None:
    setup.slack.state.clock = lambda: wall() + timedelta(seconds=30)


def no_socket(setup: Setup) -> None:
    setup.slack.world.new_socket_url = lambda: "ws://127.0.0.1:1/link"


def wrong_app_token(setup: Setup) -> None:
    setup.settings["SLACK_APP_TOKEN"] = "xapp-of-another-app"


def no_slack(setup: Setup) -> None:
    setup.settings["SLACK_API_URL"] = "http://127.0.0.1:1/api/"


def disk_almost_full(setup: Setup) -> None:
    setup.free = 40_000_000


def missing_setting(setup: Setup) -> None:
    del setup.settings["SLACK_APP_TOKEN"]


def wrong_signing_secret(setup: Setup) -> None:
    setup.http = True
    setup.settings["SLACK_SIGNING_SECRET"] = "verificationToken4711"


BROKEN: Mapping[Break, tuple[str, Level, str, str]] = {
    wrong_token: ("bot token", Level.ERROR, "Slack refuses it: invalid_auth", "Copy SLACK_BOT_TOKEN anew"),
    missing_scope: ("scopes", Level.ERROR, "files:read is missing, so files of replies", "install the app anew"),
    not_in_the_channel: ("TRIAGE_CHANNEL", Level.ERROR, "the bot is not in #triage (C0TRIAGE)", "/invite @Caseclock"),
    not_in_a_customers_channel: ("Orchard", Level.ERROR, "the bot is not in #orchard-support", "/invite @Caseclock"),
    archived: ("MANAGERS_CHANNEL", Level.ERROR, "#managers (C0MANAGERS) is archived", "Unarchive it"),
    unknown_channel: (
        "MANAGERS_CHANNEL",
        Level.ERROR,
        "there is no channel C0NOWHERE",
        "name another one in",
    ),
    unreadable_group: ("SUPPORT_ENGINEERS", Level.ERROR, "S0NOBODY can't be read: no_such_subteam", "list people"),
    deactivated_manager: ("SUPPORT_MANAGERS", Level.ERROR, "the account of U0MAX is deactivated", "Name somebody else"),
    read_only_database: ("database", Level.ERROR, "it can be read, but not written", "Let the user"),
    unmigrated_database: (
        "database",
        Level.WARNING,
        "it is at 0006_digests; this",
        "caseclock db upgrade",
    ),
    newer_database: ("database", Level.ERROR, "it is at 9999_from_next_year, which", "Run the newer version"),
    broken_policy: ("policies", Level.ERROR, "plan: is not a known field here; did you mean plans?", "Correct it"),
    missing_policy: ("accounts", Level.ERROR, "Acme has okta with the plan premier, which no file", "Add the policy"),
    clock_ahead: ("clock", Level.ERROR, "s ahead of Slack's", "Set this machine's clock"),
    clock_a_little_behind: ("clock", Level.WARNING, "s behind Slack's", "Set this machine's clock"),
    no_socket: ("socket", Level.ERROR, "it can't be reached (ConnectionRefusedError)", "wss-primary.slack.com"),
    wrong_app_token: (
        "socket",
        Level.ERROR,
        "app-level token: invalid_auth",
        "connections:write",
    ),
    no_slack: ("bot token", Level.ERROR, "Slack can't be reached", "Check the network"),
    disk_almost_full: ("disk", Level.ERROR, "40 MB free at", "Make room"),
    missing_setting: ("settings", Level.ERROR, "SLACK_APP_TOKEN is not set", "Set it in .env"),
    wrong_signing_secret: ("signing secret", Level.WARNING, "doesn't look like one", "Copy SLACK_SIGNING_SECRET anew"),
    **FILES_BROKEN,
}
ALSO: Mapping[Break, set[str]] = {no_slack: {"socket"}, missing_policy: {"accounts"}}
"""What a break brings with it beside what it is named for."""
