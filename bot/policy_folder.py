"""The policies that the bot goes by, and others that are tried."""

from pathlib import Path

import typer
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.policy_pages import problems_page
from bot.terminal import Terminal
from cases.ports import Policies
from policies.loader import SHIPPED, load_policies
from policies.problems import PolicyErrors


class PolicyFolder(BaseSettings):
    """The same POLICY_DIR, and the same `.env`, that the bot goes by."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    policy_dir: Path = SHIPPED
    addresses_file: Path | None = None


def policies_of(folder: Path | None = None) -> Policies:
    """Of this folder, else those of the bot. Says every problem on stderr, and exits 1."""
    try:
        return load_policies(folder or PolicyFolder().policy_dir)
    except PolicyErrors as error:
        Terminal(stderr=True).print(problems_page(error.problems))
        raise typer.Exit(1) from None
