"""No token of a customer's workspace stands in clear in the database or in a log, and the keys can be changed."""

import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.journeys.install_stage import Browser, InstallStage, Page, install
from tests.journeys.running import running
from tests.journeys.test_stand_in import START_SECONDS, environment
from tests.journeys.trying import asked, told
from tests.storage.postgres import binaries

FIRST, SECOND = (Fernet.generate_key().decode() for _ in range(2))


def secrets_of(stage: InstallStage) -> list[str]:
    """What nobody may read: tokens, the client's secret, keys."""
    return [stage.token("T0ACME"), stage.slack.bot_token, stage.slack.installations.client_secret, *stage.keys]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`caseclock installations …` as an operator types it, with these keys in the environment."""

    def run(stage: InstallStage, keys: Sequence[str], word: str) -> Result:
        monkeypatch.setenv("INSTALL_KEYS", ",".join(keys))
        monkeypatch.setenv("DATABASE_URL", stage.database_url)
        return CliRunner().invoke(app, ["installations", word])

    return run


def test_keys_are_changed_in_turn_and_the_old_one_can_go(tmp_path: Path, typed: Callable[..., Result]) -> None:
    with InstallStage(tmp_path, [FIRST]) as stage:
        install(stage, "Dana")
        dana = stage.person("Dana")
        assert typed(stage, [SECOND, FIRST], "list").output.split()[-1] == "older"
        assert typed(stage, [SECOND, FIRST], "rotate").output.startswith("2 secrets sealed anew")
        assert typed(stage, [SECOND], "list").output.split()[-1] == "newest"

        restarted(stage, SECOND)
        assert asked(stage, dana, lambda: dana.command("/case", "open", "C0ACME")).app_team == "T0ACME"

        restarted(stage, FIRST)
        said = told(stage, dana, lambda: dana.command("/case", "open", "C0ACME"))
        assert "isn't connected to your workspace any more" in said
        lost = typed(stage, [FIRST], "rotate")
        assert (lost.exit_code, "add the key that is missing" in lost.output) == (1, True)
        install(stage, "Dana")
        asked(stage, dana, lambda: dana.command("/case", "open", "C0ACME"))


def restarted(stage: InstallStage, *keys: str) -> None:
    stage.stop_bot()
    stage.keys = keys
    stage.start_bot()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_no_token_stands_in_the_files_of_the_database(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_database") if kind == "postgresql" else None
    with InstallStage(tmp_path, database_url=url) as stage:
        install(stage, "Dana")
        in_clear(stage, kind, tmp_path)


def in_clear(stage: InstallStage, kind: str, folder: Path) -> None:
    """Neither in the files of SQLite nor in any table of PostgreSQL stands a secret."""
    if kind == "sqlite":
        kept = b"".join(file.read_bytes() for file in folder.glob("caseclock.db*"))
    else:
        programs = binaries()
        assert programs is not None
        dumped = subprocess.run(
            [programs / "pg_dump", "--dbname", stage.database_url.replace("+psycopg", "")],
            capture_output=True,
            check=True,
        )
        kept = dumped.stdout
    assert b"U0BOTACME" in kept
    for secret in secrets_of(stage):
        assert secret.encode() not in kept
    assert not re.search(rb"xox[a-z]-", kept)


def test_no_token_code_or_state_gets_into_the_log(tmp_path: Path) -> None:
    with InstallStage(tmp_path) as stage:
        stage.stop_bot()
        given = {
            "DATABASE_URL": stage.database_url,
            "LOG_LEVEL": "DEBUG",
            "SLACK_SIGNING_SECRET": "s",
            "SLACK_CLIENT_ID": stage.slack.installations.client_id,
            "SLACK_CLIENT_SECRET": stage.slack.installations.client_secret,
            "INSTALL_KEYS": ",".join(stage.keys),
        }
        env = environment(stage.slack, **given)
        with running("run", "--http", f"127.0.0.1:{stage.port}", env=env, cwd=tmp_path) as bot:
            assert bot.stderr is not None
            first = next(line for line in bot.stderr if '"connected"' in line)
            browser = Browser(stage)
            backs = [browser.agreed("Dana"), browser.agreed("Dana")]
            pages = [browser.get(backs[1]), browser.get(backs[1]), again(browser, stage)]
            bot.send_signal(signal.SIGTERM)
            log = first + bot.communicate(timeout=START_SECONDS)[1]
    assert [page.status for page in pages] == [200, 400, 401]
    assert '"event": "workspace_installed"' in log
    assert '"event": "install_refused_by_slack"' in log
    for secret in [*secrets_of(stage), *re.findall(r"(?:code|state)=([^&]+)", "&".join(backs))]:
        assert secret not in log
    assert not list(tmp_path.glob("*oauth*")), "Bolt keeps nothing in files of its own"
    assert not (tmp_path / "data").exists()


def again(browser: Browser, stage: InstallStage) -> Page:
    """Back from Slack with a code that was used."""
    back = browser.agreed("Dana")
    code = re.search(r"code=([^&]+)", back)
    assert code is not None
    stage.slack.installations.exchange(
        (stage.slack.installations.client_id, stage.slack.installations.client_secret), code[1], ""
    )
    return browser.get(back)
