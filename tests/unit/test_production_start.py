"""What the bot loads when it starts for real."""

import subprocess
import sys

LOADED = "import bot.cli, bot.wiring, sys; print('\\n'.join(name.partition('.')[0] for name in sys.modules))"


def test_the_bot_starts_without_the_local_slack_and_what_only_that_needs() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout.split()
    assert {"bot", "handlers", "slack_bolt"} <= set(loaded)
    assert not {"workspace", "jinja2", "emoji", "markdown_it"} & set(loaded)
