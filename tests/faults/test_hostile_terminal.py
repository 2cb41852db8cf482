"""The same texts where people read them outside of Slack: a terminal obeys none of them, the local page runs none."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.text import Text
from typer.testing import CliRunner

from bot.cli import app
from bot.terminal import Terminal
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import account
from tests.faults.hostile import KINDS, TEXTS
from tests.workspace.html_page import parsed
from tests.workspace.page_readers import MAX
from tests.workspace.test_page_hostile import only_ours
from workspace.page.blocks import blocks_html
from workspace.page.mrkdwn import mrkdwn, text_html
from workspace.page.rich_text import rich_text_html

RUN = {"script", "img", "svg", "iframe", "style"}
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """With a customer who is called like each of the texts that talk to terminals."""
    url = f"sqlite:///{tmp_path_factory.mktemp('terminal') / 'cases.db'}"
    upgrade(url)
    engine = make_engine(url)
    with SqlUnitsOfWork(engine)() as uow:
        for number, typed in enumerate([*KINDS["control"], *KINDS["direction"], *KINDS["code"]]):
            named = replace(account(), name=f"{typed[:60]}{number}", channels=(f"C{number}",))
            uow.accounts.put(named)
    engine.dispose()
    return url


def test_a_terminal_obeys_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    for typed in TEXTS:
        Terminal().print(typed.encode(errors="replace").decode())
        Terminal(stderr=True).print(Text(typed.encode(errors="replace").decode()))
    printed = capsys.readouterr()
    assert not OBEYED.search(printed.out + printed.err)


@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["show", "\x1b[2J\x1b[H2"], ["show", "\x1b[nobody"]])
def test_no_command_lets_a_customers_name_move_the_cursor(
    database: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    done = CliRunner().invoke(app, ["accounts", *words])
    assert not isinstance(done.exception, (TypeError, ValueError, KeyError))
    assert done.output
    assert not OBEYED.search(done.output)


def test_what_is_wrong_with_an_accounts_file_moves_it_neither(tmp_path: Path, database: str) -> None:
    file = tmp_path / "accounts.yml"
    file.write_text('accounts:\n  - name: "\\e[2J"\n    program: "\\e]0;x\\a"\n    plan: "\\e[31m"\n')
    done = CliRunner().invoke(app, ["accounts", "import", str(file)], env={"DATABASE_URL": database})
    assert done.exit_code
    assert done.output
    assert not OBEYED.search(done.output)


@pytest.mark.parametrize("kind", KINDS)
def test_the_local_page_shows_them_and_makes_nothing_of_them(kind: str) -> None:
    for typed in KINDS[kind]:
        only_ours(mrkdwn(MAX, typed))
        only_ours(text_html(MAX, {"type": "plain_text", "text": typed}))
        parts = [{"type": "text", "text": typed}, {"type": "link", "url": typed, "text": typed}]
        only_ours(rich_text_html(MAX, {"elements": [{"type": "rich_text_section", "elements": parts}]}))
        shown = [{"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": typed}}]
        assert not [tag for tag in parsed(blocks_html(MAX, shown, {}, {}, "m1")).every() if tag.name in RUN]
